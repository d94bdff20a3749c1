using CsCheck;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class SeededRandomTests
{
    // From a second implementation of the published algorithms (xoshiro256**, seeded by four draws of SplitMix64),
    // which itself gave the authors' numbers: 11520, 0, 1509978240 for the state (1, 2, 3, 4), and 6457827717110365317
    // for SplitMix64 from 1234567.
    [Theory]
    [InlineData(0, 0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0, 0x6AA594F1262D2D2C, 0x7AAC8C483A2EDD2F)]
    [InlineData(42, 0x15780B2E0C2EC716, 0x6104D9866D113A7E, 0xAE17533239E499A1, 0xECB8AD4703B360A1, 0x8DE5848C61AB8968)]
    [InlineData(
        2026,
        0x92E011592E98AE15,
        0x489F37946D6D18D8,
        0xD0009E279D9CDEDA,
        0xE4C7DCA786D56702,
        0xBDE709AB879F8F00
    )]
    [InlineData(
        ulong.MaxValue,
        0x8F5520D52A7EAD08,
        0xC476A018CAA1802D,
        0x81DE31C0D260469E,
        0xBF658D7E065F3C2F,
        0xC3C93EA5CDE434CC
    )]
    public void Bits_are_those_of_the_published_algorithm(
        ulong seed,
        ulong first,
        ulong second,
        ulong third,
        ulong fourth,
        ulong thousandth
    )
    {
        var random = new SeededRandom(seed);
        ulong[] draws = [.. Enumerable.Range(0, 1000).Select(_ => random.NextBits())];
        Assert.Equal([first, second, third, fourth, thousandth], [draws[0], draws[1], draws[2], draws[3], draws[999]]);
    }

    [Fact]
    public void The_first_double_is_the_first_bits_over_two_to_the_64th_cut_to_53_bits() =>
        Assert.Equal(0.08386297105988216, new SeededRandom(42).NextDouble());

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_seed_others() =>
        Gen.ULong.Sample(seed =>
        {
            SeededRandom first = new(seed),
                second = new(seed),
                other = new(seed + 1);
            var draws = Enumerable.Range(0, 20).Select(_ => first.NextBits()).ToArray();
            Assert.Equal(draws, Enumerable.Range(0, 20).Select(_ => second.NextBits()));
            Assert.NotEqual(draws, Enumerable.Range(0, 20).Select(_ => other.NextBits()));
        });

    [Fact]
    public void Doubles_fill_the_unit_interval_evenly()
    {
        var random = new SeededRandom(1);
        var counts = new int[20];
        for (var k = 0; k < 100_000; k++)
        {
            var draw = random.NextDouble();
            Assert.InRange(draw, 0, 1 - Math.ScaleB(1, -53));
            counts[(int)(draw * 20)]++;
        }

        AssertEven(counts, 100_000);
    }

    [Fact]
    public void Uniform_numbers_lie_in_their_interval() =>
        Gen.Select(Gen.ULong, Gen.Double[-100, 100], Gen.Double[0, 50])
            .Sample(
                (seed, low, width) =>
                {
                    var draw = new SeededRandom(seed).NextUniform(low, low + width);
                    Assert.InRange(draw, low, low + width);
                }
            );

    [Fact]
    public void An_interval_of_no_width_gives_its_one_number() =>
        Assert.Equal(2.5, new SeededRandom(1).NextUniform(2.5, 2.5));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void An_interval_that_is_empty_or_not_finite_is_refused(double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(high), () => new SeededRandom(1).NextUniform(low, high));

    // Each bound is five standard errors of its quantity, so a right generator fails for one in two million seeds.
    [Fact]
    public void Normal_numbers_have_the_moments_and_tails_of_the_normal_distribution()
    {
        const int Count = 200_000;
        var random = new SeededRandom(1);
        double[] draws = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormal())];
        double Moment(int power) => draws.Average(z => Math.Pow(z, power));
        double Bound(double variance) => 5 * Math.Sqrt(variance / Count);
        Assert.Equal(0, Moment(1), Bound(1));
        Assert.Equal(1, Moment(2), Bound(2));
        Assert.Equal(0, Moment(3), Bound(15));
        Assert.Equal(3, Moment(4), Bound(96));
        const double BeyondTwo = 0.04550026389635842;
        Assert.Equal(BeyondTwo, draws.Count(z => Math.Abs(z) > 2) / (double)Count, Bound(BeyondTwo * (1 - BeyondTwo)));
        Assert.All(draws, z => Assert.True(double.IsFinite(z)));
    }

    [Fact]
    public void Neighbouring_normal_numbers_are_not_correlated()
    {
        const int Count = 100_000;
        var random = new SeededRandom(9);
        double[] draws = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormal())];
        Assert.Equal(0, draws.Zip(draws.Skip(1), (a, b) => a * b).Average(), 5 / Math.Sqrt(Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(24)]
    public void An_index_is_each_number_equally_often(int count)
    {
        var random = new SeededRandom(5);
        var counts = new int[count];
        for (var k = 0; k < 60_000; k++)
        {
            counts[random.NextIndex(count)]++;
        }

        AssertEven(counts, 60_000);
    }

    [Fact]
    public void An_index_is_below_its_count() =>
        Gen.Select(Gen.ULong, Gen.Int[1, int.MaxValue])
            .Sample((seed, count) => Assert.InRange(new SeededRandom(seed).NextIndex(count), 0, count - 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void An_index_out_of_nothing_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(count), () => new SeededRandom(1).NextIndex(count));

    [Fact]
    public void Picking_takes_each_item_and_refuses_an_empty_list()
    {
        var random = new SeededRandom(1);
        Assert.Equal(
            ["a", "b", "c"],
            Enumerable.Range(0, 100).Select(_ => random.Pick(["a", "b", "c"])).Distinct().Order()
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Pick(Array.Empty<string>()));
    }

    [Fact]
    public void Shuffling_gives_a_permutation() =>
        Gen.Select(Gen.ULong, Gen.Int.Array[0, 30])
            .Sample(
                (seed, items) =>
                {
                    var shuffled = items.ToArray();
                    new SeededRandom(seed).Shuffle<int>(shuffled);
                    Assert.Equal(items.Order(), shuffled.Order());
                }
            );

    [Fact]
    public void Shuffling_gives_each_order_equally_often()
    {
        var random = new SeededRandom(3);
        var counts = new Dictionary<string, int>();
        for (var k = 0; k < 48_000; k++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(items);
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        Assert.Equal(24, counts.Count);
        AssertEven([.. counts.Values], 48_000);
    }

    [Fact]
    public void A_fork_goes_its_own_way_and_depends_on_past_draws_alone()
    {
        SeededRandom first = new(1),
            second = new(1);
        SeededRandom fork = first.Fork(),
            same = second.Fork();
        for (var k = 0; k < 10; k++)
        {
            first.NextBits(); // later draws of the parent change nothing
        }

        Assert.Equal(
            Enumerable.Range(0, 10).Select(_ => same.NextBits()),
            Enumerable.Range(0, 10).Select(_ => fork.NextBits())
        );
        Assert.NotEqual(second.NextBits(), same.NextBits());
    }

    // Pearson's χ² has mean m − 1 and variance 2 (m − 1) for m cells; six standard deviations on either side. Too even
    // is as suspect as too uneven.
    private static void AssertEven(int[] counts, int draws)
    {
        var expected = draws / (double)counts.Length;
        var freedom = counts.Length - 1;
        var chiSquared = counts.Sum(count => Math.Pow(count - expected, 2) / expected);
        Assert.InRange(chiSquared, freedom - (6 * Math.Sqrt(2 * freedom)), freedom + (6 * Math.Sqrt(2 * freedom)));
    }
}
