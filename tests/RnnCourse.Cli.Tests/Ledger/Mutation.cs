namespace RnnCourse.Cli.Tests.Ledger;

/// <summary>A small change of a lesson that must make one of its claims fail.</summary>
/// <param name="Lesson">The lesson's number, such as "06".</param>
/// <param name="Line">Its line in the file.</param>
/// <param name="Statement">The statement whose claim must fail.</param>
/// <param name="Cell">The cell of that claim.</param>
/// <param name="Because">What no longer holds.</param>
/// <param name="At">The cell that is changed.</param>
/// <param name="Old">The text that is replaced.</param>
/// <param name="New">What takes its place.</param>
internal sealed record Mutation(
    string Lesson,
    int Line,
    string Statement,
    string Cell,
    string Because,
    string At,
    string Old,
    string New
)
{
    /// <summary>Reads a file of mutations; the form is described in README.md beside this.</summary>
    public static IReadOnlyList<Mutation> Parse(string lesson, string text)
    {
        var lines = text.ReplaceLineEndings("\n")
            .Split('\n')
            .Select((line, i) => (Text: line.TrimEnd(), Number: i + 1))
            .Where(line => !line.Text.StartsWith('#'))
            .ToList();
        var mutations = new List<Mutation>();
        while (lines.Count > 0)
        {
            lines = [.. lines.SkipWhile(line => line.Text.Length == 0)];
            var block = lines.TakeWhile(line => line.Text.Length > 0).ToList();
            lines.RemoveRange(0, block.Count);
            if (block.Count > 0)
            {
                mutations.Add(ParseBlock(lesson, block));
            }
        }

        return mutations;
    }

    public override string ToString() => $"{Lesson}.txt, line {Line}: {Statement} in {Cell}, because {Because}";

    private static Mutation ParseBlock(string lesson, List<(string Text, int Number)> block)
    {
        FormatException Wrong(int line, string problem) => new($"{lesson}.txt, line {line}: {problem}");
        var (first, number) = block[0];
        if (first.Split(' ') is not [var statement, "in", var cell])
        {
            throw Wrong(number, $"'{first}' should be a statement and a cell, such as 'L16 in any-length'.");
        }

        if (
            block.FirstOrDefault(line =>
                !line.Text.StartsWith("because ", StringComparison.Ordinal)
                && !line.Text.StartsWith("at ", StringComparison.Ordinal)
                && line.Text[0] is not ('-' or '+')
                && line.Number != number
            ) is
            { Text: not null } odd
        )
        {
            throw Wrong(odd.Number, $"'{odd.Text}' should begin with 'because', 'at', '-' or '+'.");
        }

        string? Field(string name) =>
            block
                .Select(line => line.Text)
                .SingleOrDefault(line => line.StartsWith($"{name} ", StringComparison.Ordinal))
                ?[(name.Length + 1)..];
        string Lines(char mark) =>
            string.Join(
                '\n',
                block.Where(line => line.Text[0] == mark).Select(line => line.Text.Length > 2 ? line.Text[2..] : "")
            );
        return new Mutation(
            lesson,
            number,
            statement,
            cell,
            Field("because") ?? throw Wrong(number, "say after 'because' what no longer holds."),
            Field("at") ?? cell,
            Lines('-') is { Length: > 0 } old ? old : throw Wrong(number, "say after '-' which text is replaced."),
            Lines('+')
        );
    }
}
