using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>
/// One network, shared by all time steps, without a memory: <c>s_i = tanh(U x_i + b)</c>, <c>y_i = softmax(V s_i +
/// c)</c> (L05–L08). It takes sequences of any length, and sees at each step nothing but that step's input.
/// </summary>
/// <remarks>Sizes: D numbers in an input, H in a hidden layer, K in an output, n steps; <c>x_i</c> is <c>x[i -
/// 1]</c>.</remarks>
public sealed class SharedNetwork : ISequenceNetwork
{
    /// <summary>From the input to the hidden layer, shape (H, D).</summary>
    public Matrix<double> U { get; }

    /// <summary>From the hidden layer to the output, shape (K, H).</summary>
    public Matrix<double> V { get; }

    /// <summary>The hidden layer's bias, shape (H).</summary>
    public Vector<double> b { get; }

    /// <summary>The output's bias, shape (K).</summary>
    public Vector<double> c { get; }

    /// <summary>Makes a network with random weights.</summary>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="hiddenSize">H, the size of the hidden layer.</param>
    /// <param name="outputSize">K, the size of one output.</param>
    /// <param name="random">Where the weights are drawn from: uniformly from ±1/√H; biases start at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public SharedNetwork(int inputSize, int hiddenSize, int outputSize, SeededRandom random)
    {
        Weights.RequireSizes(inputSize, hiddenSize, outputSize);
        ArgumentNullException.ThrowIfNull(random);
        U = Weights.Draw(hiddenSize, inputSize, hiddenSize, random);
        V = Weights.Draw(outputSize, hiddenSize, hiddenSize, random);
        b = Vector<double>.Build.Dense(hiddenSize);
        c = Vector<double>.Build.Dense(outputSize);
    }

    /// <summary>The function computed at each time step (L05).</summary>
    /// <param name="x_i">The step's input, shape (D).</param>
    /// <returns>The hidden layer s_i, shape (H), and the output y_i, shape (K).</returns>
    /// <exception cref="ArgumentException">The input has another size than D.</exception>
    public (Vector<double> s_i, Vector<double> y_i) Step(Vector<double> x_i)
    {
        var s_i = ((U * x_i) + b).PointwiseTanh(); // (H)
        var y_i = CrossEntropy.Softmax((V * s_i) + c); // (K)
        return (s_i, y_i);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterView> Parameters =>
        [
            Weights.View(nameof(U), U),
            Weights.View(nameof(V), V),
            Weights.View(nameof(b), b),
            Weights.View(nameof(c), c),
        ];

    /// <inheritdoc/>
    public int ParameterCount => Weights.Count(Parameters);

    /// <inheritdoc/>
    public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x)
    {
        Weights.RequireInputs(x, U.ColumnCount);
        return [.. x.Select(x_i => Step(x_i).y_i)];
    }

    /// <inheritdoc/>
    public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    )
    {
        Weights.RequireInputs(x, U.ColumnCount);
        var steps = x.Select(Step).ToList();
        List<Vector<double>> y = [.. steps.Select(step => step.y_i)];
        var loss = CrossEntropy.Loss(y, targets);
        var dU = Weights.ZerosLike(U);
        var dV = Weights.ZerosLike(V);
        var db = Weights.ZerosLike(b);
        var dc = Weights.ZerosLike(c);
        for (var i = 1; i <= x.Count; i++)
        {
            var s_i = steps[i - 1].s_i;
            var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]); // (K)
            dV += dz_i.OuterProduct(s_i); // (K, H)
            dc += dz_i;
            var da_i = (1 - s_i.PointwiseMultiply(s_i)).PointwiseMultiply(V.TransposeThisAndMultiply(dz_i)); // (H)
            dU += da_i.OuterProduct(x[i - 1]); // (H, D)
            db += da_i;
        }

        return (loss, [dU.AsColumnMajorArray(), dV.AsColumnMajorArray(), db.AsArray(), dc.AsArray()]);
    }
}
