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
    public void A_label_that_only_the_test_part_has_is_named_with_its_line()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllLines(
            Path.Combine(folder, "train.tsv"),
            ["label\ttext", .. Enumerable.Range(0, 30).Select(k => $"{(k % 2 == 0 ? "pos" : "neg")}\ttext number {k}")]
        );
        File.WriteAllLines(Path.Combine(folder, "test.tsv"), ["label\ttext", "pos\tnew text", "mixed\tanother text"]);
        var refused = Assert.Throws<DataFileException>(() => new ReviewTask(new() { Path = folder })).Message;
        Assert.Contains("'mixed' (line 3)", refused, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_tag_that_only_the_test_part_has_is_refused_to_a_training_and_counted_wrong_for_a_model()
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
        Assert.Contains(
            "'SYM' (in the sentence of line 1)",
            Assert.Throws<DataFileException>(() => new TaggingTask(new() { Path = folder })).Message,
            StringComparison.Ordinal
        );
        Write(
            "a-train.conllu",
            Enumerable.Range(0, 30).Select(k => new TaggedSentence([$"word{k}", "+"], ["NOUN", "SYM"]))
        );
        var known = new TaggingTask(new() { Path = folder });
        var model = new RnnCourse.Model.SequenceModel<float>(known.Shape(new()), new RnnCourse.Core.SeededRandom(1));
        var other = new TaggingTask(new() { Path = folder }, (known.Features, new(["NOUN", "VERB"])));
        Assert.Contains(
            "31 words have tags that the model does not know (SYM)",
            other.Remarks[0],
            StringComparison.Ordinal
        );
        Assert.InRange(other.Measure(model)[0].Value, 0, 0.5);
        Directory.Delete(folder, recursive: true);
    }
}
