using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnCourse.Oracle;

/// <summary>The shared network without a memory: all steps at once, as the rows of one batch.</summary>
internal static class SharedOracle
{
    public static OracleCase Run(Shape shape, long seed)
    {
        var (d, h, k) = (shape.InputSize, shape.HiddenSize, shape.OutputSize);
        using var draws = new Draws(seed, shape.Scale);
        Tensor U = draws.Parameter(h, d),
            V = draws.Parameter(k, h),
            b = draws.Parameter(h),
            c = draws.Parameter(k);
        var x = draws.Inputs(shape);
        var targets = draws.Targets(shape);

        var s = tanh(functional.linear(x, U, b)); // (n, H)
        var scores = functional.linear(s, V, c); // (n, K)
        var loss = Loss.Of(scores, targets);
        loss.backward();
        return new OracleCase(
            shape,
            seed,
            x,
            targets,
            [("U", U), ("V", V), ("b", b), ("c", c)],
            [.. Enumerable.Range(0, shape.Length).Select(i => s[i])],
            softmax(scores, 1),
            loss.item<double>()
        );
    }
}
