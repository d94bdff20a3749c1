using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 10.</summary>
internal static class Answers10
{
    private static readonly VanillaRnn LessonsNetwork = new(8, 64, 2, new SeededRandom(5));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "10.1",
            new Dictionary<string, Func<VanillaRnn, Vector<double>, Matrix<double>>>
            {
                ["a diagonal matrix"] = (rnn, s) =>
                    Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s.PointwisePower(2)) * rnn.W,
                ["a dense one"] = (rnn, s) =>
                    Matrix<double>.Build.DenseOfDiagonalVector(1 - s.PointwiseMultiply(s)) * rnn.W,
                ["number by number"] = (rnn, s) =>
                    Matrix<double>.Build.Dense(s.Count, s.Count, (r, c) => (1 - (s[r] * s[r])) * rnn.W[r, c]),
                ["rows, scaled"] = (rnn, s) =>
                    Matrix<double>.Build.DenseOfRowVectors(
                        rnn.W.EnumerateRows().Select((row, r) => (1 - (s[r] * s[r])) * row)
                    ),
                ["columns, pointwise"] = (rnn, s) =>
                    Matrix<double>.Build.DenseOfColumnVectors(
                        rnn.W.EnumerateColumns().Select(column => column.PointwiseMultiply(1 - s.PointwisePower(2)))
                    ),
                ["the transpose of W D"] = (rnn, s) =>
                    (
                        rnn.W.Transpose() * Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s.PointwisePower(2))
                    ).Transpose(),
                ["(1 + s)(1 − s)"] = (rnn, s) =>
                    Matrix<double>.Build.DiagonalOfDiagonalVector((1 + s).PointwiseMultiply(1 - s)) * rnn.W,
                ["in place"] = (rnn, s) =>
                {
                    var J = rnn.W.Clone();
                    J.MapIndexedInplace((r, _, w) => w * (1 - (s[r] * s[r])), Zeros.Include);
                    return J;
                },
                ["the library's"] = StateJacobians.Step,
                ["by differences of a"] = (rnn, s) =>
                {
                    // s = tanh(a): the slope from differences on both sides of a.
                    var a = s.Map(value => 0.5 * Math.Log((1 + value) / (1 - value)));
                    var slope = ((a + 1e-5).PointwiseTanh() - (a - 1e-5).PointwiseTanh()) / 2e-5;
                    return Matrix<double>.Build.DiagonalOfDiagonalVector(slope) * rnn.W;
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.StepJacobian(way.Value)))
        ),
        new(
            "10.2",
            new Dictionary<string, Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, int, Matrix<double>>>
            {
                ["from the last step down"] = (rnn, s, n, k) =>
                {
                    var product = Identity(rnn);
                    for (var i = n; i > k; i--)
                    {
                        product *= StateJacobians.Step(rnn, s[i]);
                    }

                    return product;
                },
                ["from the first step up"] = (rnn, s, n, k) =>
                {
                    var product = Identity(rnn);
                    for (var i = k + 1; i <= n; i++)
                    {
                        product = StateJacobians.Step(rnn, s[i]) * product;
                    }

                    return product;
                },
                ["LINQ"] = (rnn, s, n, k) =>
                    Enumerable
                        .Range(k + 1, n - k)
                        .Aggregate(Identity(rnn), (product, i) => StateJacobians.Step(rnn, s[i]) * product),
                ["recursion"] = Between,
                ["halves"] = Halves,
                ["column by column"] = (rnn, s, n, k) =>
                    Matrix<double>.Build.DenseOfColumnVectors(
                        Identity(rnn)
                            .EnumerateColumns()
                            .Select(column =>
                            {
                                for (var i = k + 1; i <= n; i++)
                                {
                                    column = (1 - s[i].PointwisePower(2)).PointwiseMultiply(rnn.W * column);
                                }

                                return column;
                            })
                    ),
                ["transposed throughout"] = (rnn, s, n, k) =>
                    Enumerable
                        .Range(k + 1, n - k)
                        .Aggregate(Identity(rnn), (product, i) => product * StateJacobians.Step(rnn, s[i]).Transpose())
                        .Transpose(),
                ["the library's"] = StateJacobians.Between,
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.JacobianProduct(way.Value)))
        ),
        new(
            "10.3",
            new[] { 1.4, 1.45, 1.48, 1.49, 1.5, 1.51, 1.52, 1.55 }.ToDictionary(
                radius => $"{radius}",
                radius => (Func<Feedback>)(() => Check.KeepsLag20(LessonsNetwork, radius))
            )
        ),
        new(
            "10.4",
            new Dictionary<string, Matrix<double>>
            {
                ["a triangle"] = Triangle(0.9, 10),
                ["its transpose"] = Triangle(0.9, 10).Transpose(),
                ["turned"] = Turned(0.7, Triangle(0.9, 20)),
                ["turned a little"] = Turned(1e-3, Triangle(0.9, 20)),
                ["mirrored"] = -Triangle(0.9, 30),
                ["with a small radius"] = Triangle(0.1, 1000),
                ["three numbers"] = Matrix<double>.Build.DenseOfArray(
                    new[,]
                    {
                        { 0.5, 100, 0 },
                        { 0, 0.5, 100 },
                        { 0, 0, 0.5 },
                    }
                ),
                ["powers that end"] = Triangle(0, 10),
                ["a spiral"] = Matrix<double>.Build.DenseOfArray(
                    new[,]
                    {
                        { 0, 40 },
                        { -0.02, 0 },
                    }
                ),
                ["two different eigenvalues"] = Matrix<double>.Build.DenseOfArray(
                    new[,]
                    {
                        { 0.9, 50 },
                        { 0, -0.4 },
                    }
                ),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.GrowsBeforeItFalls(way.Value)))
        ),
    ];

    private static Matrix<double> Identity(VanillaRnn rnn) => Matrix<double>.Build.DenseIdentity(rnn.W.RowCount);

    private static Matrix<double> Between(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, int n, int k) =>
        n == k ? Identity(rnn) : StateJacobians.Step(rnn, s[n]) * Between(rnn, s, n - 1, k);

    private static Matrix<double> Halves(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, int n, int k) =>
        n == k ? Identity(rnn)
        : n == k + 1 ? StateJacobians.Step(rnn, s[n])
        : Halves(rnn, s, n, (n + k) / 2) * Halves(rnn, s, (n + k) / 2, k);

    private static Matrix<double> Triangle(double radius, double c) =>
        Matrix<double>.Build.DenseOfArray(
            new[,]
            {
                { radius, c },
                { 0, radius },
            }
        );

    private static Matrix<double> Turned(double angle, Matrix<double> W)
    {
        var Q = Matrix<double>.Build.DenseOfArray(
            new[,]
            {
                { Math.Cos(angle), -Math.Sin(angle) },
                { Math.Sin(angle), Math.Cos(angle) },
            }
        );
        return Q * W * Q.Transpose();
    }
}
