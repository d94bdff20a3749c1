using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

public sealed partial class MagicTests
{
    [Fact]
    public void The_readme_lists_the_lines_that_a_session_understands_and_no_other()
    {
        var table = ReadmeLines().ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(table);
        Assert.All(
            Magic.Lines,
            line =>
                Assert.True(
                    table.Contains(line.Name),
                    $"lib/RnnCourse.Notebooks.Session/README.md doesn't explain {line.Name}: add a row to its table of "
                        + "lines."
                )
        );
        var known = Magic.Lines.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            table,
            name =>
                Assert.True(
                    known.Contains(name) || CellLanguages.Find(name[2..]) is not null,
                    $"lib/RnnCourse.Notebooks.Session/README.md explains {name}, which a session doesn't understand: "
                        + "remove the row, or add the command to Magic.Commands."
                )
        );
    }

    [Fact]
    public void Every_command_has_a_name_of_its_own_and_a_sentence_for_the_list()
    {
        Assert.Equal(Magic.Lines.Count, Magic.Lines.Select(line => line.Name).Distinct().Count());
        Assert.All(Magic.Lines, line => Assert.Matches(@"^[A-Z].*[.""]$", line.Purpose));
        Assert.All(Magic.Commands, command => Assert.Same(command, Magic.Find(command.Name)));
    }

    // The names in the first column of the table of lines, such as #!time and #r.
    private static IEnumerable<string> ReadmeLines() =>
        File.ReadLines(Readme())
            .SkipWhile(line => line != "## Special lines")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `#", StringComparison.Ordinal))
            .Select(line => line.Split(" | ")[0])
            .SelectMany(column => NameOfLine().Matches(column).Select(match => match.Groups["name"].Value));

    private static string Readme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RnnCourse.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "lib/RnnCourse.Notebooks.Session/README.md");
    }

    [GeneratedRegex("`(?<name>#[^ `]+)")]
    private static partial Regex NameOfLine();
}
