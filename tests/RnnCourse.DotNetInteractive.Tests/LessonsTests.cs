using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.DotNetInteractive.Tests;

/// <summary>Lessons and their editions with solutions, cell by cell, on the C# kernel of .NET Interactive: what each
/// cell prints, shows and returns is what is stored, in the same MIME types, up to the differences that are
/// declared.</summary>
[Collection(InteractiveHost.OneAtATime)]
public sealed class LessonsTests
{
    public static TheoryData<string> Notebooks => [.. Lessons.Chosen];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_lesson_gives_what_is_stored(string lesson)
    {
        Environment.SetEnvironmentVariable("RNN_PROGRESS", "off");
        Directory.SetCurrentDirectory(Path.GetDirectoryName(Lessons.PathOf(lesson))!);
        var stored = NotebookReader.Read(Lessons.PathOf(lesson));
        using var host = new InteractiveHost();
        var (expected, executed, runs) = (new List<Cell>(), new List<Cell>(), new List<CellRun>());
        foreach (var cell in stored.Cells.OfType<CodeCell>().Where(IsExecuted))
        {
            var outputs = await host.RunAsync(cell.Source);
            expected.Add(cell with { Outputs = [.. cell.Outputs.Select(Expected)] });
            executed.Add(cell with { Outputs = [.. outputs.Select(Comparable)] });
            runs.Add(new CellRun(runs.Count + 1, cell.Id, CellStatus.Passed));
        }

        Assert.NotEmpty(runs);
        var found = NotebookComparison.Compare(
            stored with
            {
                Cells = expected,
            },
            new NotebookRun(stored with { Cells = executed }, runs, null, TimeSpan.Zero),
            new ComparisonRules()
        );
        Assert.True(
            found.Count == 0,
            $"{lesson} on .NET Interactive:\n"
                + string.Join('\n', found.SelectMany(cell => cell.Report.Prepend($"cell {cell.Id}:")))
        );
    }

    private static Output Expected(Output stored) =>
        DeclaredDifference.All.Aggregate(stored, (output, difference) => difference.Expected(output));

    private static Output Comparable(Output output) =>
        DeclaredDifference
            .All.Select(difference => difference.Undo(output))
            .FirstOrDefault(undone => undone is not null)
        ?? output;

    private static bool IsExecuted(CodeCell cell) =>
        cell.Source.Trim().Length > 0
        && !CellTags.Has(cell, CellTags.SkipExecution)
        && !CellTags.Has(cell, CellTags.Slow);
}
