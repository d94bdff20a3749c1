namespace RnnCourse.Blas;

/// <summary>The sizes of one product, (M, K) · (K, N).</summary>
/// <param name="M">Rows of the result.</param>
/// <param name="N">Columns of the result.</param>
/// <param name="K">Steps of the inner sum.</param>
public readonly record struct BlasShape(int M, int N, int K)
{
    /// <summary>Gets the floating-point operations of one product: a multiplication and an addition per step.</summary>
    public double Operations => 2.0 * M * N * K;

    /// <summary>The sizes as "M×N×K".</summary>
    /// <returns>Such as "128×32×128".</returns>
    public override string ToString() => FormattableString.Invariant($"{M}×{N}×{K}");
}
