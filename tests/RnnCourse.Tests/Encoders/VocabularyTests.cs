using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class VocabularyTests
{
    [Fact]
    public void Symbols_are_numbered_from_the_most_to_the_least_frequent_after_the_reserved_ones()
    {
        var vocabulary = Vocabulary.Learn("banana split".Select(c => c.ToString()), ["."], "?", minCount: 2);
        Assert.Equal([".", "?", "a", "n"], vocabulary.Symbols);
        Assert.Equal([2, 3, 1, 0], vocabulary.Encode(["a", "n", "z", "."]));
        Assert.Equal(3, Vocabulary.Learn(["b", "a", "c", "c"], ["."], maxCount: 3).Count);
    }

    [Fact]
    public void An_unknown_symbol_is_refused_where_the_vocabulary_has_none_for_unknown_ones()
    {
        var vocabulary = new Vocabulary(["a", "b"]);
        Assert.Contains(
            "'z'",
            Assert.Throws<ArgumentException>(() => vocabulary.NumberOf("z")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "a"]));
        Assert.Throws<ArgumentException>(() => new Vocabulary([]));
        Assert.Throws<ArgumentException>(() => new Vocabulary(["a"], "b"));
    }

    [Fact]
    public void What_is_written_as_json_is_read_again()
    {
        var vocabulary = new Vocabulary(["\n", Vocabulary.UnknownSymbol, "\"", "😀"], Vocabulary.UnknownSymbol);
        var again = Vocabulary.FromJson(vocabulary.ToJson());
        Assert.Equal(vocabulary.Symbols, again.Symbols);
        Assert.Equal(1, again.Unknown);
        Assert.Throws<InvalidDataException>(() => Vocabulary.FromJson("[1]"));
        Assert.Throws<InvalidDataException>(() => Vocabulary.FromJson("[]"));
    }
}
