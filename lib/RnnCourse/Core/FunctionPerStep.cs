using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>
/// The lecture's first attempt at dependence, which fails: a separate function for each step, whose input is all inputs
/// so far, <c>y_1 = f_1(x_1)</c>, <c>y_2 = f_2(x_1, x_2)</c>, … (L09–L12).
/// </summary>
/// <remarks>
/// <para>Each f_i is a separate feed-forward network: <c>s_i = tanh(U_i [x_1; …; x_i] + b_i)</c>, <c>y_i = softmax(V_i
/// s_i + c_i)</c>, where [x_1; …; x_i] lays the inputs end to end.</para>
/// <para>Sizes: D numbers in an input, H in a hidden layer, K in an output; <c>x_i</c> is <c>x[i - 1]</c> and
/// <c>f_i</c> is <c>Functions[i - 1]</c>.</para>
/// </remarks>
public sealed class FunctionPerStep : ISequenceNetwork
{
    /// <summary>One of the functions, f_i.</summary>
    /// <param name="U">From the inputs so far to the hidden layer, shape (H, i·D): it grows with i.</param>
    /// <param name="V">From the hidden layer to the output, shape (K, H).</param>
    /// <param name="b">The hidden layer's bias, shape (H).</param>
    /// <param name="c">The output's bias, shape (K).</param>
    public sealed record StepFunction(Matrix<double> U, Matrix<double> V, Vector<double> b, Vector<double> c);

    /// <summary>The functions f_1 … f_n. No other functions exist: a sequence of more than n steps cannot be
    /// taken.</summary>
    public IReadOnlyList<StepFunction> Functions { get; }

    private readonly int _inputSize;

    /// <summary>Makes f_1 … f_n with random weights.</summary>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="hiddenSize">H, the size of each function's hidden layer.</param>
    /// <param name="outputSize">K, the size of one output.</param>
    /// <param name="maxLength">n, how many functions to make: the length of the longest sequence.</param>
    /// <param name="random">Where the weights are drawn from: uniformly from ±1/√H; biases start at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public FunctionPerStep(int inputSize, int hiddenSize, int outputSize, int maxLength, SeededRandom random)
    {
        Weights.RequireSizes(inputSize, hiddenSize, outputSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentNullException.ThrowIfNull(random);
        _inputSize = inputSize;
        Functions =
        [
            .. Enumerable
                .Range(1, maxLength)
                .Select(i => new StepFunction(
                    Weights.Draw(hiddenSize, i * inputSize, hiddenSize, random),
                    Weights.Draw(outputSize, hiddenSize, hiddenSize, random),
                    Vector<double>.Build.Dense(hiddenSize),
                    Vector<double>.Build.Dense(outputSize)
                )),
        ];
    }

    /// <summary>Computes f_i(x_1, …, x_i).</summary>
    /// <param name="soFar">The inputs x_1 … x_i, each of shape (D): at least one, at most as many as there are
    /// functions.</param>
    /// <returns>The hidden layer s_i, shape (H), and the output y_i, shape (K).</returns>
    /// <exception cref="ArgumentException">There is no f_i for that many inputs, or an input has another size than
    /// D.</exception>
    public (Vector<double> s_i, Vector<double> y_i) Step(IReadOnlyList<Vector<double>> soFar)
    {
        Weights.RequireInputs(soFar, _inputSize);
        if (soFar.Count == 0)
        {
            throw new ArgumentException("There is no f_0: give at least one input.", nameof(soFar));
        }

        RequireFunctionFor(soFar.Count, nameof(soFar));
        return Apply(Functions[soFar.Count - 1], Join(soFar, soFar.Count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterView> Parameters =>
        [
            .. Functions.SelectMany(
                (f, index) =>
                    new[]
                    {
                        Weights.View($"U_{index + 1}", f.U),
                        Weights.View($"V_{index + 1}", f.V),
                        Weights.View($"b_{index + 1}", f.b),
                        Weights.View($"c_{index + 1}", f.c),
                    }
            ),
        ];

    /// <inheritdoc/>
    public int ParameterCount => Weights.Count(Parameters);

    /// <inheritdoc/>
    public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x)
    {
        Weights.RequireInputs(x, _inputSize);
        RequireFunctionFor(x.Count, nameof(x));
        return [.. Enumerable.Range(1, x.Count).Select(i => Apply(Functions[i - 1], Join(x, i)).y_i)];
    }

    /// <inheritdoc/>
    public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    )
    {
        var y = Predict(x);
        var loss = CrossEntropy.Loss(y, targets);
        var gradients = new List<double[]>();
        for (var i = 1; i <= Functions.Count; i++)
        {
            var f = Functions[i - 1];
            if (i > x.Count) // the sequence never got to f_i, which learns nothing from it
            {
                gradients.AddRange([
                    new double[f.U.RowCount * f.U.ColumnCount],
                    new double[f.V.RowCount * f.V.ColumnCount],
                    new double[f.b.Count],
                    new double[f.c.Count],
                ]);
                continue;
            }

            var xs = Join(x, i); // (i·D)
            var s_i = Apply(f, xs).s_i; // (H)
            var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]); // (K)
            var da_i = (1 - s_i.PointwiseMultiply(s_i)).PointwiseMultiply(f.V.TransposeThisAndMultiply(dz_i)); // (H)
            gradients.AddRange([
                da_i.OuterProduct(xs).AsColumnMajorArray(),
                dz_i.OuterProduct(s_i).AsColumnMajorArray(),
                da_i.AsArray(),
                dz_i.AsArray(),
            ]);
        }

        return (loss, gradients);
    }

    private static (Vector<double> s_i, Vector<double> y_i) Apply(StepFunction f, Vector<double> xs)
    {
        var s_i = ((f.U * xs) + f.b).PointwiseTanh(); // (H)
        return (s_i, CrossEntropy.Softmax((f.V * s_i) + f.c)); // (K)
    }

    private static Vector<double> Join(IReadOnlyList<Vector<double>> x, int count) =>
        Vector<double>.Build.DenseOfEnumerable(x.Take(count).SelectMany(x_i => x_i));

    private void RequireFunctionFor(int length, string parameterName)
    {
        if (length > Functions.Count)
        {
            throw new ArgumentException(
                $"The sequence has {length} steps, but only f_1 to f_{Functions.Count} exist: there is no "
                    + $"f_{Functions.Count + 1} to compute y_{Functions.Count + 1}.",
                parameterName
            );
        }
    }
}
