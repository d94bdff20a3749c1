using System.Numerics;
using CsCheck;
using RnnCourse.Model.Cells;

namespace RnnCourse.Tests.Model.Cells;

public sealed class ExponentialTests
{
    [Fact]
    public void It_is_the_exponential_up_to_the_last_bits_for_any_length() =>
        Gen.Double[-700, 0]
            .Array[0, 40]
            .Sample(x =>
            {
                var y = x.ToArray();
                Exponential<double>.OfNegative(y);
                Assert.All(y.Zip(x), pair => Assert.Equal(1, pair.First / Math.Exp(pair.Second), 1e-15));
                var singles = x.Select(x_i => (float)(x_i / 9)).ToArray();
                var z = singles.ToArray();
                Exponential<float>.OfNegative(z);
                Assert.All(z.Zip(singles), pair => Assert.Equal(1, pair.First / Math.Exp(pair.Second), 5e-7));
            });

    [Fact]
    public void It_keeps_what_is_not_a_number_and_ends_in_zero()
    {
        Ends<double>();
        Ends<float>();
    }

    private static void Ends<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] x =
        [
            T.Zero,
            T.NaN,
            T.NegativeInfinity,
            T.CreateChecked(-1e30),
            T.CreateChecked(-2000),
            -T.Zero,
            T.CreateChecked(-1e38),
            T.NaN,
            T.CreateChecked(-1e-30),
        ];
        Exponential<T>.OfNegative(x);
        Assert.Equal([T.One, T.NaN, T.Zero, T.Zero, T.Zero, T.One, T.Zero, T.NaN, T.One], x);
    }

    [Fact]
    public void Nothing_beyond_the_end_is_touched()
    {
        for (var length = 0; length < 20; length++)
        {
            var x = new double[24];
            Exponential<double>.OfNegative(x.AsSpan(0, length));
            Assert.Equal(Enumerable.Repeat(1.0, length).Concat(Enumerable.Repeat(0.0, 24 - length)), x);
        }
    }
}
