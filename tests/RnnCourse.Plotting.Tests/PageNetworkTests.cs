using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Plotting.Tests;

public sealed class PageNetworkTests
{
    [Fact]
    public void Symbols_of_one_letter_make_a_network_that_reads_letters()
    {
        var rnn = new VanillaRnn(2, 1, 2, new SeededRandom(1));
        Assert.True(PageNetwork.Of(rnn, ["a", "🙂"]).ReadsLetters);
        Assert.False(PageNetwork.Of(rnn, ["a", "dog"]).ReadsLetters);
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData("a,b,c", null)]
    [InlineData("a,a", null)]
    [InlineData("a,b c", null)]
    [InlineData("a,", null)]
    [InlineData("a,b", "c")]
    public void Symbols_that_do_not_fit_are_refused(string symbols, string? before) =>
        Assert.Throws<ArgumentException>(() =>
        {
            var network = PageNetwork.Of(new VanillaRnn(2, 1, 2, new SeededRandom(1)), symbols.Split(','));
            return before is null ? network : network.ReadingFirst(before);
        });

    [Fact]
    public void A_network_too_large_for_a_page_is_refused()
    {
        var large = new SequenceModel<float>(new ModelShape(CellKind.Lstm, 2, 200, 2), new SeededRandom(1));
        Assert.Contains(
            "100000",
            Assert.Throws<ArgumentException>(() => PageNetwork.Of(large, ["a", "b"])).Message,
            StringComparison.Ordinal
        );
    }
}
