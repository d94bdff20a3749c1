using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.DotNetInteractive.Tests;

/// <summary>One output that .NET Interactive shows differently from our engine.</summary>
/// <param name="Name">What is different.</param>
/// <param name="Reason">Why it is.</param>
/// <param name="Reproduction">A cell that shows it.</param>
/// <param name="Stored">The only MIME type that our engine gives.</param>
/// <param name="Shown">The only MIME type that .NET Interactive gives in its place; <c>stdout</c> if it prints the
/// text and gives nothing.</param>
/// <param name="Pattern">What its text looks like; the group <c>text</c> is what our engine gives, escaped for
/// HTML.</param>
internal sealed record DeclaredDifference(
    string Name,
    string Reason,
    string Reproduction,
    string Stored,
    string Shown,
    string Pattern
)
{
    private const string Printed = StreamOutput.StandardOutput;
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>All of them, as <c>differences.json</c> declares them.</summary>
    public static IReadOnlyList<DeclaredDifference> All { get; } = Read();

    /// <summary>The output to expect in place of an output of our engine: a printed line, if this difference says so;
    /// otherwise the same output.</summary>
    public Output Expected(Output stored) =>
        Shown == Printed && stored is RichOutput rich && rich.Data.Contains(Stored)
            ? new StreamOutput(Printed, rich.Data.Text("text/plain") + "\n")
            : stored;

    /// <summary>Whether an output is in the form that this difference declares.</summary>
    public bool IsShownBy(Output output) =>
        output is StreamOutput printed
            ? Shown == printed.Name && Regex.IsMatch(printed.Text, Pattern)
            : Undo(output) is not null;

    /// <summary>The output as our engine would have given it, if this difference applies; else null.</summary>
    public Output? Undo(Output output)
    {
        if (
            output is not RichOutput rich
            || !rich.Data.MimeTypes.SequenceEqual([Shown])
            || Regex.Match(rich.Data.Text(Shown) ?? "", Pattern) is not { Success: true } match
        )
        {
            return null;
        }

        return rich with
        {
            Data = MimeBundle.OfText((Stored, WebUtility.HtmlDecode(match.Groups["text"].Value))),
        };
    }

    private static List<DeclaredDifference> Read()
    {
        using var file = typeof(DeclaredDifference).Assembly.GetManifestResourceStream("differences.json")!;
        return JsonSerializer.Deserialize<List<DeclaredDifference>>(file, Options)!;
    }
}
