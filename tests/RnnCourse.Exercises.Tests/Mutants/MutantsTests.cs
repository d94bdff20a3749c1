using System.Text;
using RnnCourse.Exercises.Checking;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Exercises.Tests.Mutants;

public sealed class MutantsTests
{
    [Fact]
    public async Task Explore()
    {
        var root = Environment.GetEnvironmentVariable("K_ROOT")!;
        var only = Environment.GetEnvironmentVariable("K_ONLY");
        var log = new StreamWriter(Environment.GetEnvironmentVariable("K_LOG")!) { AutoFlush = true };
        Attempt.Limits = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        foreach (var path in Directory.GetFiles(Path.Combine(root, "notebooks", "solutions"), "*.ipynb").Order())
        {
            var lesson = Path.GetFileName(path)[..2];
            if (only is not null && !only.Split(',').Any(o => o.StartsWith(lesson)))
                continue;
            using var session = new ScriptSession(new ScriptSessionOptions(Path.GetDirectoryName(path)!));
            foreach (var cell in NotebookReader.Read(path).Cells.OfType<CodeCell>())
            {
                var exercise = Solutions.Exercises.FirstOrDefault(id => Solutions.Of(id) == cell.Source);
                if (exercise is not null && (only is null || only.Split(',').Any(o => exercise.StartsWith(o))))
                {
                    await TryAll(session, exercise, cell.Source, log);
                }

                var outcome = await session.ExecuteAsync(new CellSource(cell.Id, cell.Source));
                if (outcome.Error is { } error)
                {
                    log.WriteLine($"{lesson} {cell.Id}: {error.Message}");
                }
            }
        }
    }

    private static async Task TryAll(ScriptSession session, string id, string solution, StreamWriter log)
    {
        var slips = SolutionMutator.SlipsIn(solution);
        var (tried, broken, rejected, generic, n) = (0, 0, 0, 0, 0);
        foreach (var slip in slips)
        {
            var source = SolutionMutator.Apply(solution, slip);
            var execution = new CellExecution();
            var run = Task.Run(() => session.ExecuteAsync(new CellSource($"{id}m{n++}", source), execution));
            if (await Task.WhenAny(run, Task.Delay(60000)) != run)
            {
                log.WriteLine($"{id} HANGS {slip.Kind}: {Around(source, slip)}");
            }
            execution.Interrupt();
            var outcome = await run;
            execution.End();
            if (outcome.Result is not Feedback feedback)
            {
                if (outcome.Error is { } e && e.Name.Contains("Compil", StringComparison.Ordinal))
                {
                    broken++;
                }
                else
                {
                    tried++;
                    log.WriteLine(
                        $"{id} FAILS {slip.Kind}: {Around(source, slip)} => {outcome.Error?.Name}: {outcome.Error?.Message}"
                    );
                }
                continue;
            }

            tried++;
            if (feedback.State == FeedbackState.Correct)
            {
                log.WriteLine($"{id} ACCEPTED {slip.Kind}: {Around(source, slip)}");
                continue;
            }
            rejected++;
            if (
                feedback.Message.Contains("no mistake known", StringComparison.Ordinal)
                || feedback.State == FeedbackState.NotAttempted
            )
            {
                generic++;
                log.WriteLine($"{id} UNNAMED {slip.Kind}: {Around(source, slip)} => {feedback.Message.Split('\n')[0]}");
            }
            else
            {
                log.WriteLine($"{id} named {feedback.Fault} <= {slip.Kind}: {Around(source, slip)}");
            }
        }

        log.WriteLine($"SUM {id}: {slips.Count} slips, {tried} compile, {rejected} rejected, {generic} unnamed");
    }

    private static string Around(string source, Slip slip)
    {
        var start = source.LastIndexOf('\n', Math.Max(0, slip.Span.Start - 1)) + 1;
        var end = source.IndexOf('\n', Math.Min(source.Length - 1, slip.Span.Start + slip.Text.Length));
        return source[start..(end < 0 ? source.Length : end)].Trim().Replace('\n', ' ');
    }
}
