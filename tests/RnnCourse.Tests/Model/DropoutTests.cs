using RnnCourse.Model;

namespace RnnCourse.Tests.Model;

public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public void What_is_kept_grows_so_that_the_sum_stays_the_same_on_average(double share)
    {
        var below = Below(rows: 1, columns: 10_001);
        below.Values.Fill(2);
        var dropout = new Dropout<double>(share, below);

        dropout.Forward(below.Values.Length, seed: 3);

        var output = dropout.Output.Values.ToArray();
        var kept = output.Where(value => value != 0).ToArray();
        Assert.All(kept, value => Assert.Equal(2 / (1 - share), value, 1e-12));
        Assert.InRange(1 - (kept.Length / (double)output.Length), share - 0.02, share + 0.02);
    }

    [Fact]
    public void A_gradient_goes_back_only_through_what_was_kept_and_with_the_same_factor()
    {
        var below = Below(rows: 3, columns: 5);
        for (var i = 0; i < below.Values.Length; i++)
        {
            below.Values[i] = i + 1;
        }

        var dropout = new Dropout<double>(0.5, below);
        dropout.Forward(5, seed: 1);
        dropout.Output.Gradient.Fill(3);

        dropout.Backward();

        var factors = dropout.Output.Values.ToArray().Zip(below.Values.ToArray(), (after, before) => after / before);
        Assert.Equal(factors.Select(factor => 3 * factor), below.Gradient.ToArray());
        Assert.Contains(0.0, below.Gradient.ToArray());
        Assert.Contains(6.0, below.Gradient.ToArray());
    }

    private static Signal<double> Below(int rows, int columns)
    {
        var signal = new Signal<double>(rows);
        signal.Reserve(0, columns, 0);
        return signal;
    }
}
