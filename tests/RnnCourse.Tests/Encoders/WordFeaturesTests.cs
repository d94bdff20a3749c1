using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class WordFeaturesTests
{
    [Fact]
    public void An_unknown_word_keeps_its_ending_and_form()
    {
        var features = WordFeatures.Learn(["Running", "walking", "walking", "Talking", "NATO", "3rd"], minCount: 1);
        string[] NamesOf(string word) => [.. features.Of(word).Select(k => features.Vocabulary[k])];
        Assert.Equal(["w:walking", "e:g", "e:ng", "e:ing", "b:wa"], NamesOf("walking"));
        Assert.Equal(["e:g", "e:ng", "e:ing", "f:Capital"], NamesOf("Jumping"));
        Assert.Contains("f:CAPITALS", NamesOf("UN"));
        Assert.Contains("f:digit", NamesOf("7th"));
        Assert.True(features.KnowsWord("Walking"));
        Assert.False(features.KnowsWord("Jumping"));
    }

    [Fact]
    public void A_short_word_is_not_its_own_ending_or_beginning() =>
        Assert.Equal(
            ["b:th", "e:e", "e:he", "e:n", "w:an", "w:the"],
            WordFeatures.Learn(["an", "the"], minCount: 1).Vocabulary.Symbols.Order(StringComparer.Ordinal)
        );
}
