using RnnCourse.Core;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

/// <summary>What a task tells about its data and about how good simple methods are.</summary>
public sealed class HonestTasksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Tasks => [.. TaskCatalogue.All.Select(task => task.Name)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_task_has_simple_methods_beside_its_model_and_intervals_on_its_scores(string name)
    {
        var task = TaskCatalogue.Open(name, new());
        Assert.Equal(2, task.DevReferences.Count);
        Assert.All(task.DevReferences, reference => Assert.InRange(reference.Loss, 1e-6, 20));
        Assert.True(task.DevReferences[0].Loss <= task.DevReferences[1].Loss + 0.01);
        Assert.NotEmpty(task.SplitRule);
        var model = new SequenceModel<float>(task.Shape(new() { HiddenSize = 2 }), new SeededRandom(1));
        Assert.All(
            task.Measure(model),
            score =>
                Assert.True(
                    score.Low <= score.Value + 1e-9 && score.Value <= score.High + 1e-9,
                    $"{score.Name}: {score.Low}, {score.Value}, {score.High}"
                )
        );
    }

    [Fact]
    public void An_untrained_forecaster_is_persistence()
    {
        // All weights are zero, so that every forecast difference is zero.
        var task = new ForecastTask(new());
        var model = new SequenceModel<float>(task.Shape(new() { HiddenSize = 2 }), new SeededRandom(1));
        foreach (var parameter in model.Parameters)
        {
            Array.Clear(parameter.Values);
        }

        Assert.Equal("persistence", task.DevReferences[0].Method);
        Assert.Equal(task.DevLoss(model), task.DevReferences[0].Loss, 1e-6);
    }

    [Fact]
    public void Repeated_names_and_sentences_are_counted_aloud()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(k => $"a{"bcdfghjk"[k % 8]}{"aeiou"[k / 8]}")];
        var task = new NamesTask(new() { Path = Write("n.txt", [.. names, .. names[..7]]) });
        Assert.Contains("7 of 47 names repeat an earlier one; each counts once.", task.Remarks);
        Assert.Equal(40, task.Split.Train.Count + task.Split.Dev.Count + task.Split.Test.Count);
        Assert.Contains(task.Remarks, remark => remark.Contains("has 4 names: too few", StringComparison.Ordinal));

        var texts = new ReviewTask(
            new()
            {
                Path = Write(
                    "r.tsv",
                    ["label\ttext", .. names.Select((name, k) => $"{k % 2}\t{name}"), "0\tabu", $"0\t{names[0]}"]
                ),
            }
        );
        Assert.Contains(texts.Remarks, remark => remark.StartsWith("2 of 42 texts repeat", StringComparison.Ordinal));
    }

    [Fact]
    public void A_series_without_change_is_reported()
    {
        var task = new ForecastTask(new() { Path = Write("s.csv", Enumerable.Repeat("5", 200)) });
        Assert.Contains(task.Remarks, remark => remark.Contains("nothing to learn", StringComparison.Ordinal));
    }

    [Fact]
    public void Training_and_evaluation_of_a_text_share_a_unit()
    {
        var task = new TextTask(new());
        var model = new SequenceModel<float>(task.Shape(new() { HiddenSize = 2 }), new SeededRandom(1));
        var scores = task.Measure(model);
        Assert.Equal(task.LossUnit, scores[0].Name);
        Assert.Equal(SequenceMetrics.Perplexity(scores[0].Value), scores[1].Value, 1e-9);
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
