using CsCheck;
using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class OneHotTests
{
    [Fact]
    public void What_is_encoded_is_decoded_again() =>
        Gen.Int[-1, 6]
            .Array[0, 10]
            .Sample(symbols =>
            {
                var vectors = OneHot.Encode(symbols, 7);
                Assert.All(vectors.Zip(symbols), pair => Assert.Equal(pair.Second < 0 ? 0 : 1, pair.First.Sum()));
                Assert.Equal(symbols, OneHot.Decode(vectors));
            });

    [Theory]
    [InlineData(-2)]
    [InlineData(3)]
    public void A_number_out_of_range_is_refused(int symbol) =>
        Assert.Throws<ArgumentException>(() => OneHot.Encode([symbol], 3));
}
