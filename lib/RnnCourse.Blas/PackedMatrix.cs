using System.Numerics;
using RnnCourse.Blas.Multiplication;

namespace RnnCourse.Blas;

/// <summary>A copy of a matrix in the layout in which products read it fastest: worth making before many products with
/// the same left operand.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The next <see cref="Pack"/> reuses the memory. Products may differ from <see cref="Gemm"/>'s in the last
/// bits, but give the same bits for any number of threads.</remarks>
public sealed class PackedMatrix<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _numbers = new();
    private bool _inPanels;

    /// <summary>Gets the rows of op(A), which are the rows of the product.</summary>
    public int Rows { get; private set; }

    /// <summary>Gets the columns of op(A), over which the product sums.</summary>
    public int Columns { get; private set; }

    /// <summary>Copies op(A).</summary>
    /// <param name="transpose">Whether op(A) is A or its transpose.</param>
    /// <param name="rows">Rows of op(A).</param>
    /// <param name="columns">Columns of op(A).</param>
    /// <param name="a">A, stored (rows, columns), or (columns, rows) if transposed; column-major.</param>
    /// <param name="lda">Distance between columns of A.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the leading dimension is less than the
    /// stored rows or less than 1.</exception>
    /// <exception cref="ArgumentException">The buffer is too short for its matrix.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public unsafe void Pack(Transpose transpose, int rows, int columns, ReadOnlySpan<T> a, int lda)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Products exist for float and double, not for {typeof(T).Name}.");
        }

        var transposed = transpose == Transpose.Yes;
        MatrixCheck.Require(transposed ? columns : rows, transposed ? rows : columns, a.Length, lda, "A");
        _numbers.Reserve(PanelLayout.Length(rows, columns));
        (Rows, Columns) = (rows, columns);
        _inPanels = BlasSelection.CurrentGemm is SimdGemm;
        if (!_inPanels)
        {
            // Other implementations cannot read the panels.
            if (transposed)
            {
                MatrixCopy.Transpose(columns, rows, a, lda, _numbers.Span, Math.Max(1, rows));
            }
            else
            {
                for (var j = 0; j < columns; j++)
                {
                    a.Slice(j * lda, rows).CopyTo(_numbers.Span[(j * rows)..]);
                }
            }

            return;
        }

        fixed (
            T* source = a,
                panels = _numbers.Span
        )
        {
            SimdGemm.PackLeftOperand(source, lda, transposed, rows, columns, panels);
        }
    }

    /// <summary>Computes <c>C ← op(A)·B + beta·C</c>.</summary>
    /// <param name="n">Columns of B and of C.</param>
    /// <param name="b">B, stored (Columns, n).</param>
    /// <param name="ldb">Distance between columns of B.</param>
    /// <param name="beta">Factor of what C holds. If it is 0, C is overwritten, even NaN.</param>
    /// <param name="c">C, stored (Rows, n). Must share no element with B.</param>
    /// <param name="ldc">Distance between columns of C.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, or a leading dimension is less than the stored rows
    /// or less than 1.</exception>
    /// <exception cref="ArgumentException">A buffer is too short for its matrix.</exception>
    public unsafe void Multiply(int n, ReadOnlySpan<T> b, int ldb, T beta, Span<T> c, int ldc)
    {
        if (_inPanels)
        {
            fixed (T* panels = _numbers.Span)
            {
                Gemm.MultiplyWith(
                    SimdGemm.Instance,
                    Transpose.No,
                    Transpose.No,
                    Rows,
                    n,
                    Columns,
                    T.One,
                    _numbers.Span,
                    Math.Max(1, Rows),
                    b,
                    ldb,
                    beta,
                    c,
                    ldc,
                    (nint)panels
                );
            }
        }
        else
        {
            Gemm.Multiply(
                Transpose.No,
                Transpose.No,
                Rows,
                n,
                Columns,
                T.One,
                _numbers.Span,
                Math.Max(1, Rows),
                b,
                ldb,
                beta,
                c,
                ldc
            );
        }
    }
}
