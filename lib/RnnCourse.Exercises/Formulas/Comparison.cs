using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>A comparison of whole numbers: 1 if it is true, otherwise 0.</summary>
/// <param name="left">The left side.</param>
/// <param name="sign">The operator: &lt;, &lt;=, ==, &gt;=, &gt; or !=.</param>
/// <param name="right">The right side.</param>
internal sealed class Comparison(IndexExpression left, string sign, IndexExpression right) : Term
{
    private static readonly (string Sign, Func<int, int, bool> Holds)[] Signs =
    [
        ("<=", (a, b) => a <= b),
        ("<", (a, b) => a < b),
        ("==", (a, b) => a == b),
        (">=", (a, b) => a >= b),
        (">", (a, b) => a > b),
        ("!=", (a, b) => a != b),
    ];

    public override IReadOnlyList<Part> Parts => [];

    public override Part With(IReadOnlyList<Part> parts) => this;

    public override Matrix<double> Of(Memory memory) =>
        Matrix<double>.Build.Dense(
            1,
            1,
            Signs.First(other => other.Sign == sign).Holds(left.Of(memory), right.Of(memory)) ? 1 : 0
        );

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        foreach (var (other, _) in Signs.Where(other => other.Sign != sign))
        {
            yield return Asked(1, "other-comparison", new Comparison(left, other, right));
        }

        foreach (var by in new[] { -1, 1 })
        {
            yield return Asked(0, "off-by-one", new Comparison(left, sign, right + by));
        }

        foreach (var other in names)
        {
            yield return Asked(2, "mixed-up", new Comparison(left, sign, other));
            yield return Asked(2, "mixed-up", new Comparison(other, sign, right));
        }

        yield return new(1, "always", $"{this} always held", new Number(1));
        yield return new(1, "never", $"{this} never held", new Number(0));
    }

    private Slip Asked(int rank, string key, Comparison other) =>
        new(rank, key, $"{other} were asked in place of {this}", other);

    public override string ToString() => $"{left} {sign} {right}";
}
