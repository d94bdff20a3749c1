namespace RnnCourse.Notebooks.Comparing;

/// <summary>How far two numbers may lie apart and still count as the same: |a − b| ≤ Absolute + Relative · max(|a|,
/// |b|).</summary>
/// <param name="Relative">The relative part, 0 or more.</param>
/// <param name="Absolute">The absolute part, 0 or more.</param>
/// <remarks>
/// The usual one, 1e-6 and 1e-12, is for what differs between systems and nothing else: their mathematical functions
/// differ in the last bit, and training makes of 1e-16 some 1e-10, far below 1e-6; what is below 1e-12 is rounding
/// error itself. A number printed with few digits must therefore be printed alike, as a change of its last digit is a
/// change of the result.
/// </remarks>
public sealed record Tolerance(double Relative, double Absolute)
{
    /// <summary>The tolerance that holds where none is declared.</summary>
    public static Tolerance Usual { get; } = new(1e-6, 1e-12);

    /// <summary>Whether two numbers count as the same.</summary>
    /// <param name="a">One number.</param>
    /// <param name="b">The other.</param>
    /// <returns>Whether they do; NaN is the same as NaN only, an infinity as itself only.</returns>
    public bool Allows(double a, double b) =>
        a.Equals(b)
        || (
            double.IsFinite(a)
            && double.IsFinite(b)
            && Math.Abs(a - b) <= Absolute + (Relative * Math.Max(Math.Abs(a), Math.Abs(b)))
        );
}
