using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnCourse.Oracle;

/// <summary>The recurrent network by libtorch's own RNN, its outputs by a linear layer; and once more, step by step, to
/// be sure of the reading.</summary>
internal static class RecurrentOracle
{
    public static OracleCase Run(Shape shape, long seed)
    {
        var (d, h, k, n) = (shape.InputSize, shape.HiddenSize, shape.OutputSize, shape.Length);
        using var draws = new Draws(seed, shape.Scale);
        Tensor U = draws.Parameter(h, d),
            W = draws.Parameter(h, h),
            V = draws.Parameter(k, h);
        Tensor b = draws.Parameter(h),
            c = draws.Parameter(k),
            s_0 = draws.Parameter(h);
        var x = draws.Inputs(shape);
        var targets = draws.Targets(shape);

        // Step by step, on plain products.
        var states = new List<Tensor> { s_0 };
        for (var i = 0; i < n; i++)
        {
            states.Add(tanh(mv(U, x[i]) + mv(W, states[^1]) + b));
        }
        var s = stack(states)[TensorIndex.Slice(1)]; // (n, H)
        var scores = functional.linear(s, V, c); // (n, K)
        var loss = Loss.Of(scores, targets);
        loss.backward();

        if (n > 0)
        {
            CompareWithModule();
        } // the module refuses an empty sequence
        return new OracleCase(
            shape,
            seed,
            x,
            targets,
            [("U", U), ("W", W), ("V", V), ("b", b), ("c", c), ("s_0", s_0)],
            states,
            softmax(scores, 1),
            loss.item<double>()
        );

        void CompareWithModule()
        {
            using var rnn = RNN(d, h, dtype: ScalarType.Float64);
            using (no_grad())
            {
                rnn.get_parameter("weight_ih_l0")!.copy_(U);
                rnn.get_parameter("weight_hh_l0")!.copy_(W);
                rnn.get_parameter("bias_ih_l0")!.copy_(b);
                rnn.get_parameter("bias_hh_l0")!.zero_();
            }

            var h_0 = s_0.detach().reshape(1, 1, h).requires_grad_();
            var (output, _) = rnn.call(x.unsqueeze(1), h_0); // (n, 1, H)
            var moduleLoss = Loss.Of(functional.linear(output.squeeze(1), V.detach(), c.detach()), targets);
            moduleLoss.backward();
            RequireEqual("states", s, output.squeeze(1));
            RequireEqual("loss", loss, moduleLoss);
            RequireEqual("dU", OracleCase.GradientOf(U), OracleCase.GradientOf(rnn.get_parameter("weight_ih_l0")!));
            RequireEqual("dW", OracleCase.GradientOf(W), OracleCase.GradientOf(rnn.get_parameter("weight_hh_l0")!));
            RequireEqual("db", OracleCase.GradientOf(b), OracleCase.GradientOf(rnn.get_parameter("bias_ih_l0")!));
            RequireEqual("ds_0", OracleCase.GradientOf(s_0), OracleCase.GradientOf(h_0).reshape(h));
        }

        void RequireEqual(string what, Tensor plain, Tensor module)
        {
            if (!allclose(plain, module, rtol: 1e-12, atol: 1e-13))
            {
                throw new InvalidOperationException(
                    $"{shape.Name}: the step-by-step {what} and those of libtorch's RNN module differ."
                );
            }
        }
    }
}
