using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Tests.Gradients;

public sealed class StateJacobiansTests
{
    private static readonly VanillaRnn Rnn = RandomNetwork();
    private static readonly IReadOnlyList<Vector<double>> X =
    [
        .. Enumerable.Range(0, 7).Select(k => Vector<double>.Build.Dense(3, d => Math.Sin((5 * k) + d))),
    ];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 3)]
    [InlineData(7, 2)]
    [InlineData(5, 5)]
    public void The_product_is_the_derivative_that_central_differences_measure(int n, int k)
    {
        var s = Rnn.Forward(X).s;
        var product = StateJacobians.Between(Rnn, s, n, k);
        for (var row = 0; row < 4; row++)
        {
            var s_k = s[k].ToArray();
            var measured = CentralDifferences.Gradient(() => StateFrom(s_k, k, n)[row], s_k);
            Assert.InRange(CentralDifferences.RelativeError(product.Row(row).ToArray(), measured), 0, 1e-8);
        }
    }

    [Fact]
    public void The_norms_are_those_of_the_gradient_times_the_product()
    {
        var s = Rnn.Forward(X).s;
        var ds = Vector<double>.Build.Dense(4, h => h - 1.5);
        var norms = StateJacobians.NormByLag(Rnn, s, ds);
        Assert.Equal(8, norms.Count);
        for (var lag = 0; lag <= 7; lag++)
        {
            Assert.Equal((StateJacobians.Between(Rnn, s, 7, 7 - lag).Transpose() * ds).L2Norm(), norms[lag], 1e-12);
        }
    }

    [Fact]
    public void Without_inputs_and_weights_to_saturate_the_mean_follows_the_linear_network()
    {
        var rnn = new VanillaRnn(1, 1, 2, new SeededRandom(1));
        rnn.U.Clear();
        rnn.W[0, 0] = 0.5;
        var means = StateJacobians.MeanNormByLag(rnn, 4, 3, new SeededRandom(2));
        Assert.Equal([1, 0.5, 0.25, 0.125, 0.0625], means.Select(mean => Math.Round(mean, 12)));
    }

    [Fact]
    public void Steps_that_are_not_there_and_sizes_that_do_not_fit_are_refused()
    {
        var s = Rnn.Forward(X).s;
        Assert.Throws<ArgumentException>(() => StateJacobians.Step(Rnn, Vector<double>.Build.Dense(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateJacobians.Between(Rnn, s, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateJacobians.Between(Rnn, s, 8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateJacobians.Between(Rnn, s, 2, -1));
        Assert.Throws<ArgumentException>(() => StateJacobians.NormByLag(Rnn, [], Vector<double>.Build.Dense(4)));
        Assert.Throws<ArgumentException>(() => StateJacobians.NormByLag(Rnn, s, Vector<double>.Build.Dense(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateJacobians.MeanNormByLag(Rnn, -1, 1, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateJacobians.MeanNormByLag(Rnn, 1, 0, new SeededRandom(1)));
    }

    private static Vector<double> StateFrom(double[] s_k, int k, int n)
    {
        var s = Vector<double>.Build.DenseOfArray(s_k);
        for (var i = k + 1; i <= n; i++)
        {
            s = Rnn.Step(X[i - 1], s).s_i;
        }

        return s;
    }

    private static VanillaRnn RandomNetwork()
    {
        var random = new SeededRandom(5);
        var rnn = new VanillaRnn(3, 4, 2, random);
        foreach (var parameter in rnn.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] = random.NextUniform(-0.9, 0.9);
            }
        }

        return rnn;
    }
}
