using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// One output of a code cell: a <see cref="StreamOutput"/>, a <see cref="DisplayOutput"/>, a <see cref="ResultOutput"/>
/// or an <see cref="ErrorOutput"/>.
/// </summary>
public abstract record Output
{
    // Closed: nbformat has these four kinds.
    private protected Output() { }

    /// <summary>Fields of the output that nbformat doesn't know; they are kept.</summary>
    public JsonObject Extra { get; init; } = [];
}

/// <summary>Text that the cell printed (<c>stream</c>).</summary>
public sealed record StreamOutput : Output
{
    /// <summary>The name of the stream for ordinary text.</summary>
    public const string StandardOutput = "stdout";

    /// <summary>The name of the stream for warnings and errors.</summary>
    public const string StandardError = "stderr";

    /// <summary>Creates the output.</summary>
    /// <param name="name">The stream: <see cref="StandardOutput"/> or <see cref="StandardError"/>.</param>
    /// <param name="text">The text as printed, including line breaks.</param>
    public StreamOutput(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Text = text;
    }

    /// <summary>The stream: <c>stdout</c> or <c>stderr</c>; other hosts may use further names.</summary>
    public string Name { get; init; }

    /// <summary>The text as printed, including line breaks.</summary>
    public string Text { get; init; }
}

/// <summary>An output with one or more representations: a <see cref="DisplayOutput"/> or a <see
/// cref="ResultOutput"/>.</summary>
public abstract record RichOutput : Output
{
    private protected RichOutput(MimeBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data;
    }

    /// <summary>The representations.</summary>
    public MimeBundle Data { get; init; }

    /// <summary>Metadata of the representations, by MIME type.</summary>
    public JsonObject Metadata { get; init; } = [];
}

/// <summary>A value that the cell displayed (<c>display_data</c>).</summary>
public sealed record DisplayOutput : RichOutput
{
    /// <summary>Creates the output.</summary>
    /// <param name="data">Its representations.</param>
    public DisplayOutput(MimeBundle data)
        : base(data) { }
}

/// <summary>The value of the cell's last expression (<c>execute_result</c>).</summary>
public sealed record ResultOutput : RichOutput
{
    /// <summary>Creates the output.</summary>
    /// <param name="data">Its representations.</param>
    /// <param name="executionCount">The number of the run, 0 or more, if known.</param>
    public ResultOutput(MimeBundle data, int? executionCount)
        : base(data) => ExecutionCount = executionCount;

    /// <summary>The number of the run, 0 or more, if known.</summary>
    public int? ExecutionCount { get; init; }
}

/// <summary>The exception that ended the cell (<c>error</c>).</summary>
public sealed record ErrorOutput : Output
{
    private readonly IReadOnlyList<string> _traceback = [];

    /// <summary>Creates the output.</summary>
    /// <param name="name">Its type (<c>ename</c>).</param>
    /// <param name="value">Its message (<c>evalue</c>).</param>
    /// <param name="traceback">The lines of its stack trace, which may contain ANSI colours.</param>
    public ErrorOutput(string name, string value, IReadOnlyList<string> traceback)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        Value = value;
        Traceback = traceback;
    }

    /// <summary>The exception's type (<c>ename</c>).</summary>
    public string Name { get; init; }

    /// <summary>The exception's message (<c>evalue</c>).</summary>
    public string Value { get; init; }

    /// <summary>The lines of its stack trace, which may contain ANSI colours.</summary>
    public IReadOnlyList<string> Traceback
    {
        get => _traceback;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _traceback = [.. value];
        }
    }
}
