using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Plotting.Tests;

public sealed class SeriesTests
{
    [Fact]
    public void Values_alone_stand_at_1_2_3() => Assert.Equal([1.0, 2, 3], new Series("a", [5.0, 6, 7]).X);

    [Fact]
    public void Whole_numbers_and_vectors_are_values_too()
    {
        Assert.Equal([5.0, 6], new Series("a", new[] { 5, 6 }).Y);
        Assert.Equal([5.0, 6], new Series("a", Vector<double>.Build.Dense([5, 6])).Y);
        Assert.Equal([3.0, 4], new Series("a", new[] { 3, 4 }, new[] { 5, 6 }).X);
        Assert.Equal([3.0, 4], new Series("a", new[] { 3, 4 }, new[] { 5.5, 6 }).X);
    }

    [Fact]
    public void Later_changes_of_the_given_array_do_not_reach_it()
    {
        double[] given = [1, 2];
        var series = new Series("a", given);
        given[0] = 99;
        Assert.Equal([1.0, 2], series.Y);
    }

    [Fact]
    public void Lengths_that_differ_are_refused_with_both_lengths()
    {
        var error = Assert.Throws<ArgumentException>(() => new Series("loss", [1.0, 2, 3], [1.0, 2]));
        Assert.Contains("'loss' has 3 x values but 2 y values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_values_no_name_and_null_are_refused()
    {
        Assert.Contains(
            "'a' has no values",
            Assert.Throws<ArgumentException>(() => new Series("a", Array.Empty<double>())).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new Series(" ", [1.0]));
        Assert.Throws<ArgumentNullException>(() => new Series("a", (double[])null!));
        Assert.Throws<ArgumentNullException>(() => new Series("a", (double[])null!, [1.0]));
    }
}
