using CsCheck;
using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class TokensTests
{
    [Theory]
    [InlineData("It didn't WORK!!!", "it did n't work !")]
    [InlineData("I can’t say it's 4.5 stars…", "i ca n't say it 's 4.5 stars …")]
    [InlineData("  ", "")]
    [InlineData("café, naïve", "café , naïve")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    public void Reviews_are_cut_into_words_and_marks(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokens.Words(text)));

    [Theory]
    [InlineData("They can fish.", "They can fish .")]
    [InlineData("I can't go, she'd say: \"It's Anna's.\"", "I ca n't go , she 'd say : \" It 's Anna 's . \"")]
    [InlineData("At 10:30 the well-known café opened...", "At 10:30 the well-known café opened ...")]
    public void Sentences_are_cut_as_treebanks_do(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokens.SentenceWords(text)));

    [Fact]
    public void Tokens_of_code_put_together_are_the_code() =>
        Gen.String[Gen.Char["ab_1 \n\t{};é\"'/"], 0, 60]
            .Sample(code => Assert.Equal(code, string.Concat(Tokens.Code(code))));

    [Fact]
    public void Code_is_cut_into_names_marks_and_spaces() =>
        Assert.Equal(
            ["var", " ", "x_1", " ", "=", " ", "12", ";", "\n    ", "return"],
            Tokens.Code("var x_1 = 12;\n    return")
        );

    [Fact]
    public void A_character_out_of_the_basic_plane_stays_whole() =>
        Assert.Equal(["a", "😀", "é"], Tokens.Characters("a😀é"));
}
