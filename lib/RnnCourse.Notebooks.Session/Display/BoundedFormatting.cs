using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Session.Interrupting;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// Writes values as text within limits of depth, size and time, so that values that contain themselves, enumerate
/// without end, or are huge cause at most an error of their cell.
/// </summary>
internal static class BoundedFormatting
{
    // Enough for about eighty levels of formatters. The rest of the stack is left for exceptions: each formatter wraps
    // the exception of the one below it.
    private const int UsableStack = 128 << 10;

    // Methods of cells that call each other wrap nothing, so they may go deeper if few formatters are among them.
    private const int MoreForCells = 384 << 10;
    private const int FewCalls = 100;

    /// <summary>Writes a value.</summary>
    /// <exception cref="DisplayLimitException">The value can't be shown within the limits.</exception>
    public static string Write(object? value, string mimeType)
    {
        var writer = new BoundedWriter();
        try
        {
            using var context = new FormatContext(writer);
            value.FormatTo(context, mimeType);
        }
        catch (Exception) when (writer.IsExceeded)
        {
            // Formatters wrap what is thrown below them.
        }

        // Other formatters would treat it as an exception of a property, and go on.
        writer.ThrowIfExceeded();
        return writer.ToString();
    }

    /// <summary>Runs code that formats a value with a small part of the stack.</summary>
    /// <remarks>Runs on the thread that shows the value, since this thread may hold locks that the value's code
    /// needs.</remarks>
    /// <exception cref="DisplayLimitException">The value is nested too deeply.</exception>
    public static T WithLittleStack<T>(Func<T> format)
    {
        try
        {
            return Interruption.WithStack(UsableStack, MoreStack, format);
        }
        catch (Exception e) when (HasRunOutOfStack(e))
        {
            throw new DisplayLimitException(DisplayLimitException.TooDeep, e);
        }
    }

    private static int MoreStack()
    {
        var formatters = typeof(Formatter).Assembly;
        var calls = new StackTrace().GetFrames().Count(frame => frame.GetMethod()?.Module.Assembly == formatters);
        return calls < FewCalls ? MoreForCells : 0;
    }

    // At each level the exception of the level below may be wrapped.
    private static bool HasRunOutOfStack(Exception? thrown)
    {
        while (thrown is not null and not InsufficientExecutionStackException)
        {
            thrown = thrown.InnerException;
        }

        return thrown is not null;
    }
}

/// <summary>A value can't be shown within the limits.</summary>
/// <param name="message">Why, and what to do.</param>
/// <param name="cause">The exception that this led to; may be null.</param>
public sealed class DisplayLimitException(string message, Exception? cause = null) : Exception(message, cause)
{
    internal const string TooDeep =
        "The value can't be shown: it contains itself, or is nested too deeply. Show one of its members instead.";
}

/// <summary>Collects text, and throws if the text is too long, is nested too deeply or takes too long.</summary>
internal sealed class BoundedWriter() : StringWriter(CultureInfo.InvariantCulture)
{
    // Larger than any representation that is kept; see OutputLimits.
    private const int LongestText = 20_000_000;
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(30);

    // Processor time of this process: elapsed time would depend on what else the machine does.
    private readonly TimeSpan _start = Environment.CpuUsage.TotalTime;
    private string? _exceeded;
    private int _writes;

    public bool IsExceeded => _exceeded is not null;

    /// <exception cref="DisplayLimitException">A limit has been exceeded.</exception>
    public void ThrowIfExceeded()
    {
        if (_exceeded is not null)
        {
            throw new DisplayLimitException(_exceeded);
        }
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        Check();
        base.Write(value);
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        Check();
        base.Write(buffer, index, count);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Check();
        base.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        Check();
        base.Write(value);
    }

    private void Check()
    {
        StringBuilder text = GetStringBuilder();
        _exceeded ??=
            !Interruption.HasStack() ? DisplayLimitException.TooDeep
            : text.Length > LongestText
                ? $"The value can't be shown: its text has more than {LongestText:N0} characters. Show a part of it."
            : ++_writes % 256 == 0 && Environment.CpuUsage.TotalTime - _start > LongestTime
                ? $"The value can't be shown: that takes more than {LongestTime.TotalSeconds:N0} s. Show a part of it."
            : null;
        ThrowIfExceeded();
    }
}
