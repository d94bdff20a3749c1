using System.Text;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Session.Language;

namespace RnnCourse.Web.Live;

/// <summary>
/// The code of a cell, preceded by the code of the cells above that have not run in this session. So completions,
/// explanations and diagnostics on a newly opened page are the same as if the cells above had run.
/// </summary>
internal sealed partial class CodeContext
{
    private const int MaxLength = 60_000;

    // Diagnostics that are mistakes in one piece of code, but not in cells that follow each other.
    private static readonly HashSet<string> OnlyInOnePiece =
    [
        "CS0101", // declared twice
        "CS0102",
        "CS0111",
        "CS0128",
        "CS0260",
        "CS1529", // usings and references that come late
        "CS7009",
    ];

    // Diagnostics that may only mean that the cells above have not run yet.
    private static readonly HashSet<string> KnownOnlyAfterRunning =
    [
        "CS0012",
        "CS0103", // the name does not exist
        "CS0234",
        "CS0246",
        "CS0305",
        "CS0815",
        "CS0841",
        "CS1061",
        "CS1501",
        "CS1503",
        "CS7036",
        "CS8130",
        "CS8183",
        "CS8197",
    ];

    private readonly int _shift;
    private readonly bool _isComplete;

    private CodeContext(string before, string source, bool isComplete)
    {
        Code = before + source;
        _shift = before.Length;
        _isComplete = isComplete;
    }

    /// <summary>The code of the cells above and of the cell.</summary>
    public string Code { get; }

    /// <summary>The context of a cell.</summary>
    /// <param name="above">The code of the cells above that have not run in this session, in order.</param>
    /// <param name="source">The code of the cell.</param>
    public static CodeContext Of(IReadOnlyList<string> above, string source)
    {
        if (above.Count == 0)
        {
            return new CodeContext("", source, isComplete: true);
        }

        var first = new StringBuilder();
        var rest = new StringBuilder();
        foreach (var cell in above)
        {
            rest.Append(First().Replace(cell, line => Take(first, line.Value))).Append("\n;\n");
        }

        // Usings and references can't follow other code; a cell that has its own gets only those from above.
        var isWhole = rest.Length + first.Length <= MaxLength && !First().IsMatch(source);
        return new CodeContext(
            isWhole ? first.Append(rest).ToString() : first.ToString(),
            source,
            isWhole && !above.Any(cell => Unknown().IsMatch(cell))
        );
    }

    /// <summary>Converts a position in the cell to a position in <see cref="Code"/>.</summary>
    public int ToContext(int position) => position + _shift;

    /// <summary>Converts the positions of completions to positions in the cell.</summary>
    public CompletionList ToCell(CompletionList found) =>
        found with
        {
            Start = Math.Max(0, found.Start - _shift),
            End = Math.Max(0, found.End - _shift),
        };

    /// <summary>The diagnostics of the cell itself, with positions in the cell.</summary>
    public IReadOnlyList<CodeDiagnostic> ToCell(IReadOnlyList<CodeDiagnostic> found) =>
        [
            .. found
                .Where(diagnostic => diagnostic.Start >= _shift)
                .Where(diagnostic => _shift == 0 || !OnlyInOnePiece.Contains(diagnostic.Id))
                .Where(diagnostic => _isComplete || !KnownOnlyAfterRunning.Contains(diagnostic.Id))
                .Select(diagnostic =>
                    diagnostic with
                    {
                        Start = diagnostic.Start - _shift,
                        End = diagnostic.End - _shift,
                    }
                ),
        ];

    private static string Take(StringBuilder to, string line)
    {
        to.Append(line.Trim()).Append('\n');
        return "";
    }

    [GeneratedRegex(@"^[ \t]*(?:#r\b[^\n]*|using\s+(?!var\b|\()[\w.=\s<>,]+;[^\n]*)\n?", RegexOptions.Multiline)]
    private static partial Regex First();

    // Packages, files and other languages: only the session can handle them.
    [GeneratedRegex("^[ \t]*(?:#r\\s+\"nuget:|#load|#!)", RegexOptions.Multiline)]
    private static partial Regex Unknown();
}
