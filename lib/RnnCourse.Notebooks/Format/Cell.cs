using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>One cell of a notebook: a <see cref="CodeCell"/>, a <see cref="MarkdownCell"/> or a <see
/// cref="RawCell"/>.</summary>
public abstract record Cell
{
    private readonly string _id = "";
    private readonly string _source = "";

    // Closed: nbformat has these three kinds, and a switch over them should be complete.
    private protected Cell() { }

    /// <summary>The cell's stable name, unique in its notebook: 1 to 64 letters, digits, <c>-</c> or <c>_</c> of
    /// ASCII.</summary>
    /// <exception cref="ArgumentException">The value isn't such a name.</exception>
    public required string Id
    {
        get => _id;
        init => _id = CellId.IsValid(value) ? value : throw new ArgumentException(CellId.Rule, nameof(value));
    }

    /// <summary>The text of the cell. Lines end with <c>\n</c>; <c>\r\n</c> and <c>\r</c> are converted to
    /// it.</summary>
    public required string Source
    {
        get => _source;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _source = value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
    }

    /// <summary>The cell's metadata.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Fields of the cell that nbformat doesn't know; they are kept.</summary>
    public JsonObject Extra { get; init; } = [];
}

/// <summary>A cell that is run.</summary>
public sealed record CodeCell : Cell
{
    private readonly int? _executionCount;
    private readonly IReadOnlyList<Output> _outputs = [];

    /// <summary>The number of the run that produced the outputs, 0 or more; <see langword="null"/> for a cell that
    /// never ran.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? ExecutionCount
    {
        get => _executionCount;
        init
        {
            if (value is { } count)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(count);
            }

            _executionCount = value;
        }
    }

    /// <summary>The texts that the cell printed, the values that it showed and returned, and its error, in
    /// order.</summary>
    public IReadOnlyList<Output> Outputs
    {
        get => _outputs;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _outputs = [.. value];
        }
    }
}

/// <summary>A cell of text in Markdown.</summary>
public sealed record MarkdownCell : Cell
{
    /// <summary>Files inside the cell by name, each a bundle of representations; text refers to one as
    /// <c>attachment:name</c>.</summary>
    public IReadOnlyDictionary<string, MimeBundle> Attachments { get; init; } = new Dictionary<string, MimeBundle>();
}

/// <summary>A cell of text that is not interpreted.</summary>
public sealed record RawCell : Cell
{
    /// <summary>Files inside the cell by name, each a bundle of representations.</summary>
    public IReadOnlyDictionary<string, MimeBundle> Attachments { get; init; } = new Dictionary<string, MimeBundle>();
}
