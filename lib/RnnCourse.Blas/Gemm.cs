using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Multiplication;

namespace RnnCourse.Blas;

/// <summary>
/// The general matrix product <c>C ← alpha·op(A)·op(B) + beta·C</c> on column-major buffers.
/// </summary>
/// <remarks>
/// Element (i, j) of a stored matrix X lies at <c>x[i + j·ldx]</c>; the leading dimension <c>ldx</c> may be larger than
/// the number of rows, so that a block of a larger matrix can be multiplied in place. Nothing outside the block is
/// touched. <see cref="BlasSelection"/> chooses the implementation; the default, SIMD C#, returns the same bits for any
/// number of threads. NaN and infinity propagate as in plain arithmetic: no zero is skipped.
/// </remarks>
public static class Gemm
{
    /// <summary>Computes <c>C ← alpha·op(A)·op(B) + beta·C</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transposeA">Whether op(A) is A or its transpose.</param>
    /// <param name="transposeB">Whether op(B) is B or its transpose.</param>
    /// <param name="m">Rows of op(A) and of C.</param>
    /// <param name="n">Columns of op(B) and of C.</param>
    /// <param name="k">Columns of op(A), rows of op(B). If it is 0, the product is 0, whatever alpha is, as in
    /// reference BLAS.</param>
    /// <param name="alpha">Factor of the product. If it is 0, A and B are not read.</param>
    /// <param name="a">A, stored (m, k), or (k, m) if transposed.</param>
    /// <param name="lda">Distance between columns of A.</param>
    /// <param name="b">B, stored (k, n), or (n, k) if transposed.</param>
    /// <param name="ldb">Distance between columns of B.</param>
    /// <param name="beta">Factor of what C holds. If it is 0, C is overwritten, even NaN.</param>
    /// <param name="c">C, stored (m, n). Must share no element with A or B.</param>
    /// <param name="ldc">Distance between columns of C.</param>
    /// <exception cref="ArgumentOutOfRangeException">m, n or k is negative, or a leading dimension is less than the
    /// stored rows or less than 1.</exception>
    /// <exception cref="ArgumentException">A buffer is too short for its matrix.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Multiply<T>(
        Transpose transposeA,
        Transpose transposeB,
        int m,
        int n,
        int k,
        T alpha,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        T beta,
        Span<T> c,
        int ldc
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MultiplyWith(BlasSelection.CurrentGemm, transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);

    /// <summary>Checks the operands and passes them to one implementation. If <paramref name="panelsOfA"/> is given, it
    /// is read instead of A; only <see cref="Multiplication.SimdGemm"/> supports that.</summary>
    internal static unsafe void MultiplyWith<T>(
        IGemm gemm,
        Transpose transposeA,
        Transpose transposeB,
        int m,
        int n,
        int k,
        T alpha,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        T beta,
        Span<T> c,
        int ldc,
        nint panelsOfA = 0
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Products exist for float and double, not for {typeof(T).Name}.");
        }

        MatrixCheck.Require(transposeA == Transpose.No ? m : k, transposeA == Transpose.No ? k : m, a.Length, lda, "A");
        MatrixCheck.Require(transposeB == Transpose.No ? k : n, transposeB == Transpose.No ? n : k, b.Length, ldb, "B");
        MatrixCheck.Require(m, n, c.Length, ldc, "C");
        fixed (
            T* pa = a,
                pb = b,
                pc = c
        )
        {
            var operands = new GemmOperands<T>
            {
                M = m,
                N = n,
                K = k,
                TransposeA = transposeA == Transpose.Yes,
                TransposeB = transposeB == Transpose.Yes,
                A = pa,
                B = pb,
                C = pc,
                StepA = lda,
                StepB = ldb,
                StepC = ldc,
                Alpha = alpha,
                Beta = beta,
                PanelsOfA = (T*)panelsOfA,
            };
            if (typeof(T) == typeof(float))
            {
                gemm.Multiply(Unsafe.As<GemmOperands<T>, GemmOperands<float>>(ref operands));
            }
            else
            {
                gemm.Multiply(Unsafe.As<GemmOperands<T>, GemmOperands<double>>(ref operands));
            }
        }
    }
}

/// <summary>Whether a product uses a matrix as stored, or its transpose.</summary>
public enum Transpose
{
    /// <summary>The matrix as stored.</summary>
    No,

    /// <summary>Rows and columns exchanged; nothing is moved in memory.</summary>
    Yes,
}

/// <summary>An implementation of the general matrix product.</summary>
internal interface IGemm
{
    /// <summary>Computes a product of floats.</summary>
    /// <param name="operands">Checked and pinned operands.</param>
    void Multiply(in GemmOperands<float> operands);

    /// <summary>Computes a product of doubles.</summary>
    /// <param name="operands">Checked and pinned operands.</param>
    void Multiply(in GemmOperands<double> operands);
}

/// <summary>The operands of one product, checked and pinned: C ← alpha·op(A)·op(B) + beta·C.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct GemmOperands<T>
    where T : unmanaged
{
    /// <summary>Rows of C.</summary>
    public int M;

    /// <summary>Columns of C.</summary>
    public int N;

    /// <summary>The depth: steps of the inner sum.</summary>
    public int K;

    /// <summary>Whether op(A) is the transpose of what is stored.</summary>
    public bool TransposeA;

    /// <summary>Whether op(B) is the transpose of what is stored.</summary>
    public bool TransposeB;

    /// <summary>Distance between stored columns of A.</summary>
    public nint StepA;

    /// <summary>Distance between stored columns of B.</summary>
    public nint StepB;

    /// <summary>Distance between columns of C.</summary>
    public nint StepC;

    /// <summary>A's first element.</summary>
    public T* A;

    /// <summary>B's first element.</summary>
    public T* B;

    /// <summary>C's first element.</summary>
    public T* C;

    /// <summary>Factor of the product.</summary>
    public T Alpha;

    /// <summary>Factor of C.</summary>
    public T Beta;

    /// <summary>A in panels (<see cref="PanelLayout"/>), or null: then <see cref="A"/> is read.</summary>
    public T* PanelsOfA;

    /// <summary>The element of op(A) in row i at step p of the depth.</summary>
    public readonly T* AtA(nint i, nint p) => TransposeA ? A + p + (i * StepA) : A + i + (p * StepA);

    /// <summary>The element of op(B) at step p of the depth in column j.</summary>
    public readonly T* AtB(nint p, nint j) => TransposeB ? B + j + (p * StepB) : B + p + (j * StepB);
}

/// <summary>Checks that a buffer can hold its matrix, before a kernel addresses it by pointer.</summary>
internal static class MatrixCheck
{
    /// <summary>Checks one stored matrix.</summary>
    /// <param name="rows">Stored rows.</param>
    /// <param name="columns">Stored columns.</param>
    /// <param name="length">Elements in the buffer.</param>
    /// <param name="leadingDimension">Distance between columns.</param>
    /// <param name="name">The matrix's letter, for the message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(int rows, int columns, int length, int leadingDimension, string name)
    {
        var last = ((long)(columns - 1) * leadingDimension) + rows;
        if (
            (rows | columns) < 0
            || leadingDimension < rows
            || leadingDimension < 1
            || (last > length && rows != 0 && columns != 0)
        )
        {
            Refuse(rows, columns, length, leadingDimension, name);
        }
    }

    [DoesNotReturn]
    private static void Refuse(int rows, int columns, int length, int leadingDimension, string name)
    {
        if (rows < 0 || columns < 0)
        {
            throw new ArgumentOutOfRangeException(
                name,
                $"Matrix {name} of {rows} × {columns}: a size cannot be negative."
            );
        }

        if (leadingDimension < rows || leadingDimension < 1)
        {
            throw new ArgumentOutOfRangeException(
                name,
                $"Matrix {name} of {rows} × {columns} has leading dimension {leadingDimension}: it must be "
                    + $"at least {Math.Max(1, rows)}, the distance between columns."
            );
        }

        var needed = ((long)(columns - 1) * leadingDimension) + rows;
        throw new ArgumentException(
            $"Matrix {name} of {rows} × {columns} with leading dimension {leadingDimension} needs "
                + $"{needed} elements, but its buffer has {length}.",
            name
        );
    }
}
