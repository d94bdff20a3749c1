using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas;

namespace RnnCourse.Model;

/// <summary>Operations on column-major matrices: the three products that recurrent networks need, and sums and copies
/// of columns.</summary>
/// <remarks>With <c>add</c>, a product is added to what C holds; otherwise it overwrites C. A leading dimension
/// (<c>lda</c> …) is the distance between columns.</remarks>
internal static class ColumnMajor
{
    /// <summary>C = A B (+ C); A (m, k), B (k, n), C (m, n). Forward: a weight times states.</summary>
    public static void Multiply<T>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool add
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.Multiply(Transpose.No, Transpose.No, m, n, k, T.One, a, lda, b, ldb, add ? T.One : T.Zero, c, ldc);

    /// <summary>C = Aᵀ B (+ C); A (k, m), B (k, n), C (m, n). Backward: what a weight sends down.</summary>
    public static void TransposedMultiply<T>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool add
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.Multiply(Transpose.Yes, Transpose.No, m, n, k, T.One, a, lda, b, ldb, add ? T.One : T.Zero, c, ldc);

    /// <summary>C = A Bᵀ (+ C); A (m, k), B (n, k), C (m, n). Backward: a weight's gradient, summed over k
    /// columns.</summary>
    public static void MultiplyTransposed<T>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool add
    )
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.Multiply(Transpose.No, Transpose.Yes, m, n, k, T.One, a, lda, b, ldb, add ? T.One : T.Zero, c, ldc);

    /// <summary>sum += x, number by number. As <c>TensorPrimitives.Add</c>, but fast from the first call on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= sum.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(sum[i..]) + new Vector<T>(x[i..])).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += x[i];
        }
    }

    /// <summary>sum += each column of <paramref name="columns"/>; a column is as long as the sum.</summary>
    public static void AddColumns<T>(ReadOnlySpan<T> columns, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var at = 0; at < columns.Length; at += sum.Length)
        {
            Add(columns.Slice(at, sum.Length), sum);
        }
    }

    /// <summary>Fills every column with the same numbers.</summary>
    public static void Repeat<T>(ReadOnlySpan<T> column, Span<T> columns)
    {
        for (var at = 0; at < columns.Length; at += column.Length)
        {
            column.CopyTo(columns[at..]);
        }
    }

    /// <summary>Sets some rows of a matrix to zero.</summary>
    public static void ClearRows<T>(Span<T> matrix, int rows, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        for (var at = 0; at < matrix.Length; at += rows)
        {
            matrix[(at + from)..(at + to)].Clear();
        }
    }
}

/// <summary>A weight that is the left operand of many products, packed for them where that is faster.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="weight">The weight.</param>
/// <param name="fromColumn">The first column that takes part.</param>
/// <param name="columns">How many columns take part.</param>
internal sealed class PackedWeight<T>(Parameter<T> weight, int fromColumn, int columns)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Packing costs as much as a few columns of the product, so products of one or two columns use the matrix as it is
    // stored.
    private const int MinColumns = 3,
        MinColumnsInAll = 48;

    private readonly PackedMatrix<T> _packed = new(),
        _packedTranspose = new();
    private bool _isPacked,
        _isTransposePacked;

    public PackedWeight(Parameter<T> weight)
        : this(weight, 0, weight.Columns) { }

    private ReadOnlySpan<T> Numbers => weight.Values.AsSpan(fromColumn * weight.Rows, columns * weight.Rows);

    /// <summary>Prepares <paramref name="times"/> products with the weight or its transpose. The weight must not change
    /// until the last of them.</summary>
    public void Pack(Transpose transpose, int times, int columnsEach)
    {
        var pays = columnsEach >= MinColumns && (long)times * columnsEach >= MinColumnsInAll;
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
            ColumnMajor.Multiply(weight.Rows, n, columns, Numbers, weight.Rows, x, columns, y, ldy, add);
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
            ColumnMajor.TransposedMultiply(columns, n, weight.Rows, Numbers, weight.Rows, y, ldy, x, columns, add);
        }
    }
}

/// <summary>Computes what a recurrent layer needs from real-valued inputs: <c>U x_i</c> for the gates, and the
/// gradients of U and of the inputs.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="U">From the input to the first rows of the gates.</param>
/// <param name="gateRows">How many rows the gates have.</param>
/// <remarks>Steps do not depend on each other here, so one product takes many of them. One-hot inputs need no product:
/// the cells look up columns of U.</remarks>
internal sealed class InputWeights<T>(Parameter<T> U, int gateRows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _rows = U.Rows;
    private PackedWeight<T>[] _parts = []; // of U, one for each signal below

    /// <summary>Prepares <paramref name="times"/> products of about <paramref name="columnsEach"/> columns.</summary>
    public void Pack(Transpose transpose, ReadOnlySpan<Signal<T>> below, int times, int columnsEach)
    {
        if (_parts.Length != below.Length)
        {
            _parts = new PackedWeight<T>[below.Length];
            var column = 0;
            for (var k = 0; k < below.Length; k++)
            {
                _parts[k] = new(U, column, below[k].Rows);
                column += below[k].Rows;
            }
        }

        foreach (var part in _parts)
        {
            part.Pack(transpose, times, columnsEach);
        }
    }

    /// <summary>a = U x for some columns of a batch; the rows of a that U does not reach are set to zero.</summary>
    /// <param name="below">The inputs, one signal under the other.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="gates">The gates of all columns.</param>
    public void Multiply(ReadOnlySpan<Signal<T>> below, Range columns, Span<T> gates)
    {
        var (first, count) = columns.GetOffsetAndLength(gates.Length / gateRows);
        var a = gates.Slice(first * gateRows, count * gateRows);
        ColumnMajor.ClearRows(a, gateRows, _rows, gateRows);
        for (var k = 0; k < below.Length; k++)
        {
            _parts[k].Multiply(count, below[k].Values[(first * below[k].Rows)..], a, gateRows, add: k > 0);
        }
    }

    /// <summary>a = U x for inputs that are zero except for a few ones: the sum of a few columns of U. The rows of a
    /// that U does not reach are set to zero.</summary>
    /// <param name="features">The places of the ones in each column.</param>
    /// <param name="gates">The gates of these columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddFeatures(ReadOnlySpan<int[]?> features, Span<T> gates)
    {
        var u = U.Values.AsSpan();
        for (var column = 0; column < features.Length; column++)
        {
            var a = gates.Slice(column * gateRows, gateRows);
            a.Clear();
            foreach (var place in features[column].AsSpan())
            {
                ColumnMajor.Add(u.Slice(place * _rows, _rows), a[.._rows]);
            }
        }
    }

    /// <summary>Adds the gates' gradients of some columns to U's gradient, where their inputs hold a 1.</summary>
    /// <param name="features">The places of the ones in each column.</param>
    /// <param name="gates">The gates' gradients of these columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FeatureGradients(ReadOnlySpan<int[]?> features, ReadOnlySpan<T> gates)
    {
        var du = U.Gradient.AsSpan();
        for (var column = 0; column < features.Length; column++)
        {
            var da = gates.Slice(column * gateRows, _rows);
            foreach (var place in features[column].AsSpan())
            {
                ColumnMajor.Add(da, du.Slice(place * _rows, _rows));
            }
        }
    }

    /// <summary>Computes the gradients of U and of the inputs from the gates' gradients at some columns.</summary>
    /// <param name="below">The inputs, one signal under the other.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="gates">The gates' gradients at all columns.</param>
    /// <param name="addToBelow">Whether the inputs' gradients are added to those that another layer has
    /// written.</param>
    /// <param name="add">Whether U's gradient is added to that of other columns.</param>
    public void Gradients(
        ReadOnlySpan<Signal<T>> below,
        Range columns,
        ReadOnlySpan<T> gates,
        bool addToBelow,
        bool add
    )
    {
        var (first, count) = columns.GetOffsetAndLength(gates.Length / gateRows);
        var da = gates.Slice(first * gateRows, count * gateRows);
        var column = 0;
        for (var k = 0; k < below.Length; k++)
        {
            var x = below[k];
            var from = first * x.Rows;
            ColumnMajor.MultiplyTransposed(
                _rows,
                x.Rows,
                count,
                da,
                gateRows,
                x.Values[from..],
                x.Rows,
                U.Gradient.AsSpan(column * _rows),
                _rows,
                add
            );
            _parts[k].MultiplyTransposed(count, da, gateRows, x.Gradient[from..], addToBelow);
            column += x.Rows;
        }
    }
}
