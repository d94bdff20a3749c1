using System.Numerics;
using RnnCourse.Blas;

namespace RnnCourse.Model;

/// <summary>A weight that is the left operand of many products, packed for them where that pays.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="weight">The weight.</param>
/// <param name="fromColumn">The first column that takes part.</param>
/// <param name="columns">How many columns take part.</param>
internal sealed class StepWeight<T>(Parameter<T> weight, int fromColumn, int columns)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Packing costs as much as a few columns of the product; products of one or two columns go through the matrix as it
    // lies.
    private const int LeastColumns = 3,
        LeastColumnsInAll = 48;

    private readonly PackedMatrix<T> _packed = new(),
        _packedTranspose = new();
    private bool _isPacked,
        _isTransposePacked;

    public StepWeight(Parameter<T> weight)
        : this(weight, 0, weight.Columns) { }

    private ReadOnlySpan<T> Numbers => weight.Values.AsSpan(fromColumn * weight.Rows, columns * weight.Rows);

    /// <summary>Gets ready for <paramref name="times"/> products with the weight or its transpose. The weight must not
    /// change until the last.</summary>
    public void Pack(Transpose transpose, int times, int columnsEach)
    {
        var pays = columnsEach >= LeastColumns && (long)times * columnsEach >= LeastColumnsInAll;
        if (transpose == Transpose.No)
        {
            _isPacked = pays;
            if (pays)
            {
                _packed.Pack(Transpose.No, weight.Rows, columns, Numbers, weight.Rows);
            }
        }
        else
        {
            _isTransposePacked = pays;
            if (pays)
            {
                _packedTranspose.Pack(Transpose.Yes, columns, weight.Rows, Numbers, weight.Rows);
            }
        }
    }

    /// <summary>y = W x (+ y); x (columns, n), y (rows, n).</summary>
    public void Multiply(int n, ReadOnlySpan<T> x, Span<T> y, int ldy, bool add)
    {
        if (_isPacked)
        {
            _packed.Multiply(n, x, columns, add ? T.One : T.Zero, y, ldy);
        }
        else
        {
            Products.Multiply(weight.Rows, n, columns, Numbers, weight.Rows, x, columns, y, ldy, add);
        }
    }

    /// <summary>x = Wᵀ y (+ x); x (columns, n), y (rows, n).</summary>
    public void MultiplyTransposed(int n, ReadOnlySpan<T> y, int ldy, Span<T> x, bool add)
    {
        if (_isTransposePacked)
        {
            _packedTranspose.Multiply(n, y, ldy, add ? T.One : T.Zero, x, columns);
        }
        else
        {
            Products.TransposedMultiply(columns, n, weight.Rows, Numbers, weight.Rows, y, ldy, x, columns, add);
        }
    }
}
