using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class ConlluFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Parts_of_multiword_tokens_are_read_and_empty_nodes_and_comments_are_not()
    {
        Write(
            """
            # newdoc
            # text = He can't go.
            1	He	he	PRON	_	_	_	_	_	_
            2-3	can't	_	_	_	_	_	_	_	SpaceAfter=No
            2	ca	can	AUX	_	_	_	_	_	_
            3	n't	not	PART	_	_	_	_	_	_
            3.1	do	do	VERB	_	_	_	_	_	_
            4	go	go	_	_	_	_	_	_	_


            # text = #
            1	#	#	SYM	_	_	_	_	_	_
            """
        );
        var sentences = ConlluFile.Read(_path).ToList();
        Assert.Equal(["He ca n't go", "#"], sentences.Select(sentence => sentence.ToString()));
        Assert.Equal(["PRON", "AUX", "PART", null], sentences[0].Tags);
        Assert.Equal([1, 11], sentences.Select(sentence => sentence.Line));
    }

    [Theory]
    [InlineData("1 He he PRON _ _ _ _ _ _", 1, 25, "no tabs")]
    [InlineData("1	He	he	PRON", 1, 13, "4 columns")]
    [InlineData("1	He	_	PRON	_	_	_	_	_	_\n3	go	_	VERB	_	_	_	_	_	_", 2, 1, "2 follows")]
    [InlineData("1		_	PRON	_	_	_	_	_	_", 1, 3, "word is empty")]
    [InlineData("1	He	he		_	_	_	_	_	_", 1, 9, "tag is empty")]
    [InlineData("2-3	can't	_	_	_	_	_	_	_	_", 1, 1, "multiword")]
    [InlineData("1-2	can't	_	_	_	_	_	_	_	_\n1	ca	_	AUX	_	_	_	_	_	_\n", 1, 0, "goes to word 2")]
    [InlineData("1.1	do	_	_	_	_	_	_	_	_", 1, 1, "empty node")]
    [InlineData("1	He	_	PRON	_	_	_	_	_	_\n# late", 2, 7, "comment")]
    public void Broken_lines_are_refused_at_their_place(string text, long line, long column, string word)
    {
        Write(text);
        var refused = Assert.Throws<DataFileException>(() => ConlluFile.Read(_path).ToList());
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        TaggedSentence[] sentences = [new(["a", "b"], ["X", null]), new(["c"], ["Y"])];
        using (var writer = new StreamWriter(_path))
        {
            ConlluFile.Write(writer, sentences);
        }

        Assert.Equal(sentences.Select(Show), ConlluFile.Read(_path).Select(Show));
        static string Show(TaggedSentence sentence) => $"{sentence}: {string.Join(' ', sentence.Tags)}";
    }

    private void Write(string text) => File.WriteAllText(_path, text);
}
