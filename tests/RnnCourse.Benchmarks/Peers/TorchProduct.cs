using RnnCourse.Blas;
using static TorchSharp.torch;

namespace RnnCourse.Benchmarks.Peers;

/// <summary>One product of libtorch, written into a matrix that is there already, as ours is.</summary>
internal sealed class TorchProduct(BlasShape shape, bool isDouble) : IDisposable
{
    private readonly Tensor _a = rand(shape.M, shape.K, Type(isDouble));
    private readonly Tensor _b = rand(shape.K, shape.N, Type(isDouble));
    private readonly Tensor _c = zeros(shape.M, shape.N, Type(isDouble));

    internal void Run()
    {
        using var noGradient = no_grad();
        _c.addmm_(_a, _b, beta: 0, alpha: 1);
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    private static ScalarType Type(bool isDouble) => isDouble ? ScalarType.Float64 : ScalarType.Float32;
}
