using System.Globalization;

namespace RnnCourse.Notebooks.Format;

/// <summary>A file isn't a valid notebook. The message says which file, where in it, what is wrong and what to
/// do.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What is wrong, as a sentence.</param>
    /// <param name="file">The file's name, if it has one.</param>
    /// <param name="location">Where in the document, such as <c>cells[3].outputs[0].data</c>; empty for the document
    /// itself.</param>
    /// <param name="line">The line of a JSON syntax error, from 1.</param>
    /// <param name="column">The column, in characters, from 1.</param>
    public NotebookFormatException(
        string problem,
        string? file = null,
        string location = "",
        int? line = null,
        int? column = null
    )
        : base(Describe(problem, file, location, line, column))
    {
        Problem = problem;
        File = file;
        Location = location;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong, without file and place.</summary>
    public string Problem { get; }

    /// <summary>The file's name as it was given; <see langword="null"/> for a text without a file.</summary>
    public string? File { get; }

    /// <summary>Where in the document, such as <c>cells[3].outputs[0].data</c>; empty for the document
    /// itself.</summary>
    public string Location { get; }

    /// <summary>The line of a JSON syntax error, from 1; <see langword="null"/> if there is none.</summary>
    public int? Line { get; }

    /// <summary>The column, in characters, from 1; <see langword="null"/> if there is no JSON syntax error.</summary>
    public int? Column { get; }

    private static string Describe(string problem, string? file, string location, int? line, int? column)
    {
        var place = line is null ? "" : string.Create(CultureInfo.InvariantCulture, $"({line},{column})");
        var parts = new[] { (file ?? "notebook") + place, location, problem };
        return string.Join(": ", parts.Where(part => part.Length > 0));
    }
}
