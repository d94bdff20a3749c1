using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>
/// The lecture's recurrent neural network, from scratch: <c>s_i = tanh(U x_i + W s_{i−1} + b)</c>, <c>y_i = softmax(V
/// s_i + c)</c> (L13).
/// </summary>
/// <remarks>
/// <para>This file is for reading. It takes one sequence at a time and types each formula as the lecture writes it;
/// every faster path of the library must agree with it.</para>
/// <para>Sizes: D numbers in an input, H in a state, K in an output, n steps. The lecture counts steps from 1 and C#
/// counts from 0, so <c>x_i</c> is <c>x[i - 1]</c>, <c>y_i</c> is <c>y[i - 1]</c>, and <c>s_i</c> is <c>s[i]</c>,
/// because <c>s[0]</c> is s_0.</para>
/// </remarks>
public sealed class VanillaRnn : ISequenceNetwork
{
    // ---- Parameters (L15): the same ones at every step ----

    /// <summary>From the input to the state, shape (H, D).</summary>
    public Matrix<double> U { get; }

    /// <summary>From the previous state to the state: the recurrent connection, shape (H, H).</summary>
    public Matrix<double> W { get; }

    /// <summary>From the state to the output, shape (K, H).</summary>
    public Matrix<double> V { get; }

    /// <summary>The state's bias, shape (H).</summary>
    public Vector<double> b { get; }

    /// <summary>The output's bias, shape (K).</summary>
    public Vector<double> c { get; }

    /// <summary>The state before the first step (L14), shape (H): zeros at first, learnt like the other
    /// parameters.</summary>
    public Vector<double> s_0 { get; }

    /// <summary>Makes a network with random weights.</summary>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="hiddenSize">H, the size of the state.</param>
    /// <param name="outputSize">K, the size of one output.</param>
    /// <param name="random">Where the weights are drawn from: uniformly from ±1/√H; biases and s_0 start at
    /// zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public VanillaRnn(int inputSize, int hiddenSize, int outputSize, SeededRandom random)
    {
        Weights.RequireSizes(inputSize, hiddenSize, outputSize);
        ArgumentNullException.ThrowIfNull(random);
        U = Weights.Draw(hiddenSize, inputSize, hiddenSize, random);
        W = Weights.Draw(hiddenSize, hiddenSize, hiddenSize, random);
        V = Weights.Draw(outputSize, hiddenSize, hiddenSize, random);
        b = Vector<double>.Build.Dense(hiddenSize);
        c = Vector<double>.Build.Dense(outputSize);
        s_0 = Vector<double>.Build.Dense(hiddenSize);
    }

    // ---- Forward ----

    /// <summary>The results of a forward pass that the backward pass needs.</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D).</param>
    /// <param name="s">The states s_0, s_1 … s_n, each of shape (H): one more than there are steps.</param>
    /// <param name="y">The outputs y_1 … y_n, each of shape (K).</param>
    public sealed record Trace(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<Vector<double>> s,
        IReadOnlyList<Vector<double>> y
    );

    /// <summary>The function computed at each time step: (s_i, y_i) from x_i and s_{i−1} (L13).</summary>
    /// <param name="x_i">The step's input, shape (D).</param>
    /// <param name="s_prev">The previous state s_{i−1}, shape (H).</param>
    /// <returns>The new state, shape (H), and the output, shape (K).</returns>
    /// <exception cref="ArgumentException">An argument has another size.</exception>
    public (Vector<double> s_i, Vector<double> y_i) Step(Vector<double> x_i, Vector<double> s_prev)
    {
        var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh(); // (H)
        var y_i = CrossEntropy.Softmax((V * s_i) + c); // (K)
        return (s_i, y_i);
    }

    /// <summary>Runs the same step over a sequence of any length (L16).</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D); n may be 0.</param>
    /// <returns>Inputs, states and outputs.</returns>
    /// <exception cref="ArgumentException">An input has another size than D.</exception>
    public Trace Forward(IReadOnlyList<Vector<double>> x)
    {
        Weights.RequireInputs(x, U.ColumnCount);
        var s = new List<Vector<double>> { s_0.Clone() };
        var y = new List<Vector<double>>();
        foreach (var x_i in x)
        {
            var (s_i, y_i) = Step(x_i, s[^1]);
            s.Add(s_i);
            y.Add(y_i);
        }

        return new Trace(x, s, y);
    }

    // ---- Backward ----

    /// <summary>The derivative of the loss by each parameter; each has the shape of its parameter.</summary>
    /// <param name="dU">Shape (H, D).</param>
    /// <param name="dW">Shape (H, H).</param>
    /// <param name="dV">Shape (K, H).</param>
    /// <param name="db">Shape (H).</param>
    /// <param name="dc">Shape (K).</param>
    /// <param name="ds_0">Shape (H).</param>
    public sealed record Gradients(
        Matrix<double> dU,
        Matrix<double> dW,
        Matrix<double> dV,
        Vector<double> db,
        Vector<double> dc,
        Vector<double> ds_0
    );

    /// <summary>Backpropagation through time: the derivative of <see cref="CrossEntropy.Loss"/> by every
    /// parameter.</summary>
    /// <param name="trace">What <see cref="Forward"/> returned, with the parameters unchanged since.</param>
    /// <param name="targets">The right class at each step, n of them; null where the output is not read.</param>
    /// <returns>The gradients, summed over the steps.</returns>
    /// <exception cref="ArgumentException">The targets' number differs from n, or one is not a class.</exception>
    /// <remarks>
    /// The chain rule, from the last step to the first. A parameter is used at every step, so its gradient is a sum
    /// over the steps. A state is used twice, by its own output and by the next state, so its gradient is a sum of two.
    /// Here <c>a_i = U x_i + W s_{i−1} + b</c> and <c>z_i = V s_i + c</c>; <c>tanh' = 1 − tanh²</c>.
    /// Werbos, "Backpropagation through time: what it does and how to do it", 1990.
    /// </remarks>
    public Gradients Backward(Trace trace, IReadOnlyList<int?> targets)
    {
        ArgumentNullException.ThrowIfNull(trace);
        CrossEntropy.RequireTargets(trace.y, targets);
        var (x, s, y) = trace;
        var dU = Weights.ZerosLike(U);
        var dW = Weights.ZerosLike(W);
        var dV = Weights.ZerosLike(V);
        var db = Weights.ZerosLike(b);
        var dc = Weights.ZerosLike(c);
        var ds_next = Weights.ZerosLike(s_0); // what step i + 1 sends back to s_i: nothing yet
        for (var i = x.Count; i >= 1; i--)
        {
            var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]); // (K)
            dV += dz_i.OuterProduct(s[i]); // (K, H)
            dc += dz_i;
            var ds_i = V.TransposeThisAndMultiply(dz_i) + ds_next; // (H)
            var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i); // (H)
            dU += da_i.OuterProduct(x[i - 1]); // (H, D)
            dW += da_i.OuterProduct(s[i - 1]); // (H, H)
            db += da_i;
            ds_next = W.TransposeThisAndMultiply(da_i); // (H), for s_{i−1}
        }

        return new Gradients(dU, dW, dV, db, dc, ds_0: ds_next);
    }

    // ---- As any network: to be trained and checked ----

    /// <inheritdoc/>
    public IReadOnlyList<ParameterView> Parameters =>
        [
            Weights.View(nameof(U), U),
            Weights.View(nameof(W), W),
            Weights.View(nameof(V), V),
            Weights.View(nameof(b), b),
            Weights.View(nameof(c), c),
            Weights.View(nameof(s_0), s_0),
        ];

    /// <inheritdoc/>
    public int ParameterCount => Weights.Count(Parameters);

    /// <inheritdoc/>
    public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) => Forward(x).y;

    /// <inheritdoc/>
    public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    )
    {
        var trace = Forward(x);
        var g = Backward(trace, targets);
        return (
            CrossEntropy.Loss(trace.y, targets),
            [
                g.dU.AsColumnMajorArray(),
                g.dW.AsColumnMajorArray(),
                g.dV.AsColumnMajorArray(),
                g.db.AsArray(),
                g.dc.AsArray(),
                g.ds_0.AsArray(),
            ]
        );
    }
}
