using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 10.</summary>
internal static class Values10
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["10.3"] = Radii, ["10.4"] = Growing };

    private static IEnumerable<Feedback> Radii()
    {
        var net = new VanillaRnn(8, 64, 2, new SeededRandom(5));
        return new[]
        {
            double.NaN,
            double.NegativeInfinity,
            double.PositiveInfinity,
            -1.5,
            0,
            1e-9,
            0.5,
            0.9,
            1,
            1.1,
            1.2,
            2.5,
            3,
            10,
            1e6,
        }.Select(radius => Check.KeepsLag20(net, radius));
    }

    private static IEnumerable<Feedback> Growing()
    {
        static Matrix<double> Of(double a, double b, double c, double d) =>
            Matrix<double>.Build.DenseOfArray(
                new[,]
                {
                    { a, b },
                    { c, d },
                }
            );
        foreach (var radius in new[] { 0.95, 1, 1.5, 20 })
        {
            yield return Check.GrowsBeforeItFalls(Of(radius, 10, 0, radius));
            yield return Check.GrowsBeforeItFalls(Of(radius, 0, 0, radius));
        }

        foreach (var radius in new[] { 0, 0.5, 0.9 })
        {
            yield return Check.GrowsBeforeItFalls(Of(radius, 0, 0, radius));
            yield return Check.GrowsBeforeItFalls(Of(radius, 1, 0, radius));
            yield return Check.GrowsBeforeItFalls(Of(0, radius, -radius, 0));
        }

        yield return Check.GrowsBeforeItFalls(Matrix<double>.Build.Dense(2, 3));
        yield return Check.GrowsBeforeItFalls(Of(double.NaN, 0, 0, 0));
    }
}
