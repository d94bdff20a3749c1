using RnnCourse.Datasets;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class HostileDataTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("names", "", "empty")]
    [InlineData("names", "\n\n \n", "empty")]
    [InlineData("names", "anna", "1 name")]
    [InlineData("names", "anna\nanna\nbert", "2 different names")]
    [InlineData("code", "", "empty")]
    [InlineData("code", "   \n", "empty")]
    [InlineData("code", "one line", "too short")]
    [InlineData("pos", "", "empty")]
    [InlineData("pos", "1\ta\t_\tX\t_\t_\t_\t_\t_\t_", "1 sentence;")]
    [InlineData("pos", "1\ta\t_\t_\t_\t_\t_\t_\t_\t_", "No word has")]
    [InlineData("pos", "label\ttext\npos\tgood", "2 columns")]
    [InlineData("reviews", "", "empty")]
    [InlineData("reviews", "label\ttext\n", "no rows")]
    [InlineData("reviews", "label\ttext\npos\tgood", "1 text;")]
    [InlineData("reviews", "a\tb\npos\tgood", "'a', 'b'")]
    [InlineData("reviews", "just a line of text", "--text-column")]
    [InlineData("sunspots", "", "empty")]
    [InlineData("sunspots", "month,value\n1,2\n", "too few")]
    [InlineData("sunspots", "month,value\n1,2\n2,x\n", "is not a number")]
    [InlineData("motion", "x", "folder")]
    public void Data_that_cannot_be_used_are_refused_with_a_reason(string task, string content, string word)
    {
        File.WriteAllText(_path, content);
        Assert.Contains(
            word,
            Assert.Throws<DataFileException>(() => TaskCatalogue.Open(task, new() { Path = _path })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_label_or_far_too_many_are_refused()
    {
        File.WriteAllLines(_path, ["label\ttext", .. Enumerable.Range(0, 30).Select(k => $"pos\ttext number {k}")]);
        Assert.Contains(
            "one label, 'pos'",
            Assert.Throws<DataFileException>(() => new ReviewTask(new() { Path = _path })).Message,
            StringComparison.Ordinal
        );
        File.WriteAllLines(
            _path,
            ["label\ttext", .. Enumerable.Range(0, 3000).Select(k => $"l{k / 2}\ttext number {k}")]
        );
        Assert.Contains(
            "different labels",
            Assert.Throws<DataFileException>(() => new ReviewTask(new() { Path = _path })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_label_that_only_the_test_part_has_counts_as_wrong_for_every_method()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllLines(
            Path.Combine(folder, "train.tsv"),
            ["label\ttext", .. Enumerable.Range(0, 30).Select(k => $"{(k % 2 == 0 ? "pos" : "neg")}\ttext number {k}")]
        );
        File.WriteAllLines(Path.Combine(folder, "test.tsv"), ["label\ttext", "pos\tnew text", "mixed\tanother text"]);
        var task = new ReviewTask(new() { Path = folder });
        Assert.Contains(
            "The training part does not have the label mixed. The texts with it (1, the first one in line 3) count as "
                + "wrong.",
            task.Remarks
        );
        var settings = TaskCatalogue.SettingsFor(task, new()) with { Steps = 2 };
        using var training = new TaskTraining(task, settings);
        training.Run(TestContext.Current.CancellationToken);
        Assert.InRange(task.Measure(training.Model)[0].Value, 0, 0.5);
        Assert.All(task.Baselines(settings), baseline => Assert.InRange(baseline.Scores[0].Value, 0, 0.5));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Data_whose_labels_are_all_other_ones_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllLines(
            Path.Combine(folder, "train.tsv"),
            ["label\ttext", .. Enumerable.Range(0, 30).Select(k => $"{(k % 2 == 0 ? "pos" : "neg")}\ttext number {k}")]
        );
        File.WriteAllLines(Path.Combine(folder, "test.tsv"), ["label\ttext", "1\tnew text", "0\tanother text"]);
        var refused = Assert.Throws<DataFileException>(() => new ReviewTask(new() { Path = folder })).Message;
        Assert.Contains("'1' (in line 2) and all others of its part are unknown", refused, StringComparison.Ordinal);
        Assert.Contains("which has 'neg', 'pos'", refused, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_tag_that_only_the_test_part_has_counts_as_wrong_also_for_a_model_that_does_not_know_it()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        void Write(string name, IEnumerable<TaggedSentence> sentences)
        {
            using var writer = new StreamWriter(Path.Combine(folder, name));
            ConlluFile.Write(writer, sentences);
        }

        Write(
            "a-train.conllu",
            Enumerable.Range(0, 30).Select(k => new TaggedSentence([$"word{k}", "runs"], ["NOUN", "VERB"]))
        );
        Write("a-test.conllu", [new(["new", "§"], ["NOUN", "SYM"])]);
        var rare = new TaggingTask(new() { Path = folder });
        Assert.Contains(
            "The training part does not have the tag SYM. The words with it (1, the first one in the sentence of "
                + "line 1) count as wrong.",
            rare.Remarks
        );
        Assert.All(rare.Baselines(new()), baseline => Assert.InRange(baseline.Scores[0].Value, 0, 0.5));
        Write(
            "a-train.conllu",
            Enumerable.Range(0, 30).Select(k => new TaggedSentence([$"word{k}", "+"], ["NOUN", "SYM"]))
        );
        var known = new TaggingTask(new() { Path = folder });
        var model = new RnnCourse.Model.SequenceModel<float>(known.Shape(new()), new RnnCourse.Core.SeededRandom(1));
        var other = new TaggingTask(new() { Path = folder }, (known.Features, new(["NOUN", "VERB"])));
        Assert.Contains(
            "The model does not have the tag SYM. The words with it (31, the first one in the sentence of line 1) ",
            other.Remarks[0],
            StringComparison.Ordinal
        );
        Assert.InRange(other.Measure(model)[0].Value, 0, 0.5);
        Directory.Delete(folder, recursive: true);
    }
}
