using System.Diagnostics;
using System.Reflection;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting.Chain;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>
/// Describes an exception that a cell threw: its type, its message, and the stack frames in the notebook's cells and
/// the libraries that they use. Frames of the framework and of the engine are left out.
/// </summary>
internal static class RuntimeErrors
{
    private const int MaxFrames = 30;
    private const int MaxLines = 200;
    private const int MaxMessageLength = 10_000;

    /// <param name="exception">The exception.</param>
    /// <param name="cell">The cell that it belongs to.</param>
    /// <param name="sources">All sources of the session.</param>
    /// <param name="lastLine">The line whose value was being shown; 0 if none was.</param>
    public static CellError Describe(Exception exception, CellSource cell, CellSources sources, int lastLine = 0)
    {
        var thrown = Unwrap(exception);
        var report = new List<string>();
        Describe(thrown, sources, report, "");
        if (IsOfKernel(thrown))
        {
            report.Add(CompileErrors.KernelAdvice);
        }

        var line = FindLine(thrown, cell);
        if (line == 0 && lastLine > 0)
        {
            line = lastLine;
            report.Add($"   at {CellSource.Position(cell.FilePath, lastLine)}, whose value was to be shown");
        }

        return new CellError(
            NameOf(thrown),
            MessageOf(thrown),
            report,
            line,
            sources.FindLine(cell.FilePath, line) ?? ""
        );
    }

    // With its package the name compiles, but the engine has no such kernel, and the package's version differs from the
    // engine's part of it.
    private static bool IsOfKernel(Exception exception) =>
        (exception as TypeInitializationException)?.TypeName.StartsWith(
            "Microsoft.DotNet.Interactive.",
            StringComparison.Ordinal
        ) == true
        || (
            exception is TypeLoadException or MissingMemberException
            && exception.Message.Contains("Microsoft.DotNet.Interactive", StringComparison.Ordinal)
        );

    private static void Describe(Exception exception, CellSources sources, List<string> report, string heading)
    {
        // One element of a traceback is one line.
        report.AddRange($"{heading}{NameOf(exception)}: {MessageOf(exception)}".ReplaceLineEndings("\n").Split('\n'));
        report.AddRange(DescribeFrames(exception, sources));
        IEnumerable<Exception> causes =
            exception is AggregateException aggregate ? aggregate.InnerExceptions
            : exception.InnerException is { } inner ? [inner]
            : [];
        foreach (var cause in causes)
        {
            // Inner exceptions may be nested endlessly, or there may be thousands.
            if (report.Count >= MaxLines)
            {
                report.Add("…");
                return;
            }

            Describe(Unwrap(cause), sources, report, "Caused by ");
        }
    }

    private static IEnumerable<string> DescribeFrames(Exception exception, CellSources sources)
    {
        var shown = 0;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            var file = frame.GetFileName();
            var line = frame.GetFileLineNumber();
            var inNotebook = file is not null && line > 0 && IsScript(frame.GetMethod());
            if (!inNotebook && !IsUserLibrary(frame.GetMethod()))
            {
                continue;
            }

            if (++shown > MaxFrames)
            {
                yield return "   …";
                yield break;
            }

            var method = MethodNames.Describe(frame.GetMethod());
            if (!inNotebook)
            {
                // Only the file's name: its path on the machine that built the library is of no use here.
                var place = file is null ? "" : $" in {CellSource.Position(Path.GetFileName(file), line)}";
                yield return $"   at {method}{place}";
                continue;
            }

            var position = CellSource.Position(sources.Contains(file) ? file! : Path.GetFileName(file)!, line);
            yield return $"   at {position}{(method.Length > 0 ? $", in {method}" : "")}";
            if (sources.FindLine(file!, line) is { } text)
            {
                yield return $"      {text.Trim()}";
            }
        }
    }

    private static int FindLine(Exception exception, CellSource cell)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            var frame = new StackTrace(e, fNeedFileInfo: true)
                .GetFrames()
                .LastOrDefault(f => f.GetFileName() == cell.FilePath);
            if (frame is not null && frame.GetFileLineNumber() > 0)
            {
                return frame.GetFileLineNumber();
            }
        }

        return 0;
    }

    private static bool IsUserLibrary(MethodBase? method)
    {
        if (method?.DeclaringType?.Assembly is not { } assembly || assembly == typeof(RuntimeErrors).Assembly)
        {
            return false;
        }

        var name = assembly.GetName().Name ?? "";
        return !name.StartsWith("System", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
            && !assembly.IsDynamic
            && !IsScript(method);
    }

    private static bool IsScript(MethodBase? method) =>
        method?.DeclaringType?.Assembly.GetName().Name?.StartsWith(CellLoader.Mark) ?? false;

    // Reflection and tasks wrap the exception that matters; the wrapper is left out.
    private static Exception Unwrap(Exception exception) =>
        exception switch
        {
            TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
            AggregateException { InnerExceptions: [var single] } => Unwrap(single),
            TypeInitializationException { InnerException: { } inner } when exception.TargetSite is null => Unwrap(
                inner
            ),
            _ => exception,
        };

    // The message may come from code of the cell, which may throw, or return a text of any length.
    private static string MessageOf(Exception exception)
    {
        string message;
        try
        {
            message = exception.Message ?? "";
        }
#pragma warning disable CA1031 // whatever a message throws, the exception that was thrown first is the one to report
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"(no message: reading it threw {NameOf(e)})";
        }

        return message.Length <= MaxMessageLength
            ? message
            : message[..MaxMessageLength] + "\n" + OutputLimits.CutNote(message.Length - MaxMessageLength);
    }

    private static string NameOf(Exception exception)
    {
        var type = exception.GetType();

        // A type declared in a cell is nested in a class that the compiler named; only the type's own name is shown.
        return
            type.DeclaringType is { IsNested: false } outer
            && outer.Name.StartsWith("Submission#", StringComparison.Ordinal)
            ? type.Name
            : type.FullName ?? type.Name;
    }
}
