using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Products;

/// <summary>A product shared out over cores: C is cut into rectangles, never the depth, so the bits don't depend on the
/// cut.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct SharedProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Multiply-adds below which a second core costs more than it brings, and below which a sleeping one does.
    private const long LeastToShare = 1 << 18;
    private const long LeastToWake = 1 << 19;

    private Product<T> _product;
    private Blocking _blocking;
    private Split _down;
    private Split _across;
    private int _unit;

    /// <summary>Computes C on as many of the cores as it is worth.</summary>
    public static void Run<TSimd, TVector>(in Product<T> product, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var blocking = Blocking.Of<TSimd, TVector, T>(product);
        var work = (long)product.M * product.N * product.K;
        if (threads == 1 || work < LeastToShare || !Threading.WorkerPool.Shared.IsWorthAsking)
        {
            BlockProduct<TSimd, TVector, T>.Run(product, blocking, 0, product.M, 0, product.N);
            return;
        }

        var shared = new SharedProduct<T>
        {
            _product = product,
            _blocking = blocking,
            _unit = TSimd.Lanes,
        };
        shared.Cut<TSimd, TVector>(threads);
        Threading.WorkerPool.Shared.Run(
            shared._down.Count * shared._across.Count,
            threads,
            work >= LeastToWake,
            &Part<TSimd, TVector>,
            &shared
        );
    }

    private static void Part<TSimd, TVector>(void* state, int part)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        ref readonly var all = ref *(SharedProduct<T>*)state;
        var (j, i) = Math.DivRem(part, all._down.Count);
        var row = all._down.Start(i) * all._unit;
        var rows = Math.Min(all._down.Size(i) * all._unit, all._product.M - row);
        BlockProduct<TSimd, TVector, T>.Run(
            all._product,
            all._blocking,
            row,
            rows,
            all._across.Start(j),
            all._across.Size(j)
        );
    }

    /// <summary>Chooses the grid with the least packing done twice.</summary>
    private void Cut<TSimd, TVector>(int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var registers = (_product.M + TSimd.Lanes - 1) / TSimd.Lanes;
        var columns = _product.N;
        var (bestDown, bestCost) = (1, double.PositiveInfinity);
        for (var down = 1; down <= threads; down++)
        {
            if (
                (down > 1 && _product.PanelsOfA is not null)
                || threads % down != 0
                || down > registers
                || threads / down > columns
            )
            {
                continue;
            }

            var across = threads / down;
            var cost =
                ((double)across * _product.M * (_blocking.PackA ? 2 : 1))
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
