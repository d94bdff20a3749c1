namespace RnnCourse.Notebooks.Comparing;

/// <summary>How much two numbers may differ and still be considered equal: |a − b| ≤ Absolute + Relative · max(|a|,
/// |b|).</summary>
/// <param name="Relative">The relative part, 0 or more.</param>
/// <param name="Absolute">The absolute part, 0 or more.</param>
/// <remarks>
/// The default, 1e-6 and 1e-12, allows only for differences between systems: their mathematical functions differ in the
/// last bit, and training increases a difference of 1e-16 to about 1e-10, far below 1e-6; numbers below 1e-12 are
/// rounding errors. A number printed with few digits must therefore be printed identically, since a change of its last
/// digit is a change of the result.
/// </remarks>
public sealed record Tolerance(double Relative, double Absolute)
{
    /// <summary>The tolerance that applies unless another one is declared.</summary>
    public static Tolerance Usual { get; } = new(1e-6, 1e-12);

    /// <summary>Whether two numbers are considered equal.</summary>
    /// <param name="a">One number.</param>
    /// <param name="b">The other.</param>
    /// <returns>Whether they are; NaN equals only NaN, and an infinity only itself.</returns>
    public bool Allows(double a, double b) =>
        a.Equals(b)
        || (
            double.IsFinite(a)
            && double.IsFinite(b)
            && Math.Abs(a - b) <= Absolute + (Relative * Math.Max(Math.Abs(a), Math.Abs(b)))
        );
}
