using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Tests.Session.Hosting;
using static RnnCourse.Notebooks.Tests.Running.Notebooks;

namespace RnnCourse.Notebooks.Tests.Running;

public sealed class RunLimitsTests
{
    private static readonly RunnerOptions Unlimited = new(SessionProcessProgram.Start);

    [Theory]
    [InlineData(null, null, null, 600)]
    [InlineData(null, 300, null, 300)]
    [InlineData(null, 300, 7, 7)]
    [InlineData(null, 5, 400, 400)]
    [InlineData(60, 300, null, 60)]
    [InlineData(60, 300, 7, 7)]
    [InlineData(60, null, 400, 60)]
    public void The_cells_own_limit_replaces_the_notebooks_and_the_runs_is_a_ceiling(
        int? ofRun,
        int? ofNotebook,
        int? ofCell,
        int seconds
    )
    {
        var cell = ofCell is null ? Cell("a", "1") : Cell("a", "1").With(Limit("cell-timeout", ofCell));
        var notebook = ofNotebook is null ? Of(cell) : Of(cell).With(Limit("cell-timeout", ofNotebook));
        var options = Unlimited with { CellTimeout = ofRun is { } limit ? TimeSpan.FromSeconds(limit) : null };
        Assert.Equal(TimeSpan.FromSeconds(seconds), RunLimits.Of(options, notebook).Cell(cell));
    }

    [Theory]
    [InlineData("""{"cell-timeout": "soon"}""", "metadata.rnn.cell-timeout")]
    [InlineData("""{"cell-timeout": 0}""", "metadata.rnn.cell-timeout")]
    [InlineData("""{"notebook-timeout": []}""", "metadata.rnn.notebook-timeout")]
    [InlineData("""{"memory-limit": "much"}""", "metadata.rnn.memory-limit")]
    [InlineData("""{"memory-limit": 5}""", "metadata.rnn.memory-limit")]
    [InlineData("7", "metadata.rnn")]
    public async Task A_limit_that_is_not_valid_is_reported_with_its_place(string settings, string place)
    {
        var problem = await Assert.ThrowsAsync<NotebookFormatException>(() =>
            Of(Cell("a", "1")).With(settings).RunAsync()
        );
        Assert.Equal(place, problem.Location);
    }

    [Theory]
    [InlineData("256MB", 256L << 20)]
    [InlineData("2GB", 2L << 30)]
    [InlineData(" 1.5 GiB ", 3L << 29)]
    [InlineData("512mb", 512L << 20)]
    [InlineData("100MB", 0)]
    [InlineData("2", 0)]
    [InlineData("GB", 0)]
    [InlineData("-1GB", 0)]
    [InlineData("", 0)]
    public void An_amount_of_memory_has_a_unit_and_is_enough_for_the_compiler(string text, long bytes)
    {
        Assert.Equal(bytes > 0, MemorySize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Fact]
    public async Task The_notebooks_time_limit_counts_all_cells_together()
    {
        // A busy machine may need all of the time before the second cell begins; then it is given more.
        NotebookRun run;
        var seconds = 5;
        for (; ; seconds *= 2)
        {
            var limit = Limit("notebook-timeout", seconds);
            run = await Of(Cell("a", "1"), Cell("b", "System.Threading.Thread.Sleep(-1);")).With(limit).RunAsync();
            Assert.Equal(CellError.TimeLimit, run.Failure!.Error.Name);
            if (run.Failure.Id == "b")
            {
                break;
            }
        }

        Assert.Equal(
            $"The notebook ran longer than {seconds} s, its time limit, and was stopped in this cell.",
            run.Failure.Error.Message
        );
    }

    [Fact]
    public async Task A_process_that_does_not_start_in_time_is_reported_as_such()
    {
        var run = await Of(Cell("a", "1")).RunAsync(Unlimited with { StartTimeout = TimeSpan.FromMilliseconds(1) });
        Assert.Equal(
            "The process for the notebook took longer to start than 0.001 s, its time limit.",
            run.Failure!.Error.Message
        );
    }

    [Fact]
    public async Task A_heap_that_is_full_fails_the_cell_with_its_line()
    {
        var run = await Of(
                Cell("a", "Console.Write(\"so far\");"),
                Cell("b", "var all = new List<byte[]>();\nwhile (true)\n    all.Add(new byte[10_000_000]);")
            )
            .With("""{"memory-limit": "400MB"}""")
            .RunAsync();
        Assert.Equal("so far", run.TextOf("a"));
        Assert.Equal("b", run.Failure!.Id);
        Assert.Equal("System.OutOfMemoryException", run.Failure.Error.Name);
        Assert.Equal(3, run.Failure.Error.Line);
    }

    [Fact]
    public async Task Memory_outside_the_heap_counts_too()
    {
        const string Hog =
            "while (true)\n{\n    var p = System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 24);\n    for (var "
            + "i = 0; i < 1 << 24; i += 4096)\n        System.Runtime.InteropServices.Marshal.WriteByte(p, i, 1);\n}";
        var run = await Of(Cell("a", Hog)).RunAsync(Unlimited with { MemoryLimit = 500L << 20 });
        Assert.Equal(CellError.MemoryLimit, run.Failure!.Error.Name);
        Assert.Equal(
            "The process used more than 500 MB of memory, its limit, and was stopped.",
            run.Failure.Error.Message
        );
    }

    [Fact]
    public async Task Each_cells_time_and_peak_memory_are_reported()
    {
        var run = await Of(
                Cell("small", "1"),
                Cell("large", "var big = new byte[300_000_000];\nArray.Fill(big, (byte)1);"),
                Cell("next", "2")
            )
            .RunAsync();
        Assert.Null(run.Failure);
        Assert.All(run.Cells, cell => Assert.True(cell.Time > TimeSpan.Zero));
        Assert.InRange(run.Cells[1].PeakMemory, run.Cells[0].PeakMemory + 200_000_000, 2_000_000_000);
    }

    private static string Limit(string name, int? seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"{name}\": {seconds}}}");
}
