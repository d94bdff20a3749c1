using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 11.</summary>
internal static class Values11
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["11.2"] = Windows, ["11.4"] = Orthogonals };

    private static IEnumerable<Feedback> Windows()
    {
        static SequenceModel<float> Untrained(int symbols) =>
            new(new ModelShape(CellKind.Rnn, symbols, 4, symbols), new SeededRandom(1));
        foreach (var tau in new[] { -1, 0, 1, 6, 11, 12, 14, 20, 24, 1000 })
        {
            yield return Check.WindowForLag12(tau, Untrained(2));
        }

        yield return Check.WindowForLag12(13, null);
        yield return Check.WindowForLag12(13, Untrained(2));
        yield return Check.WindowForLag12(13, Untrained(3));
        yield return Check.WindowForLag12(13, new(new ModelShape(CellKind.Gru, 2, 32, 2), new SeededRandom(3)));
    }

    private static IEnumerable<Feedback> Orthogonals()
    {
        static Matrix<double> Normal(int size, SeededRandom random) =>
            Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());
        Func<int, SeededRandom, Matrix<double>>[] wrong =
        [
            Normal,
            (size, random) => Normal(size, random) / Math.Sqrt(size),
            (size, random) => Normal(size, random).NormalizeColumns(2),
            (size, random) => Normal(size, random).NormalizeRows(2),
            (size, random) => Normal(size, random).QR().R,
            (size, random) => 2 * Normal(size, random).QR().Q,
            (size, random) => Normal(size, random).QR().Q * 0.9,
            (size, _) => Matrix<double>.Build.DenseIdentity(size),
            (size, _) => Normal(size, new SeededRandom(1)).QR().Q,
            (size, _) => 0 * Matrix<double>.Build.Dense(size, size),
            (size, random) => RecurrentWeights.WithSpectralRadius(Normal(size, random), 1),
            (size, random) => Normal(size + 1, random).QR().Q,
            (size, random) => Normal(size, random) * double.NaN,
            (size, random) => Normal(size, random) is var M ? M + M.Transpose() : null!,
        ];
        return wrong.Select(method => Check.OrthogonalStart(method));
    }
}
