using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests;

/// <summary>Networks and sequences of random sizes, for properties that must hold for all of them.</summary>
/// <remarks>CsCheck draws (and shrinks) the sizes; the numbers follow from a seed, so a few integers identify a failing
/// case.</remarks>
internal static class RandomCases
{
    /// <summary>A network and a sequence that suits it.</summary>
    public sealed record Case<TNetwork>(TNetwork Network, GradientDescent.Example Example, string Description)
        where TNetwork : ISequenceNetwork
    {
        public override string ToString() => Description;
    }

    public static Gen<Case<VanillaRnn>> Recurrent { get; } =
        Cases((d, h, k, _, random) => new VanillaRnn(d, h, k, random));

    public static Gen<Case<SharedNetwork>> Shared { get; } =
        Cases((d, h, k, _, random) => new SharedNetwork(d, h, k, random));

    /// <summary>Lengths up to the number of functions, which is up to two more than the sequence has steps.</summary>
    public static Gen<Case<FunctionPerStep>> PerStep { get; } =
        Cases(
            (d, h, k, n, random) => new FunctionPerStep(d, h, k, Math.Max(1, n + random.NextIndex(3)), random),
            maxLength: 6
        );

    private static Gen<Case<T>> Cases<T>(Func<int, int, int, int, SeededRandom, T> create, int maxLength = 12)
        where T : ISequenceNetwork =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[0, maxLength], Gen.Int[0, 3], Gen.ULong)
            .Select(
                (d, h, k, n, unreadOfFour, seed) =>
                {
                    var random = new SeededRandom(seed);
                    var network = create(d, h, k, n, random);
                    Randomise(network, 0.8, random);
                    return new Case<T>(
                        network,
                        Sequence(d, k, n, unreadOfFour / 4.0, random),
                        $"{typeof(T).Name}: D = {d}, H = {h}, K = {k}, n = {n}, {unreadOfFour}/4 of the outputs "
                            + $"unread, seed {seed}"
                    );
                }
            );

    /// <summary>Gives every parameter, biases and s_0 included, normal numbers of the given size.</summary>
    public static void Randomise(ISequenceNetwork network, double scale, SeededRandom random)
    {
        foreach (var parameter in network.Parameters)
        {
            for (var j = 0; j < parameter.Values.Length; j++)
            {
                parameter.Values[j] = scale * random.NextNormal();
            }
        }
    }

    public static GradientDescent.Example Sequence(
        int inputSize,
        int outputSize,
        int length,
        double unread,
        SeededRandom random
    ) =>
        new(
            Inputs(inputSize, length, random),
            [
                .. Enumerable
                    .Range(0, length)
                    .Select(_ => random.NextDouble() < unread ? (int?)null : random.NextIndex(outputSize)),
            ]
        );

    public static IReadOnlyList<Vector<double>> Inputs(int inputSize, int length, SeededRandom random) =>
        [.. Enumerable.Range(0, length).Select(_ => Vector<double>.Build.Dense(inputSize, _ => random.NextNormal()))];
}
