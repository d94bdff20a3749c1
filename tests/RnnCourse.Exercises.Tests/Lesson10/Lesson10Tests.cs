using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises.Tests.Lesson10;

/// <summary>The wrong answers that the checks of lesson 10 know, each with its own words, and right ones in other
/// forms.</summary>
public sealed class Lesson10Tests : AnswersTests<Lesson10Tests>, IAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["slope-missing"] = () => Check.StepJacobian((rnn, s) => rnn.W),
            ["slope-on-columns"] = () => Check.StepJacobian((rnn, s) => rnn.W * Diagonal(1 - s.PointwisePower(2))),
            ["transposed"] = () =>
                Check.StepJacobian((rnn, s) => (Diagonal(1 - s.PointwisePower(2)) * rnn.W).Transpose()),
            ["w-transposed"] = () =>
                Check.StepJacobian((rnn, s) => Diagonal(1 - s.PointwisePower(2)) * rnn.W.Transpose()),
            ["slope-without-square"] = () => Check.StepJacobian((rnn, s) => Diagonal(1 - s) * rnn.W),
            ["slope-of-dot-product"] = () => Check.StepJacobian((rnn, s) => (1 - (s * s)) * rnn.W),
            ["slope-is-square"] = () => Check.StepJacobian((rnn, s) => Diagonal(s.PointwisePower(2)) * rnn.W),
            ["slope-of-tanh-twice"] = () =>
                Check.StepJacobian((rnn, s) => Diagonal(1 - s.PointwiseTanh().PointwisePower(2)) * rnn.W),
            ["shape/jacobian"] = () => Check.StepJacobian((rnn, s) => rnn.U),
            ["wrong-sign/jacobian"] = () => Check.StepJacobian((rnn, s) => -StateJacobians.Step(rnn, s)),
            ["order-reversed"] = () =>
                Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k + 1, n - k))),
            ["one-too-many"] = () =>
                Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k, n - k + 1).Reverse())),
            ["last-missing"] = () =>
                Check.JacobianProduct(
                    (rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k + 1, Math.Max(0, n - k - 1)).Reverse())
                ),
            ["first-missing"] = () =>
                Check.JacobianProduct(
                    (rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k + 2, Math.Max(0, n - k - 1)).Reverse())
                ),
            ["slope-of-previous-state"] = () =>
                Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Range(k, n - k).Reverse())),
            ["slopes-missing"] = () =>
                Check.JacobianProduct(
                    (rnn, s, n, k) => Enumerable.Repeat(rnn.W, n - k).Aggregate(Identity(rnn), (p, J) => p * J)
                ),
            ["one-state-for-all"] = () =>
                Check.JacobianProduct((rnn, s, n, k) => Product(rnn, s, Enumerable.Repeat(n, n - k))),
            ["transposed/product"] = () =>
                Check.JacobianProduct((rnn, s, n, k) => StateJacobians.Between(rnn, s, n, k).Transpose()),
            ["vanished"] = () => Check.KeepsLag20(LessonsNetwork(), 1),
            ["exploded"] = () => Check.KeepsLag20(LessonsNetwork(), 3),
            ["exploded/by far"] = () => Check.KeepsLag20(LessonsNetwork(), 1e300),
            ["no-radius"] = () => Check.KeepsLag20(LessonsNetwork(), -1),
            ["radius-too-large"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.DenseIdentity(2) * 20),
            ["normal"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.DenseIdentity(2) * 0.9),
            ["grows-too-little"] = () =>
                Check.GrowsBeforeItFalls(
                    Matrix<double>.Build.DenseOfArray(
                        new[,]
                        {
                            { 0.9, 1 },
                            { 0, 0.9 },
                        }
                    )
                ),
            ["shape/growing"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.Dense(2, 3)),
            ["not-finite/growing"] = () => Check.GrowsBeforeItFalls(Matrix<double>.Build.Dense(2, 2, double.NaN)),
        };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["Jacobian, row by row"] = () =>
                Check.StepJacobian(
                    (rnn, s) =>
                        Matrix<double>.Build.Dense(s.Count, s.Count, (r, c) => (1 - (s[r] * s[r])) * rnn.W[r, c])
                ),
            ["product, from the right"] = () =>
                Check.JacobianProduct(
                    (rnn, s, n, k) =>
                        Enumerable
                            .Range(k + 1, n - k)
                            .Aggregate(Identity(rnn), (p, i) => StateJacobians.Step(rnn, s[i]) * p)
                ),
            ["radius 1.45"] = () => Check.KeepsLag20(LessonsNetwork(), 1.45),
            ["growing, larger"] = () =>
                Check.GrowsBeforeItFalls(
                    Matrix<double>.Build.DenseOfArray(
                        new[,]
                        {
                            { 0.5, 100, 0 },
                            { 0, 0.5, 100 },
                            { 0, 0, 0.5 },
                        }
                    )
                ),
        };

    public static IReadOnlyList<Feedback> Blanks =>
        [
            Check.StepJacobian(null),
            Check.JacobianProduct((_, _, _, _) => null!),
            Check.KeepsLag20(LessonsNetwork(), null),
            Check.GrowsBeforeItFalls(null),
        ];

    private static Matrix<double> Diagonal(Vector<double> v) => Matrix<double>.Build.DiagonalOfDiagonalVector(v);

    private static Matrix<double> Identity(VanillaRnn rnn) => Matrix<double>.Build.DenseIdentity(rnn.W.RowCount);

    private static Matrix<double> Product(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, IEnumerable<int> steps) =>
        steps.Aggregate(Identity(rnn), (product, i) => product * StateJacobians.Step(rnn, s[i]));

    private static VanillaRnn LessonsNetwork() => new(8, 64, 2, new SeededRandom(5));
}
