using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class RecurrentWeightsTests
{
    [Fact]
    public void The_spectral_radius_of_known_matrices_is_known()
    {
        Assert.Equal(
            3,
            RecurrentWeights.SpectralRadius(
                Matrix<double>.Build.DenseOfArray(
                    new double[,]
                    {
                        { 1, 5 },
                        { 0, -3 },
                    }
                )
            ),
            1e-12
        );
        Assert.Equal(
            2,
            RecurrentWeights.SpectralRadius(
                Matrix<double>.Build.DenseOfArray(
                    new double[,]
                    {
                        { 0, -2 },
                        { 2, 0 },
                    }
                )
            ),
            1e-12
        ); // eigenvalues ±2i
        Assert.Equal(0, RecurrentWeights.SpectralRadius(Matrix<double>.Build.Dense(3, 3)));
    }

    [Fact]
    public void A_scaled_matrix_has_the_radius_it_was_scaled_to() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 20], Gen.Double[0, 5])
            .Sample(
                (seed, size, radius) =>
                {
                    var random = new SeededRandom(seed);
                    var W = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextUniform(-1, 1));
                    var scaled = RecurrentWeights.WithSpectralRadius(W, radius);
                    Assert.Equal(radius, RecurrentWeights.SpectralRadius(scaled), 1e-9 * Math.Max(1, radius));
                }
            );

    [Fact]
    public void An_orthogonal_matrix_keeps_lengths_and_comes_again_with_its_seed() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 40])
            .Sample(
                (seed, size) =>
                {
                    var Q = RecurrentWeights.Orthogonal(size, new SeededRandom(seed));
                    Assert.InRange(
                        ((Q.Transpose() * Q) - Matrix<double>.Build.DenseIdentity(size)).Enumerate().Max(Math.Abs),
                        0,
                        1e-12
                    );
                    Assert.Equal(Q, RecurrentWeights.Orthogonal(size, new SeededRandom(seed)));
                }
            );

    [Fact]
    public void An_orthogonal_matrix_favours_no_sign()
    {
        var random = new SeededRandom(1);
        var mean = Enumerable.Range(0, 4000).Average(_ => RecurrentWeights.Orthogonal(3, random)[0, 0]);
        Assert.InRange(mean, -0.05, 0.05); // without the correction of the signs it would be negative throughout
    }

    [Fact]
    public void A_matrix_without_a_spectral_radius_is_refused()
    {
        var W = Matrix<double>.Build.DenseIdentity(2);
        Assert.Throws<ArgumentException>(() => RecurrentWeights.SpectralRadius(Matrix<double>.Build.Dense(2, 3)));
        Assert.Throws<ArgumentException>(() => RecurrentWeights.SpectralRadius(W * double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RecurrentWeights.WithSpectralRadius(W, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            RecurrentWeights.WithSpectralRadius(W, double.PositiveInfinity)
        );
        Assert.Throws<ArgumentException>(() =>
            RecurrentWeights.WithSpectralRadius(
                Matrix<double>.Build.DenseOfArray(
                    new double[,]
                    {
                        { 0, 1 },
                        { 0, 0 },
                    }
                ),
                1
            )
        );
        Assert.Throws<ArgumentException>(() => RecurrentWeights.WithSpectralRadius(0 * W, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RecurrentWeights.Orthogonal(0, new SeededRandom(1)));
    }
}
