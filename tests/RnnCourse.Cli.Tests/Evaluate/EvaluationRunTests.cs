using System.Text.Json;
using RnnCourse.Cli.Evaluate;
using RnnCourse.Cli.Train;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Tests.Evaluate;

public sealed class EvaluationRunTests : IDisposable
{
    private readonly Rnn _rnn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_model_is_measured_on_the_data_that_it_was_trained_on_by_the_command_that_training_prints()
    {
        Write("my names.txt", 0, 200);
        var trained = await _rnn.RunAsync(
            "train",
            "names",
            "--data",
            "my names.txt",
            "--out",
            "my model",
            "--steps",
            "60",
            "--hidden",
            "8"
        );
        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Errors));
        Assert.Contains("(frequency of each letter ", trained.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Measure it: rnn evaluate names --model 'my model'\n",
            trained.Output,
            StringComparison.Ordinal
        );

        var measured = await _rnn.RunAsync("evaluate", "names", "--model", "my model", "--json", "s.json");
        Assert.Equal((ExitCode.Success, ""), (measured.ExitCode, measured.Errors));
        Assert.Contains("my names.txt", measured.Output, StringComparison.Ordinal);
        Assert.Contains("160 names to learn from", measured.Output, StringComparison.Ordinal);
        Assert.Contains("Measuring: bigram", measured.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not new to the model", measured.Output, StringComparison.Ordinal);
        Assert.Matches(@"RNN, 8 hidden +\d\.\d+ \(\d\.\d+–\d\.\d+\)", measured.Output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_rnn.PathOf("s.json"), Token));
        Assert.Equal(0, json.RootElement.GetProperty("overlap").GetProperty("same").GetInt32());

        // With more names, other names are in the test part, and some of them were in the training data.
        Write("my names.txt", 0, 400);
        var changed = await _rnn.RunAsync("evaluate", "names", "--model", "my model");
        Assert.Contains("they have changed since (parts: train, dev, test)", changed.Output, StringComparison.Ordinal);
        Assert.Matches(@"measured on\. \d+ of 40 compared items were learnt\.", changed.Output);

        File.Delete(_rnn.PathOf("my names.txt"));
        var gone = await _rnn.RunAsync("evaluate", "names", "--model", "my model");
        Assert.Equal(ExitCode.Usage, gone.ExitCode);
        Assert.Contains("is not there any more", gone.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_worse_than_guessing_is_reported()
    {
        Write("names.txt", 0, 200);
        var trained = await _rnn.RunAsync(
            "train",
            "names",
            "--data",
            "names.txt",
            "--steps",
            "100",
            "--learning-rate",
            "50"
        );
        Assert.Equal(ExitCode.Success, trained.ExitCode);
        Assert.Contains("doesn't beat 'guessing'", trained.Output, StringComparison.Ordinal);
        Assert.Contains(
            "the model doesn't beat",
            (await _rnn.RunAsync("evaluate", "names")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_alias_of_a_task_is_called_as_it_was_typed()
    {
        await File.WriteAllTextAsync(
            _rnn.PathOf("t.txt"),
            string.Concat(Enumerable.Repeat("the cat sat on the mat.\n", 100)),
            Token
        );
        var trained = await _rnn.RunAsync(
            "train",
            "text",
            "--data",
            "t.txt",
            "--steps",
            "3",
            "--hidden",
            "4",
            "--out",
            "m"
        );
        Assert.StartsWith("text: ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("rnn evaluate text --model m", trained.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            "text: ",
            (await _rnn.RunAsync("evaluate", "text", "-m", "m")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_help_of_training_tells_the_splits_that_the_tasks_make()
    {
        var help = (await _rnn.RunAsync("train", "--help")).Output;
        foreach (var name in TaskCatalogue.All.Select(task => task.Name))
        {
            Assert.Contains(TaskCatalogue.SplitRuleOf(name), help, StringComparison.Ordinal);
        }

        await File.WriteAllLinesAsync(_rnn.PathOf("s.csv"), Enumerable.Range(1, 200).Select(k => $"{k % 7}"), Token);
        Assert.Equal(
            TaskCatalogue.SplitRuleOf("sunspots"),
            TaskCatalogue.Open("sunspots", new() { Path = _rnn.PathOf("s.csv") }).SplitRule
        );
    }

    [Theory]
    [InlineData(0.5, 100, 10, ", 200 steps/s, 0.1 s left")]
    [InlineData(10, 4, 1000, ", 0.40 steps/s, at most 41 min 40 s left", true)]
    [InlineData(10, 30, 0, ", 3.0 steps/s")]
    [InlineData(1, 2, 1000, ", 2.0 steps/s", false, 1)]
    [InlineData(300, 1, 1, ", 5 min 00 s per step, 5 min 00 s left")]
    [InlineData(0, 0, 10, "")]
    public void Progress_shows_digits_that_mean_something(
        double seconds,
        long steps,
        long left,
        string text,
        bool mayEndEarly = false,
        double running = 20
    ) => Assert.Equal(text, TrainingBar.Pace(seconds, steps, left, TimeSpan.FromSeconds(running), mayEndEarly));

    [Fact]
    public void The_verdict_names_the_baseline_that_wins_and_doubts_a_lead_within_the_interval()
    {
        static MeasuredMethod Method(string name, bool isModel, double value, double low, double high) =>
            new(
                name,
                isModel,
                [
                    [new("accuracy", value, "0.0 %", false) { Low = low, High = high }],
                ]
            );
        var baseline = Method("bag", false, 0.75, 0.7, 0.8);
        Assert.Equal(
            ["Attention: in accuracy the model doesn't beat 'bag'."],
            EvaluationRun.Verdict([baseline, Method("m", true, 0.74, 0.7, 0.78)])
        );
        Assert.Contains(
            "may be chance",
            Assert.Single(EvaluationRun.Verdict([baseline, Method("m", true, 0.77, 0.73, 0.81)])),
            StringComparison.Ordinal
        );
        Assert.Empty(EvaluationRun.Verdict([baseline, Method("m", true, 0.9, 0.85, 0.95)]));
    }

    private void Write(string name, int from, int count) =>
        File.WriteAllLines(
            _rnn.PathOf(name),
            Enumerable
                .Range(from, count)
                .Select(k => $"{"bcdfghjkmn"[k % 10]}{"aeiou"[k / 10 % 5]}{"lrst"[k / 50 % 4]}{"aeiou"[k / 200 % 5]}")
        );
}
