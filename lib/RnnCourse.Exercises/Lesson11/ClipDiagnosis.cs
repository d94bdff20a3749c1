using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson11;

/// <summary>Finds why a clipped gradient is wrong, by clipping wrongly on purpose.</summary>
internal static class ClipDiagnosis
{
    private static readonly Computation Clipped = new(
        ["sum", "norm", "limit", "clipped"],
        new Line("sum", 0 * new Name("g", 1)),
        new Loop("i", 1, "n", 1, new Line("sum", new Name("g", "i"), adds: true)),
        new Line("norm", Functions.Norm(new Name("sum"))),
        new Condition(
            "the norm is above the limit",
            memory => memory.ValueOf("norm") > memory.ValueOf("limit"),
            [new Line("clipped", new Name("sum") * new Name("limit") / new Name("norm"))],
            [new Line("clipped", new Name("sum"))]
        )
    );

    private static readonly Finding Before = new(
        "clipped-before-summing",
        "Each step's contribution is clipped by itself, and then they are summed: the sum points "
            + "elsewhere, and may still be too long.",
        "Clipping keeps the direction of the gradient. Of which vector is that the direction: of a "
            + "contribution, or of their sum?",
        "Sum all contributions first, then shorten the sum."
    );

    private static readonly Finding Averaged = new(
        "averaged",
        "The contributions are averaged, where they should be summed.",
        "Each step's contribution is a term of the gradient. Is dW the mean of its terms?",
        "Add them up, and divide by nothing; only then compare the norm with the limit."
    );

    private static readonly Finding EachNumber = new(
        "clipped-each-number",
        "Each number is clipped by itself, which changes the gradient's direction.",
        "Two numbers 3 and 30, clipped at 3, become 3 and 3. Is that the same direction?",
        "Multiply the whole vector by limit / norm."
    );

    private static readonly Finding NotAtAll = new(
        "not-clipped",
        "The gradient is longer than the limit: it was not clipped.",
        "Which length does the result have, and which one was allowed?",
        "Where the norm is above the limit, multiply by limit / norm."
    );

    private static readonly Finding Always = new(
        "stretched",
        "A gradient shorter than the limit was made longer.",
        "Clipping is for gradients that are too long. What is to happen to the others?",
        "Multiply only where the norm is above the limit; return the sum as it is otherwise."
    );

    private static readonly Finding OneNorm = new(
        "other-norm",
        "The gradient is shortened by the sum of its absolute values, not by its Euclidean length.",
        "Which norm measures the length of an arrow?",
        "The root of the sum of the squares."
    );

    private static readonly Finding MaximumNorm = new(
        "maximum-norm",
        "The gradient is shortened by its largest number, not by its length.",
        "How long is an arrow that goes 3 to the right and 4 up? Not 4.",
        "The root of the sum of the squares."
    );

    private static readonly Finding SquaredNorm = new(
        "squared-norm",
        "The gradient is shortened by the square of its length: the root is missing.",
        "How long is an arrow that goes 3 to the right and 4 up? Not 25.",
        "Math.Sqrt of the sum of the squares."
    );

    public static Finding? Fault(double[][] contributions, double limit, double[] given)
    {
        var sum = Sum(contributions);
        var right = new Quantity("The clipped gradient", sum.Length, 0, Shorten(sum, limit));
        var own = right with { Rows = given.Length, Values = given };
        bool Is(double[] values) => own.IsNear(right with { Values = values });
        return own.IsNear(right) ? null
            : own.FaultOfForm(right) is { } form
                ? double.IsNaN(given.FirstOrDefault()) && Norm(sum) == 0 ? Always
                    : form
            : Is(Sum([.. contributions.Select(contribution => Shorten(contribution, limit))])) ? Before
            : Is(Shorten([.. sum.Select(v => v / contributions.Length)], limit)) ? Averaged
            : Is(sum) ? NotAtAll
            : Is([.. sum.Select(v => v * limit / Norm(sum))]) ? Always
            : Is([.. sum.Select(v => Math.Clamp(v, -limit, limit))])
            || Is(
                Sum([
                    .. contributions.Select(contribution =>
                        contribution.Select(v => Math.Clamp(v, -limit, limit)).ToArray()
                    ),
                ])
            )
                ? EachNumber
            : Is([.. sum.Select(v => v * Math.Min(1, limit / sum.Sum(Math.Abs)))]) ? OneNorm
            : Is([.. sum.Select(v => v * Math.Min(1, limit / sum.Max(Math.Abs)))]) ? MaximumNorm
            : Is([.. sum.Select(v => Norm(sum) * Norm(sum) > limit ? v * limit / (Norm(sum) * Norm(sum)) : v)])
            || Is([.. sum.Select(v => Norm(sum) > limit ? v * limit / (Norm(sum) * Norm(sum)) : v)])
                ? SquaredNorm
            : Clipped.Diagnose(() => Given(contributions, limit), [("clipped", given)])
                ?? own.FaultOfValue(right, Texts11.Clip);
    }

    private static Memory Given(double[][] contributions, double limit) =>
        Memory
            .With(("limit", limit), ("n", contributions.Length))
            .AndList("g", contributions.Select(Vector<double>.Build.DenseOfArray));

    private static double[] Sum(double[][] contributions) =>
        [
            .. Enumerable
                .Range(0, contributions[0].Length)
                .Select(k => contributions.Sum(contribution => contribution[k])),
        ];

    private static double[] Shorten(double[] g, double limit) =>
        Norm(g) > limit ? [.. g.Select(v => v * limit / Norm(g))] : g;

    private static double Norm(double[] g) => Math.Sqrt(g.Sum(v => v * v));
}
