using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Multiplication;

/// <summary>Matrix products in SIMD C#: chooses the register width for the hardware, and for each shape the algorithm
/// that is fastest.</summary>
internal sealed unsafe class SimdGemm : IGemm
{
    // A tile wastes nearly all of its lanes on two rows, and packing a transposed A for two columns costs more than the
    // product: vector by vector is faster, if the vectors are long enough; for four it is slower. It depends on the
    // shape alone.
    private const int FewVectors = 2;
    private const int MinDepth = 32;

    private SimdGemm() { }

    /// <summary>Gets the only instance; it has no state.</summary>
    public static SimdGemm Instance { get; } = new();

    /// <inheritdoc/>
    public void Multiply(in GemmOperands<float> operands) => Run(operands, BlasThreads.Allowed);

    /// <inheritdoc/>
    public void Multiply(in GemmOperands<double> operands) => Run(operands, BlasThreads.Allowed);

    /// <summary>Computes a product with the widest registers that the hardware has.</summary>
    public static void Run<T>(in GemmOperands<T> operands, int threads)
        where T : unmanaged, IFloatingPointIeee754<T> => WidestRegisters.Run<Product<T>, T>(new(operands, threads));

    /// <summary>Computes a product with registers of a given width.</summary>
    public static void RunWith<TSimd, TVector, T>(in GemmOperands<T> operands, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (operands.M == 0 || operands.N == 0)
        {
            return;
        }

        if (operands.K == 0 || operands.Alpha == T.Zero)
        {
            Scale(operands);
        }
        else if (operands.PanelsOfA is not null)
        {
            ParallelGemm<T>.Run<TSimd, TVector>(operands, threads);
        }
        else if (operands.N == 1 || operands.M == 1)
        {
            Gemv<T>.Of(operands).Run<TSimd, TVector>(threads);
        }
        else if (operands.K >= MinDepth && operands.M <= FewVectors)
        {
            RowByRow<TSimd, TVector, T>(operands, threads);
        }
        else if (operands.K >= MinDepth && operands.N <= FewVectors && operands.TransposeA)
        {
            ColumnByColumn<TSimd, TVector, T>(operands, threads);
        }
        else
        {
            ParallelGemm<T>.Run<TSimd, TVector>(operands, threads);
        }
    }

    /// <summary>Copies op(A), shape (rows, columns), into the panels that <see cref="Run"/> reads.</summary>
    public static void PackLeftOperand<T>(T* a, int lda, bool transposed, int rows, int columns, T* panels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var operands = new GemmOperands<T>
        {
            M = rows,
            K = columns,
            A = a,
            StepA = lda,
            TransposeA = transposed,
        };
        WidestRegisters.Run<PanelFilling<T>, T>(new(operands, panels));
    }

    private static void RowByRow<TSimd, TVector, T>(in GemmOperands<T> operands, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var row = operands;
        row.M = 1;
        for (var i = 0; i < operands.M; i++)
        {
            row.A = operands.AtA(i, 0);
            row.C = operands.C + i;
            Gemv<T>.Of(row).Run<TSimd, TVector>(threads);
        }
    }

    private static void ColumnByColumn<TSimd, TVector, T>(in GemmOperands<T> operands, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var column = operands;
        column.N = 1;
        for (var j = 0; j < operands.N; j++)
        {
            column.B = operands.AtB(0, j);
            column.C = operands.C + (j * operands.StepC);
            Gemv<T>.Of(column).Run<TSimd, TVector>(threads);
        }
    }

    private static void Scale<T>(in GemmOperands<T> operands)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (operands.Beta == T.One)
        {
            return;
        }

        for (var j = 0; j < operands.N; j++)
        {
            var column = new Span<T>(operands.C + (j * operands.StepC), operands.M);
            if (operands.Beta == T.Zero)
            {
                column.Clear();
            }
            else
            {
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] *= operands.Beta;
                }
            }
        }
    }

    private readonly struct Product<T>(GemmOperands<T> operands, int threads) : ISimdLoop<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged => RunWith<TSimd, TVector, T>(operands, threads);
    }

    private readonly struct PanelFilling<T>(GemmOperands<T> operands, T* panels) : ISimdLoop<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged => PanelLayout.Fill<TSimd, TVector, T>(operands, panels);
    }
}

/// <summary>A product divided among cores: C is cut into rectangles, never the depth, so the bits do not depend on the
/// cut.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct ParallelGemm<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Numbers of multiply-adds below which a second core costs more than it gains, and below which waking one does.
    private const long MinToShare = 1 << 18;
    private const long MinToWake = 1 << 19;

    private GemmOperands<T> _operands;
    private Blocking _blocking;
    private Split _down;
    private Split _across;
    private int _unit;

    /// <summary>Computes C on as many cores as pays.</summary>
    public static void Run<TSimd, TVector>(in GemmOperands<T> operands, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var blocking = Blocking.Of<TSimd, TVector, T>(operands);
        var work = (long)operands.M * operands.N * operands.K;
        if (threads == 1 || work < MinToShare || !WorkerPool.Shared.IsLikelyToHelp)
        {
            BlockedGemm<TSimd, TVector, T>.Run(operands, blocking, 0, operands.M, 0, operands.N);
            return;
        }

        var shared = new ParallelGemm<T>
        {
            _operands = operands,
            _blocking = blocking,
            _unit = TSimd.Lanes,
        };
        shared.Cut<TSimd, TVector>(threads);
        WorkerPool.Shared.Run(
            shared._down.Count * shared._across.Count,
            threads,
            work >= MinToWake,
            &Part<TSimd, TVector>,
            &shared
        );
    }

    private static void Part<TSimd, TVector>(void* state, int part)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        ref readonly var all = ref *(ParallelGemm<T>*)state;
        var (j, i) = Math.DivRem(part, all._down.Count);
        var row = all._down.Start(i) * all._unit;
        var rows = Math.Min(all._down.Size(i) * all._unit, all._operands.M - row);
        BlockedGemm<TSimd, TVector, T>.Run(
            all._operands,
            all._blocking,
            row,
            rows,
            all._across.Start(j),
            all._across.Size(j)
        );
    }

    /// <summary>Chooses the grid with the least repeated packing.</summary>
    private void Cut<TSimd, TVector>(int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var registers = (_operands.M + TSimd.Lanes - 1) / TSimd.Lanes;
        var columns = _operands.N;
        var (bestDown, bestCost) = (1, double.PositiveInfinity);
        for (var down = 1; down <= threads; down++)
        {
            if (
                (down > 1 && _operands.PanelsOfA is not null)
                || threads % down != 0
                || down > registers
                || threads / down > columns
            )
            {
                continue;
            }

            var across = threads / down;
            var cost =
                ((double)across * _operands.M * (_blocking.PackA ? 2 : 1))
                + ((double)down * columns * (_blocking.PackB ? 2 : 1));
            if (cost < bestCost)
            {
                (bestDown, bestCost) = (down, cost);
            }
        }

        _down = new Split(registers, (registers + bestDown - 1) / bestDown);
        var wide = Math.Max(1, threads / bestDown);
        _across = new Split(columns, (columns + wide - 1) / wide);
    }
}
