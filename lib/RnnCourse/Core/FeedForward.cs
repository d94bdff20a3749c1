using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>
/// A feed-forward network over a sequence: at each step the inputs so far are made into one vector of fixed size, and
/// the network answers from that. There are two ways to make the vector, a <see cref="Window"/> and a <see
/// cref="Bag"/>.
/// </summary>
/// <remarks>
/// <para>Both have a price. A window has a fixed number of places, and each place has its own weights (L03 is lost). A
/// bag takes any number of inputs and forgets their order.</para>
/// <para>For one answer to the whole sequence, read the last output.</para>
/// </remarks>
public sealed class FeedForward : ISequenceNetwork
{
    private readonly Func<IReadOnlyList<Vector<double>>, Vector<double>> _toVector;
    private readonly int _inputSize;

    private FeedForward(
        SharedNetwork network,
        int inputSize,
        Func<IReadOnlyList<Vector<double>>, Vector<double>> toVector
    )
    {
        Network = network;
        _inputSize = inputSize;
        _toVector = toVector;
    }

    /// <summary>The network whose input is the window or the bag.</summary>
    internal SharedNetwork Network { get; }

    /// <summary>Makes a network over a window.</summary>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="hiddenSize">H, the size of the hidden layer.</param>
    /// <param name="outputSize">K, the size of one output.</param>
    /// <param name="places">How many inputs fit into the window.</param>
    /// <param name="random">Where the weights are drawn from: uniformly from ±1/√H; biases start at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or <paramref name="places"/> is below 1.</exception>
    public static FeedForward OnWindow(int inputSize, int hiddenSize, int outputSize, int places, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        return new(
            new SharedNetwork(inputSize * places, hiddenSize, outputSize, random),
            inputSize,
            x => Window(x, places)
        );
    }

    /// <summary>Makes a network over a bag.</summary>
    /// <param name="inputSize">D, the size of one input.</param>
    /// <param name="hiddenSize">H, the size of the hidden layer.</param>
    /// <param name="outputSize">K, the size of one output.</param>
    /// <param name="random">Where the weights are drawn from: uniformly from ±1/√H; biases start at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static FeedForward OnBag(int inputSize, int hiddenSize, int outputSize, SeededRandom random) =>
        new(new SharedNetwork(inputSize, hiddenSize, outputSize, random), inputSize, Bag);

    /// <summary>Lays inputs end to end, with zeros in the places that are left: [x_1; …; x_n; 0; …; 0].</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D); at least one, at most as many as there are
    /// places.</param>
    /// <param name="places">How many inputs fit in.</param>
    /// <returns>The window, shape (places·D).</returns>
    /// <exception cref="ArgumentException">The list is empty, there are more inputs than places, or they differ in
    /// size.</exception>
    public static Vector<double> Window(IReadOnlyList<Vector<double>> x, int places)
    {
        RequireAlike(x);
        if (x.Count > places)
        {
            throw new ArgumentException(
                $"The sequence has {x.Count} inputs, but the window has {places} places; x_{places + 1} does not fit.",
                nameof(x)
            );
        }

        var window = Vector<double>.Build.Dense(places * x[0].Count);
        for (var i = 0; i < x.Count; i++)
        {
            x[i].CopySubVectorTo(window, 0, i * x[0].Count, x[0].Count);
        }

        return window;
    }

    /// <summary>Adds inputs up: x_1 + … + x_n. Of one-hot words, that counts how often each word occurs.</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D); at least one.</param>
    /// <returns>The bag, shape (D): for one-hot inputs the same, to the bit, in whatever order they come.</returns>
    /// <exception cref="ArgumentException">The list is empty, or the inputs differ in size.</exception>
    public static Vector<double> Bag(IReadOnlyList<Vector<double>> x)
    {
        RequireAlike(x);
        return x.Aggregate((sum, x_i) => sum + x_i);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterView> Parameters => Network.Parameters;

    /// <inheritdoc/>
    public int ParameterCount => Network.ParameterCount;

    /// <inheritdoc/>
    public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) => Network.Predict(SoFar(x));

    /// <inheritdoc/>
    public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    ) => Network.LossAndGradients(SoFar(x), targets);

    // One vector for each step: from x_1, from x_1 and x_2, and so on.
    private List<Vector<double>> SoFar(IReadOnlyList<Vector<double>> x)
    {
        Weights.RequireInputs(x, _inputSize);
        return [.. Enumerable.Range(1, x.Count).Select(i => _toVector([.. x.Take(i)]))];
    }

    private static void RequireAlike(IReadOnlyList<Vector<double>> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count == 0)
        {
            throw new ArgumentException("There are no inputs to make a vector of; give at least one.", nameof(x));
        }

        Weights.RequireInputs(x, x[0].Count);
    }
}
