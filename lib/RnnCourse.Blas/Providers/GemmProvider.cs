using MathNet.Numerics.Providers.LinearAlgebra;
using Operation = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace RnnCourse.Blas.Providers;

/// <summary>
/// A provider for Math.NET Numerics that replaces the products and the elementwise operations of real matrices and
/// inherits everything else (factorisations, complex numbers) from Math.NET's managed provider.
/// </summary>
/// <remarks>Matrices are column-major arrays without gaps, as Math.NET stores them.</remarks>
public abstract class GemmProvider
    : ManagedFallbackProvider,
        ILinearAlgebraProvider,
        ILinearAlgebraProvider<float>,
        ILinearAlgebraProvider<double>
{
    private readonly IGemm _gemm;

    private protected GemmProvider(IGemm gemm) => _gemm = gemm;

    /// <summary>Z ← X·Y, shapes (rowsX, columnsX) · (rowsY, columnsY).</summary>
    /// <param name="x">X.</param>
    /// <param name="rowsX">Rows of X.</param>
    /// <param name="columnsX">Columns of X; equal to <paramref name="rowsY"/>.</param>
    /// <param name="y">Y.</param>
    /// <param name="rowsY">Rows of Y.</param>
    /// <param name="columnsY">Columns of Y.</param>
    /// <param name="result">Z, shape (rowsX, columnsY); may be the same array as x or y.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The inner sizes differ, or the result's length is not rowsX ·
    /// columnsY.</exception>
    /// <exception cref="ArgumentException">An array is too short for its matrix.</exception>
    public void MatrixMultiply(
        float[] x,
        int rowsX,
        int columnsX,
        float[] y,
        int rowsY,
        int columnsY,
        float[] result
    ) =>
        MatrixMultiplyWithUpdate(
            Operation.DontTranspose,
            Operation.DontTranspose,
            1f,
            x,
            rowsX,
            columnsX,
            y,
            rowsY,
            columnsY,
            0f,
            result
        );

    /// <inheritdoc cref="MatrixMultiply(float[], int, int, float[], int, int, float[])"/>
    public void MatrixMultiply(
        double[] x,
        int rowsX,
        int columnsX,
        double[] y,
        int rowsY,
        int columnsY,
        double[] result
    ) =>
        MatrixMultiplyWithUpdate(
            Operation.DontTranspose,
            Operation.DontTranspose,
            1.0,
            x,
            rowsX,
            columnsX,
            y,
            rowsY,
            columnsY,
            0.0,
            result
        );

    /// <summary>C ← alpha·op(A)·op(B) + beta·C.</summary>
    /// <param name="transposeA">Whether op(A) is A or its transpose.</param>
    /// <param name="transposeB">Whether op(B) is B or its transpose.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A.</param>
    /// <param name="rowsA">Stored rows of A.</param>
    /// <param name="columnsA">Stored columns of A.</param>
    /// <param name="b">B.</param>
    /// <param name="rowsB">Stored rows of B.</param>
    /// <param name="columnsB">Stored columns of B.</param>
    /// <param name="beta">Factor of C; 0 overwrites C, without being read.</param>
    /// <param name="c">C, shape (rows of op(A), columns of op(B)); may be the same array as a or b.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The inner sizes differ, or C's length is not that of the
    /// product.</exception>
    /// <exception cref="ArgumentException">An array is too short for its matrix.</exception>
    public void MatrixMultiplyWithUpdate(
        Operation transposeA,
        Operation transposeB,
        float alpha,
        float[] a,
        int rowsA,
        int columnsA,
        float[] b,
        int rowsB,
        int columnsB,
        float beta,
        float[] c
    )
    {
        var (m, n, k) = CheckedSizes(transposeA, transposeB, a, rowsA, columnsA, b, rowsB, columnsB, c);
        CopyFactorsThatAreTheResult(ref a, ref b, c);
        Gemm.MultiplyWith<float>(
            _gemm,
            Of(transposeA),
            Of(transposeB),
            m,
            n,
            k,
            alpha,
            a,
            Math.Max(1, rowsA),
            b,
            Math.Max(1, rowsB),
            beta,
            c,
            Math.Max(1, m)
        );
    }

    /// <inheritdoc cref="MatrixMultiplyWithUpdate(Operation, Operation, float, float[], int, int, float[], int, int,
    /// float, float[])"/>
    public void MatrixMultiplyWithUpdate(
        Operation transposeA,
        Operation transposeB,
        double alpha,
        double[] a,
        int rowsA,
        int columnsA,
        double[] b,
        int rowsB,
        int columnsB,
        double beta,
        double[] c
    )
    {
        var (m, n, k) = CheckedSizes(transposeA, transposeB, a, rowsA, columnsA, b, rowsB, columnsB, c);
        CopyFactorsThatAreTheResult(ref a, ref b, c);
        Gemm.MultiplyWith<double>(
            _gemm,
            Of(transposeA),
            Of(transposeB),
            m,
            n,
            k,
            alpha,
            a,
            Math.Max(1, rowsA),
            b,
            Math.Max(1, rowsB),
            beta,
            c,
            Math.Max(1, m)
        );
    }

    /// <summary>result ← y + alpha·x.</summary>
    /// <param name="y">The vector to add to.</param>
    /// <param name="alpha">Factor of x.</param>
    /// <param name="x">The vector to scale; as long as y.</param>
    /// <param name="result">As long as y; may be the same array.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void AddVectorToScaledVector(float[] y, float alpha, float[] x, float[] result) =>
        Elementwise.AddScaled(y, alpha, x, result);

    /// <inheritdoc cref="AddVectorToScaledVector(float[], float, float[], float[])"/>
    public void AddVectorToScaledVector(double[] y, double alpha, double[] x, double[] result) =>
        Elementwise.AddScaled(y, alpha, x, result);

    /// <summary>result ← alpha·x.</summary>
    /// <param name="alpha">The factor.</param>
    /// <param name="x">The numbers to scale.</param>
    /// <param name="result">As long as x; may be the same array.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void ScaleArray(float alpha, float[] x, float[] result) => Elementwise.Scale(alpha, x, result);

    /// <inheritdoc cref="ScaleArray(float, float[], float[])"/>
    public void ScaleArray(double alpha, double[] x, double[] result) => Elementwise.Scale(alpha, x, result);

    /// <summary>The sum of x_i · y_i, always in the same order on the same hardware.</summary>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors; as long as x.</param>
    /// <returns>The sum; 0 for empty arrays.</returns>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public float DotProduct(float[] x, float[] y) => Elementwise.Dot(x, y);

    /// <inheritdoc cref="DotProduct(float[], float[])"/>
    public double DotProduct(double[] x, double[] y) => Elementwise.Dot(x, y);

    /// <summary>result ← x + y, element by element.</summary>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands; as long as x.</param>
    /// <param name="result">As long as x; may be the same array as x or y.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void AddArrays(float[] x, float[] y, float[] result) => Elementwise.Add(x, y, result);

    /// <inheritdoc cref="AddArrays(float[], float[], float[])"/>
    public void AddArrays(double[] x, double[] y, double[] result) => Elementwise.Add(x, y, result);

    /// <summary>result ← x − y, element by element.</summary>
    /// <inheritdoc cref="AddArrays(float[], float[], float[])"/>
    public void SubtractArrays(float[] x, float[] y, float[] result) => Elementwise.Subtract(x, y, result);

    /// <inheritdoc cref="SubtractArrays(float[], float[], float[])"/>
    public void SubtractArrays(double[] x, double[] y, double[] result) => Elementwise.Subtract(x, y, result);

    /// <summary>result ← x · y, element by element.</summary>
    /// <inheritdoc cref="AddArrays(float[], float[], float[])"/>
    public void PointWiseMultiplyArrays(float[] x, float[] y, float[] result) => Elementwise.Multiply(x, y, result);

    /// <inheritdoc cref="PointWiseMultiplyArrays(float[], float[], float[])"/>
    public void PointWiseMultiplyArrays(double[] x, double[] y, double[] result) => Elementwise.Multiply(x, y, result);

    /// <summary>result ← x / y, element by element.</summary>
    /// <inheritdoc cref="AddArrays(float[], float[], float[])"/>
    public void PointWiseDivideArrays(float[] x, float[] y, float[] result) => Elementwise.Divide(x, y, result);

    /// <inheritdoc cref="PointWiseDivideArrays(float[], float[], float[])"/>
    public void PointWiseDivideArrays(double[] x, double[] y, double[] result) => Elementwise.Divide(x, y, result);

    // For real numbers the conjugate transpose is the transpose.
    private static Transpose Of(Operation operation) =>
        operation == Operation.DontTranspose ? Transpose.No : Transpose.Yes;

    // Math.NET allows the result to be one of the factors.
    private static void CopyFactorsThatAreTheResult<T>(ref T[] a, ref T[] b, T[] c)
    {
        if (ReferenceEquals(a, c))
        {
            a = (T[])a.Clone();
        }

        if (ReferenceEquals(b, c))
        {
            b = (T[])b.Clone();
        }
    }

    private static (int M, int N, int K) CheckedSizes<T>(
        Operation transposeA,
        Operation transposeB,
        T[] a,
        int rowsA,
        int columnsA,
        T[] b,
        int rowsB,
        int columnsB,
        T[] c
    )
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        var (m, k) = Of(transposeA) == Transpose.No ? (rowsA, columnsA) : (columnsA, rowsA);
        var (inner, n) = Of(transposeB) == Transpose.No ? (rowsB, columnsB) : (columnsB, rowsB);
        if (k != inner)
        {
            throw new ArgumentOutOfRangeException(
                nameof(b),
                $"A product of {m} × {k} and {inner} × {n}: the inner sizes {k} and {inner} must be equal."
            );
        }

        if ((long)m * n != c.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(c),
                $"The product is {m} × {n}, but the array for it has {c.Length} elements, not {(long)m * n}."
            );
        }

        return (m, n, k);
    }
}
