using BenchmarkDotNet.Attributes;
using MathNet.Numerics.Providers.LinearAlgebra;
using RnnCourse.Blas;

namespace RnnCourse.Benchmarks.Micro;

/// <summary>C ← A·B in float: ours, and Math.NET's managed provider as the baseline.</summary>
[MemoryDiagnoser]
public class ProductBenchmarks
{
    private float[] _a = null!,
        _b = null!,
        _c = null!;
    private BlasShape _shape;

    /// <summary>M×N×K.</summary>
    [Params("100x1x100", "128x32x128", "256x64x256", "512x64x512")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        int[] sizes = [.. Size.Split('x').Select(int.Parse)];
        _shape = new(sizes[0], sizes[1], sizes[2]);
        _a = [.. Enumerable.Range(0, _shape.M * _shape.K).Select(i => ((i % 17) - 8) / 8f)];
        _b = [.. Enumerable.Range(0, _shape.K * _shape.N).Select(i => ((i % 13) - 6) / 6f)];
        _c = new float[_shape.M * _shape.N];
    }

    [Benchmark(Baseline = true)]
    public void Managed() =>
        ((ILinearAlgebraProvider<float>)ManagedLinearAlgebraProvider.Instance).MatrixMultiply(
            _a,
            _shape.M,
            _shape.K,
            _b,
            _shape.K,
            _shape.N,
            _c
        );

    [Benchmark]
    public void Simd() =>
        Gemm.Multiply<float>(
            RnnCourse.Blas.Transpose.No,
            RnnCourse.Blas.Transpose.No,
            _shape.M,
            _shape.N,
            _shape.K,
            1,
            _a,
            _shape.M,
            _b,
            _shape.K,
            0,
            _c,
            _shape.M
        );
}
