using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnCourse.Oracle;

/// <summary>The failed attempt: a separate network for each step, whose input is all inputs so far.</summary>
internal static class FunctionPerStepOracle
{
    public static OracleCase Run(Shape shape, long seed)
    {
        var (d, h, k, n) = (shape.InputSize, shape.HiddenSize, shape.OutputSize, shape.Length);
        using var draws = new Draws(seed, shape.Scale);
        var parameters = new List<(string Name, Tensor Value)>();
        for (var i = 1; i <= n + shape.ExtraFunctions; i++)
        {
            parameters.AddRange([
                ($"U_{i}", draws.Parameter(h, i * d)),
                ($"V_{i}", draws.Parameter(k, h)),
                ($"b_{i}", draws.Parameter(h)),
                ($"c_{i}", draws.Parameter(k)),
            ]);
        }
        var x = draws.Inputs(shape);
        var targets = draws.Targets(shape);

        var named = parameters.ToDictionary(p => p.Name, p => p.Value);
        var states = new List<Tensor>();
        var scores = zeros([0, k], dtype: ScalarType.Float64);
        for (var i = 1; i <= n; i++)
        {
            var soFar = x[TensorIndex.Slice(0, i)].flatten(); // (i·D)
            states.Add(tanh(functional.linear(soFar, named[$"U_{i}"], named[$"b_{i}"]))); // (H)
            var score = functional.linear(states[^1], named[$"V_{i}"], named[$"c_{i}"]); // (K)
            scores = cat([scores, score.unsqueeze(0)]);
        }

        var loss = Loss.Of(scores, targets);
        if (n > 0)
        {
            loss.backward();
        }
        return new OracleCase(shape, seed, x, targets, parameters, states, softmax(scores, 1), loss.item<double>());
    }
}
