namespace RnnCourse.Tasks;

/// <summary>Where a task's data come from, and how to read them.</summary>
public sealed record TaskData
{
    /// <summary>A file, or a folder with the parts; null for the data set that comes with the course.</summary>
    public string? Path { get; init; }

    /// <summary>Of a table of texts, the name or number of the column with the texts; null to look for a usual
    /// name.</summary>
    public string? TextColumn { get; init; }

    /// <summary>Of a table of texts, the name or number of the column with the labels; null to look for a usual
    /// name.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Of a table of names or numbers, the name or number of the column; null for the usual one.</summary>
    public string? Column { get; init; }

    /// <summary>Whether a table's first row is data already; then columns are called by their numbers.</summary>
    public bool NoHeader { get; init; }

    /// <summary>Whether running text is read token by token instead of character by character.</summary>
    public bool ByToken { get; init; }

    /// <summary>How many steps ahead a forecast looks; 0 for the task's usual number.</summary>
    public int Horizon { get; init; }

    /// <summary>How many numbers a forecast looks back at; 0 for the task's usual number.</summary>
    public int Window { get; init; }
}
