using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>A notebook of the Jupyter format, nbformat 4: cells in order, and metadata.</summary>
/// <remarks>
/// The types are records so that <c>with</c> can be used. Compare two notebooks by their canonical text
/// (<see cref="NotebookWriter.ToText"/>), not by <c>==</c>, which compares only references.
/// </remarks>
public sealed record Notebook
{
    /// <summary>The major version of the format that is read and written.</summary>
    public const int Major = 4;

    /// <summary>The minor version that is written; 4.5 is the first one in which every cell has an id.</summary>
    public const int MinimumMinor = 5;

    private readonly IReadOnlyList<Cell> _cells = [];
    private readonly int _minor = MinimumMinor;

    /// <summary>The cells, in order.</summary>
    /// <exception cref="ArgumentException">Two cells have the same id.</exception>
    public required IReadOnlyList<Cell> Cells
    {
        get => _cells;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var cell in value)
            {
                if (!ids.Add(cell.Id))
                {
                    throw new ArgumentException(
                        $"Two cells have the id '{cell.Id}'; ids are unique in a notebook.",
                        nameof(value)
                    );
                }
            }

            _cells = [.. value];
        }
    }

    /// <summary>The notebook's metadata: kernel, language, and the entries of other tools.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The minor version of the format, 5 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 5.</exception>
    public int Minor
    {
        get => _minor;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MinimumMinor);
            _minor = value;
        }
    }

    /// <summary>The faults of the file that were repaired while reading, such as invalid ids of cells and incomplete
    /// outputs: a sentence with the place for each.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>Fields at the top of the file that nbformat doesn't know; they are kept.</summary>
    public JsonObject Extra { get; init; } = [];
}
