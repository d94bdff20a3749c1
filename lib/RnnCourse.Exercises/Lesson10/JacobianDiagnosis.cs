using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises.Lesson10;

/// <summary>Finds why a Jacobian is wrong, by making the known mistakes on purpose.</summary>
internal static class JacobianDiagnosis
{
    private static readonly Computation OneStep = new(
        ["W", "s_i", "J"],
        new Line("J", Functions.Diagonal(1 - new Name("s_i").Times(new Name("s_i"))) * new Name("W"))
    );

    private static readonly Computation Steps = new(
        ["J[]", "product"],
        new Line("product", new Name("I")),
        new Loop(
            "i",
            "n",
            new IndexExpression(["k"], [], 1),
            -1,
            new Line("product", new Name("product") * new Name("J", "i"))
        )
    );

    private static readonly Finding SlopeMissing = new(
        "slope-missing",
        "That is W: the slope of tanh is missing.",
        "s_i = tanh(a_i), and a_i = … + W s_{i−1}. The chain rule has two factors. Which is the one of tanh?",
        "Row r of W is multiplied by 1 − s_i[r]²: diag(1 − s_i²) W."
    );

    private static readonly Finding SlopeOnColumns = new(
        "slope-on-columns",
        "The slopes stand on the wrong side: they multiply the columns of W.",
        "Unit r of s_i has its own tanh. Which row or column of W belongs to unit r?",
        "diag(1 − s_i²) W scales the rows; W diag(…) would scale the columns."
    );

    private static readonly Finding Turned = new(
        "transposed",
        "That is the transpose of the Jacobian: what a gradient is multiplied by on its way back.",
        "Row r of the Jacobian tells how unit r of the later state moves. How does W lead from s_{i−1} to s_i?",
        "diag(1 − s_i²) W, without a transpose. Backpropagation uses the transpose of this."
    );

    private static readonly Finding WTurned = new(
        "w-transposed",
        "W is transposed in it, while the slopes stand where they should.",
        "Forward, a_i = … + W s_{i−1}. What is the derivative of that by s_{i−1}?",
        "It is W itself: diag(1 − s_i²) W."
    );

    private static readonly Finding WithoutSquare = new(
        "slope-without-square",
        "The slope of tanh is taken as 1 − s_i: the square is missing.",
        "Try it at s = −1: a saturated unit passes nothing on. What does 1 − s say there?",
        "1 − s_i², number by number."
    );

    private static readonly Finding OfSquare = new(
        "slope-is-square",
        "The slope of tanh is taken as s_i²: it is 1 − s_i².",
        "At s = 0 tanh is steepest: slope 1. What does your formula say there?",
        "1 − s_i², number by number."
    );

    private static readonly Finding OfDotProduct = new(
        "slope-of-dot-product",
        "The slope of tanh is one number for all units: s_i * s_i adds up the products of the numbers.",
        "Each unit has its own tanh, and so its own slope. What does * make of two vectors?",
        "1 - s_i.PointwiseMultiply(s_i) is a vector; as a diagonal matrix it multiplies row r of W by its number r."
    );

    private static readonly Finding TanhTwice = new(
        "slope-of-tanh-twice",
        "The slope is taken as 1 − tanh(s_i)²: tanh is applied once too often.",
        "s_i already is tanh(a_i).",
        "1 − s_i²."
    );

    private static readonly Finding Reversed = new(
        "order-reversed",
        "The factors stand in the wrong order: the earliest step comes first.",
        "Matrices don't commute. A nudge of s_k passes step k + 1 first; which factor stands next to it, on the right?",
        "ds_n/ds_k = J_n J_{n−1} … J_{k+1}: the latest step on the left."
    );

    private static readonly Finding OneTooMany = new(
        "one-too-many",
        "There is one factor too many: J_k is in the product, but it leads from s_{k−1} to s_k.",
        "How many steps lie between s_k and s_n? So many factors there are.",
        "i runs from n down to k + 1."
    );

    private static readonly Finding LastMissing = new(
        "last-missing",
        "J_n is missing: the product ends at s_{n−1}.",
        "Which step leads to s_n?",
        "i runs from n down to k + 1, n included."
    );

    private static readonly Finding FirstMissing = new(
        "first-missing",
        "J_{k+1} is missing: the product begins at s_{k+1}.",
        "Which step leads away from s_k?",
        "i runs from n down to k + 1, k + 1 included."
    );

    private static readonly Finding Powers = new(
        "slopes-missing",
        "That is a power of W: the slopes of tanh are missing.",
        "Each step has its own state, and so its own slopes.",
        "Each factor is diag(1 − s_i²) W, with the s_i of its own step."
    );

    private static readonly Finding OneStateForAll = new(
        "one-state-for-all",
        "All factors are the same: they use the slopes of one state.",
        "Each factor belongs to one step. Which state came out of the tanh of that step?",
        "Inside the loop use s[i], not s[n] or s[k]."
    );

    private static readonly Finding PreviousState = new(
        "slope-of-previous-state",
        "The factors use the slope at s_{i−1}; it belongs to the tanh that made s_i.",
        "Which state came out of the tanh of step i?",
        "J_i = diag(1 − s_i²) W, with i from n down to k + 1. In code, s[i], since s[0] is s_0."
    );

    public static Finding? StepFault(VanillaRnn net, Vector<double> s, Quantity given)
    {
        var right = Quantity.Of(given.Name, StateJacobians.Step(net, s));
        if (given.IsNear(right))
        {
            return null;
        }

        bool Is(Matrix<double> m) => given.IsNear(Quantity.Of(given.Name, m));
        Matrix<double> Diagonal(Vector<double> slopes) => Matrix<double>.Build.DiagonalOfDiagonalVector(slopes);
        var slope = 1 - s.PointwiseMultiply(s);
        return given.FaultOfForm(right)
            ?? (
                Is(net.W) ? SlopeMissing
                : Is(net.W * Diagonal(slope)) ? SlopeOnColumns
                : Is(net.W.Transpose() * Diagonal(slope)) ? Turned
                : Is(Diagonal(slope) * net.W.Transpose()) ? WTurned
                : Is(Diagonal(1 - s) * net.W) ? WithoutSquare
                : Is(Diagonal(s.PointwiseMultiply(s)) * net.W) ? OfSquare
                : Is((1 - (s * s)) * net.W) ? OfDotProduct
                : Is(Diagonal(1 - s.PointwiseTanh().PointwisePower(2)) * net.W) ? TanhTwice
                : OneStep.Diagnose(() => Memory.With(("W", net.W), ("s_i", s)), [("J", given.Values)])
                    ?? given.FaultOfValue(right, Texts10.Step)
            );
    }

    public static Finding? ProductFault(VanillaRnn net, IReadOnlyList<Vector<double>> s, int n, int k, Quantity given)
    {
        var right = Quantity.Of(given.Name, StateJacobians.Between(net, s, n, k));
        if (given.IsNear(right))
        {
            return null;
        }

        bool Is(IEnumerable<Matrix<double>> factors) => given.IsNear(Quantity.Of(given.Name, Product(net, factors)));
        Matrix<double> J(int i) => StateJacobians.Step(net, s[i]);
        IEnumerable<int> Range(int from, int to) => Enumerable.Range(to, Math.Max(0, from - to + 1)).Reverse();
        return given.FaultOfForm(right)
            ?? (
                Is(Range(n, k + 1).Reverse().Select(J)) ? Reversed
                : Is(Range(n, k).Select(J)) ? OneTooMany
                : n > k && Is(Range(n - 1, k + 1).Select(J)) ? LastMissing
                : n > k && Is(Range(n, k + 2).Select(J)) ? FirstMissing
                : Is(Range(n, k + 1).Select(_ => net.W)) ? Powers
                : n > k && Is(Range(n - 1, k).Select(J)) ? PreviousState
                : Is(Range(n, k + 1).Select(_ => J(n))) || Is(Range(n, k + 1).Select(_ => J(k))) ? OneStateForAll
                : Is(Range(n, k + 1).Reverse().Select(i => J(i).Transpose())) ? Turned
                : Steps.Diagnose(() => Given(net, s, n, k), [("product", given.Values)])
                    ?? given.FaultOfValue(right, Texts10.Product)
            );
    }

    private static Memory Given(VanillaRnn net, IReadOnlyList<Vector<double>> s, int n, int k)
    {
        var memory = Memory.With(("I", Matrix<double>.Build.DenseIdentity(net.W.RowCount)), ("n", n), ("k", k));
        for (var i = 0; i < s.Count; i++)
        {
            memory[$"J[{i}]"] = StateJacobians.Step(net, s[i]);
        }

        return memory;
    }

    private static Matrix<double> Product(VanillaRnn net, IEnumerable<Matrix<double>> factors) =>
        factors.Aggregate(Matrix<double>.Build.DenseIdentity(net.W.RowCount), (product, factor) => product * factor);
}
