using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;
using RnnCourse.Benchmarks.Peers;
using RnnCourse.Blas;
using Spectre.Console;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Matrix products C ← A·B: ours beside those of libtorch, OpenBLAS and Math.NET's managed provider.</summary>
internal static class ProductRows
{
    private static readonly BlasShape[] Shapes =
    [
        new(128, 32, 128),
        new(256, 64, 256),
        new(512, 64, 512),
        new(1024, 1024, 1024),
    ];

    internal static IEnumerable<Contest> All(IAnsiConsole console, bool torch, int threads)
    {
        BlasThreads.Count = threads;
        if (!OpenBlasProvider.TryLoad(out var openBlas, out var reason))
        {
            console.MarkupLineInterpolated($"OpenBLAS: {reason}");
        }
        else
        {
            console.MarkupLineInterpolated($"OpenBLAS: {openBlas}");
        }
        foreach (var shape in Shapes)
        {
            foreach (var contest in Of<float>(shape, torch, openBlas))
            {
                yield return contest;
            }
            foreach (var contest in Of<double>(shape, torch, openBlas))
            {
                yield return contest;
            }
        }
    }

    private static IEnumerable<Contest> Of<T>(BlasShape shape, bool torch, OpenBlasProvider? openBlas)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var name = $"product {shape.M}×{shape.N}×{shape.K} {(typeof(T) == typeof(double) ? "double" : "float")}";
        Contest Against(string peer, Func<Buffers<T>, (Action, IDisposable[])> theirs) =>
            new(
                name,
                peer,
                shape.Operations,
                typeof(T) == typeof(double),
                () =>
                {
                    var buffers = new Buffers<T>(shape);
                    var (action, held) = theirs(buffers);
                    return new Contestants(buffers.Ours, action, held);
                }
            );

        if (torch)
        {
            yield return Against(
                "libtorch",
                _ =>
                {
                    var product = new TorchProduct(shape, typeof(T) == typeof(double));
                    return (product.Run, [product]);
                }
            );
        }

        if (openBlas is not null)
        {
            yield return Against("OpenBLAS", buffers => (buffers.By((ILinearAlgebraProvider<T>)(object)openBlas), []));
        }
        yield return Against(
            "Math.NET managed",
            buffers => (buffers.By((ILinearAlgebraProvider<T>)(object)ManagedLinearAlgebraProvider.Instance), [])
        );
    }

    // A is (m, k), B is (k, n), C is (m, n), column after column.
    private sealed class Buffers<T>(BlasShape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] _a = Ramp(shape.M * shape.K);
        private readonly T[] _b = Ramp(shape.K * shape.N);
        private readonly T[] _c = new T[shape.M * shape.N];

        internal void Ours() =>
            Gemm.Multiply(
                RnnCourse.Blas.Transpose.No,
                RnnCourse.Blas.Transpose.No,
                shape.M,
                shape.N,
                shape.K,
                T.One,
                (ReadOnlySpan<T>)_a,
                shape.M,
                (ReadOnlySpan<T>)_b,
                shape.K,
                T.Zero,
                _c.AsSpan(),
                shape.M
            );

        internal Action By(ILinearAlgebraProvider<T> provider) =>
            () => provider.MatrixMultiply(_a, shape.M, shape.K, _b, shape.K, shape.N, _c);

        private static T[] Ramp(int length) =>
            [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(((i % 17) - 8) / 8.0))];
    }
}
