using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Tests.Session.Hosting;
using static RnnCourse.Notebooks.Tests.Running.Notebooks;

namespace RnnCourse.Notebooks.Tests.Metadata;

public sealed class CellTagsTests
{
    [Fact]
    public async Task Skipped_and_slow_cells_keep_their_stored_outputs_and_say_why()
    {
        var old = new StreamOutput(StreamOutput.StandardOutput, "stored");
        var notebook = Of(
            Cell("skipped", "throw new Exception();", "skip-execution") with
            {
                ExecutionCount = 1,
                Outputs = [old],
            },
            Cell("slow", "Console.Write(\"slow ran\");", "slow") with
            {
                ExecutionCount = 2,
                Outputs = [old],
            },
            Cell("last", "Console.Write(\"end\");")
        );
        var run = await notebook.RunAsync();
        Assert.Null(run.Failure);
        Assert.Equal(
            [CellStatus.Skipped, CellStatus.Skipped, CellStatus.Passed],
            run.Cells.Select(cell => cell.Status)
        );
        Assert.Equal(["tagged skip-execution", "tagged slow", ""], run.Cells.Select(cell => cell.Reason));
        Assert.Equal("stored|stored|end", $"{run.TextOf("skipped")}|{run.TextOf("slow")}|{run.TextOf("last")}");

        run = await notebook.RunAsync(new RunnerOptions(SessionProcessProgram.Start) { RunsSlowCells = true });
        Assert.Equal("slow ran", run.TextOf("slow"));
        Assert.Equal(CellStatus.Skipped, run.Cells[0].Status);
    }

    [Fact]
    public async Task A_cell_that_is_meant_to_fail_does_not_end_the_notebook()
    {
        var run = await Of(
                Cell("any", "int.Parse(\"x\")", "raises-exception"),
                Cell("short", "var zero = 0; var q = 1 / zero;", "raises-exception:DivideByZeroException"),
                Cell("full", "throw new System.IO.IOException(\"no\");", "raises-exception:System.IO.IOException"),
                Cell("own", "class Odd : Exception { }\nthrow new Odd();").With("""{"raises-exception": "Odd"}"""),
                Cell("broken", "int = ;", "raises-exception:CompilationError"),
                Cell("end", "Console.Write(zero);")
            )
            .RunAsync();
        Assert.Null(run.Failure?.Error.Traceback);
        Assert.All(run.Cells, cell => Assert.Equal(CellStatus.Passed, cell.Status));
        Assert.Equal("0", run.TextOf("end"));
        Assert.Equal("System.DivideByZeroException", run.Cells[1].Error!.Name);
    }

    [Fact]
    public async Task A_cell_that_is_meant_to_fail_and_does_not_is_a_failure()
    {
        var run = await Of(Cell("fine", "1 + 1", "raises-exception:FormatException"), Cell("next", "2")).RunAsync();
        Assert.Equal(CellError.ErrorMissing, run.Failure!.Error.Name);
        Assert.Equal(
            "The cell is tagged raises-exception with FormatException, and ran without an error.",
            run.Failure.Error.Message
        );
        Assert.Equal([CellStatus.Failed, CellStatus.NotRun], run.Cells.Select(cell => cell.Status));
    }

    [Fact]
    public async Task A_cell_that_fails_with_another_error_than_expected_is_a_failure()
    {
        var run = await Of(Cell("other", "int.Parse(\"x\")", "raises-exception:DivideByZeroException")).RunAsync();
        Assert.Equal("System.FormatException", run.Failure!.Error.Name);
        Assert.EndsWith("this is another error.", run.Failure.Error.Traceback[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_its_process_is_never_what_a_cell_was_meant_to_do()
    {
        var run = await Of(Cell("exit", "Environment.Exit(0);", "raises-exception"), Cell("next", "2")).RunAsync();
        Assert.Equal(CellError.ProcessEnded, run.Failure!.Error.Name);
    }
}
