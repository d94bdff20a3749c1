using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCourse.Blas.Kernels;
using RnnCourse.Blas.Simd;
using RnnCourse.Blas.Threading;

namespace RnnCourse.Blas.Multiplication;

/// <summary>The product on one core: a rectangle of C, block by block, each block tile by tile.</summary>
/// <remarks>
/// Depth outermost, so that every element of C is summed in the same order however C is shared out; then columns.
/// Within a block, one panel of A at a time is brought into the first-level cache and meets every panel of B, which
/// come from the second level.
/// </remarks>
internal static unsafe class BlockedGemm<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the rectangle of C of <paramref name="rows"/> × <paramref name="columns"/> at (row,
    /// column).</summary>
    public static void Run(
        in GemmOperands<T> operands,
        in Blocking blocking,
        int row,
        int rows,
        int column,
        int columns
    )
    {
        var scratch = Scratch.OfThisThread;
        nint deepest = Math.Min(blocking.Depth, operands.K);
        var left = (T*)
            scratch.Left((nuint)(((TSimd.TileRows * TSimd.Lanes * deepest) + Transposition.Side) * sizeof(T)));
        var right = blocking.PackB
            ? (T*)
                scratch.Right(
                    (nuint)(((Math.Min(blocking.Columns, columns) * deepest) + Transposition.Side) * sizeof(T))
                )
            : null;
        var depths = new Split(operands.K, blocking.Depth);
        var blocksOfColumns = new Split(columns, blocking.Columns);
        for (var d = 0; d < depths.Count; d++)
        {
            for (var j = 0; j < blocksOfColumns.Count; j++)
            {
                // A product of one block is small.
                if (d + j > 0)
                {
                    HostInterrupt.Check();
                }

                var block = new GemmBlock<T>
                {
                    Row = row,
                    Rows = rows,
                    Step = depths.Start(d),
                    Depth = depths.Size(d),
                    Column = column + blocksOfColumns.Start(j),
                    Columns = blocksOfColumns.Size(j),
                    Beta = d == 0 ? operands.Beta : T.One,
                    PackedA = left,
                    PackedB = right,
                };
                if (blocking.PackB)
                {
                    PackB(operands, block);
                }

                if (blocking.PackB || operands.TransposeB)
                {
                    Tiles<RowsOfB>(operands, block, blocking.PackA);
                }
                else
                {
                    Tiles<ColumnsOfB>(operands, block, blocking.PackA);
                }
            }
        }
    }

    private static void PackB(in GemmOperands<T> operands, in GemmBlock<T> block)
    {
        var tiles = new Split(block.Columns, TSimd.TileColumns);
        for (var t = 0; t < tiles.Count; t++)
        {
            var source = operands.AtB(block.Step, block.Column + tiles.Start(t));
            var target = block.PackedB + ((nint)tiles.Start(t) * block.Depth);
            if (operands.TransposeB)
            {
                Packing<TSimd, TVector, T>.Straight(
                    source,
                    operands.StepB,
                    tiles.Size(t),
                    block.Depth,
                    target,
                    tiles.Size(t)
                );
            }
            else
            {
                Packing<TSimd, TVector, T>.Transposed(
                    source,
                    operands.StepB,
                    tiles.Size(t),
                    block.Depth,
                    target,
                    tiles.Size(t)
                );
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TLayout>(in GemmOperands<T> operands, in GemmBlock<T> block, bool packA)
        where TLayout : struct, ILayoutOfB
    {
        var registers = (block.Rows + TSimd.Lanes - 1) / TSimd.Lanes;
        var down = new Split(registers, TSimd.TileRows);
        var across = new Split(block.Columns, TSimd.TileColumns);
        for (var i = 0; i < down.Count; i++)
        {
            var start = down.Start(i) * TSimd.Lanes;
            var height = down.Size(i) * TSimd.Lanes;
            var rows = Math.Min(height, block.Rows - start);
            var a = operands.AtA(block.Row + start, block.Step);
            var stepA = operands.StepA;
            if (operands.PanelsOfA is not null)
            {
                a = operands.PanelsOfA + ((nint)registers * TSimd.Lanes * block.Step) + ((nint)start * block.Depth);
                stepA = height;
            }
            else if (packA || rows < height)
            {
                if (operands.TransposeA)
                {
                    Packing<TSimd, TVector, T>.Transposed(a, stepA, rows, block.Depth, block.PackedA, height);
                }
                else
                {
                    Packing<TSimd, TVector, T>.Straight(a, stepA, rows, block.Depth, block.PackedA, height);
                }

                a = block.PackedA;
                stepA = height;
            }

            // From one column of B to the next.
            nint nextB =
                block.PackedB is not null ? block.Depth
                : operands.TransposeB ? 1
                : operands.StepB;
            var b = block.PackedB is not null ? block.PackedB : operands.AtB(block.Step, block.Column);
            var lastLanes = TSimd.Lanes - (height - rows);
            var c = operands.C + block.Row + start + (block.Column * operands.StepC);
            var kernel = TileKernels<TSimd, TVector, T, TLayout>.For(down.Size(i), across.Size(0));
            var width = across.Size(0);
            for (var j = 0; j < across.Count; j++)
            {
                if (across.Size(j) != width)
                {
                    width = across.Size(j);
                    kernel = TileKernels<TSimd, TVector, T, TLayout>.For(down.Size(i), width);
                }

                var stepB = block.PackedB is not null ? width : operands.StepB;
                kernel(block.Depth, a, stepA, b, stepB, c, operands.StepC, operands.Alpha, block.Beta, lastLanes);
                b += width * nextB;
                c += width * operands.StepC;
            }
        }
    }
}

/// <summary>How a product is cut to fit the caches.</summary>
internal readonly struct Blocking
{
    // Fixed, so that the order of the sums is the same on every machine.
    public const int MaxDepth = 512;

    // Small A and B are best read as they are stored: measured, packing costs up to a tenth at the course's shapes. A
    // is packed once its panel is read often enough for that not to matter, B once it outgrows the second-level cache.
    private const int ColumnsToPackA = 512;
    private const int ColumnsToPackThinA = 48;
    private const int CacheLine = 64;
    private const int FarApart = 2048;
    private const int BytesToPackB = 1 << 18;
    private const int RowsToPackB = 256;

    /// <summary>Gets the most steps of the depth in a block.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets the most columns in a block of B.</summary>
    public required int Columns { get; init; }

    /// <summary>Gets whether to copy A into panels first.</summary>
    public required bool PackA { get; init; }

    /// <summary>Gets whether to copy B into panels first.</summary>
    public required bool PackB { get; init; }

    /// <summary>Chooses from the sizes alone; the result's bits depend only on the depth.</summary>
    public static unsafe Blocking Of<TSimd, TVector, T>(in GemmOperands<T> operands)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new()
        {
            Depth = MaxDepth,
            Columns = 512,
            PackA = operands.TransposeA || operands.N >= ColumnsToPackA || IsThin<TSimd, TVector, T>(operands),
            PackB = operands.M >= RowsToPackB && (long)operands.N * operands.K * sizeof(T) >= BytesToPackB,
        };

    // A panel one cache line wide with its columns far apart uses few sets of the first-level cache and is evicted from
    // them.
    private static unsafe bool IsThin<TSimd, TVector, T>(in GemmOperands<T> operands)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TSimd.TileRows * TSimd.Lanes * sizeof(T) <= CacheLine
        && operands.StepA * sizeof(T) >= FarApart
        && operands.N >= ColumnsToPackThinA;
}

/// <summary>One block of a product: some rows, some columns, some steps of the depth.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct GemmBlock<T>
    where T : unmanaged
{
    /// <summary>The first row of C.</summary>
    public int Row;

    /// <summary>Rows of C.</summary>
    public int Rows;

    /// <summary>The first column of C.</summary>
    public int Column;

    /// <summary>Columns of C.</summary>
    public int Columns;

    /// <summary>The first step of the depth.</summary>
    public int Step;

    /// <summary>Steps of the depth.</summary>
    public int Depth;

    /// <summary>Factor of C for this block: the caller's for the first steps of the depth, 1 for the rest.</summary>
    public T Beta;

    /// <summary>Room for a panel of A.</summary>
    public T* PackedA;

    /// <summary>The block of B in panels, or null if B is read as it is stored.</summary>
    public T* PackedB;
}

/// <summary>Cuts a length into the fewest pieces of at most a given size, as even as can be: 7 by 3 is 3 + 2 + 2, not 3
/// + 3 + 1.</summary>
internal readonly struct Split
{
    private readonly int _size;
    private readonly int _larger;

    /// <summary>Cuts a length.</summary>
    /// <param name="length">The whole, at least 1.</param>
    /// <param name="most">The most that one piece may hold, at least 1.</param>
    public Split(int length, int most)
    {
        if (length <= most)
        {
            // No division: for small products this is most of the work before the first multiplication.
            Count = 1;
            _size = length;
            return;
        }

        Count = (length + most - 1) / most;
        _size = length / Count;
        _larger = length - (_size * Count);
    }

    /// <summary>Gets how many pieces there are.</summary>
    public int Count { get; }

    /// <summary>Where piece i starts; at i = Count, where the last one ends.</summary>
    public int Start(int i) => (i * _size) + Math.Min(i, _larger);

    /// <summary>The size of piece i.</summary>
    public int Size(int i) => i < _larger ? _size + 1 : _size;
}

/// <summary>One thread's memory for packed panels: grown when a product needs more, kept for the next, freed with the
/// thread.</summary>
internal sealed unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Scratch? _ofThisThread;

    private void* _left;
    private void* _right;
    private nuint _leftBytes;
    private nuint _rightBytes;

    ~Scratch()
    {
        NativeMemory.AlignedFree(_left);
        NativeMemory.AlignedFree(_right);
    }

    /// <summary>Gets the calling thread's memory.</summary>
    public static Scratch OfThisThread => _ofThisThread ??= new Scratch();

    /// <summary>Room for a panel of A.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    public void* Left(nuint bytes)
    {
        if (_leftBytes < bytes)
        {
            _left = Grown(_left, bytes);
            _leftBytes = bytes;
        }

        return _left;
    }

    /// <summary>Room for a block of B.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    public void* Right(nuint bytes)
    {
        if (_rightBytes < bytes)
        {
            _right = Grown(_right, bytes);
            _rightBytes = bytes;
        }

        return _right;
    }

    // The old memory is freed only after the new is allocated: if memory runs out, the next product still has a buffer.
    private static void* Grown(void* old, nuint bytes)
    {
        var grown = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.AlignedFree(old);
        return grown;
    }
}
