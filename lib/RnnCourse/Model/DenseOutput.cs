using System.Numerics;
using RnnCourse.Blas;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>The output layer: <c>z_i = V s_i + c</c> (L05), for all steps in one product.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The outputs are scores: the softmax belongs to the loss. A bidirectional layer's two states lie one under
/// the other.</remarks>
public sealed class DenseOutput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _scale;
    private readonly AlignedBuffer<T> _scores = new();
    private readonly AlignedBuffer<T> _scoreGradients = new();
    private int _length;

    /// <summary>Makes a layer whose parameters are zero.</summary>
    /// <param name="inputSize">H, the size of the states, both directions together.</param>
    /// <param name="outputSize">K, the size of one output.</param>
    /// <param name="scale">The number whose root bounds the weights that <see cref="Initialise"/> draws: the size of
    /// the state.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public DenseOutput(int inputSize, int outputSize, int scale)
        : this(
            new Parameter<T>("output.V", outputSize, inputSize),
            new Parameter<T>("output.c", outputSize, 1),
            scale
        ) => ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);

    private DenseOutput(Parameter<T> V, Parameter<T> c, int scale) => (this.V, this.c, _scale) = (V, c, scale);

    /// <summary>From the state to the output, shape (K, H).</summary>
    public Parameter<T> V { get; }

    /// <summary>The output's bias, shape (K).</summary>
    public Parameter<T> c { get; }

    internal Span<T> Scores => _scores.Span.Slice(0, _length);

    internal Span<T> ScoreGradients => _scoreGradients.Span.Slice(0, _length);

    /// <summary>Draws V uniformly from ±1/√scale, row after row; c is set to zero.</summary>
    /// <param name="random">Where the numbers are drawn from.</param>
    internal void Initialise(SeededRandom random)
    {
        WeightInitialisation.Uniform(V, _scale, random);
        c.Values.AsSpan().Clear();
    }

    internal DenseOutput<T> Twin() => new(V.Twin(), c.Twin(), _scale);

    // z = V s + c
    internal void Forward(ReadOnlySpan<RecurrentLayer<T>> below, ReadOut readOut, int columns)
    {
        _length = columns * V.Rows;
        _scores.Reserve(_length);
        _scoreGradients.Reserve(_length);
        ColumnMajor.Repeat<T>(c.Values, Scores);
        var row = 0;
        foreach (var layer in below)
        {
            var H = layer.HiddenSize;
            ColumnMajor.Multiply(
                V.Rows,
                columns,
                H,
                V.Values.AsSpan(row * V.Rows),
                V.Rows,
                layer.Read(readOut),
                H,
                Scores,
                V.Rows,
                add: true
            );
            row += H;
        }
    }

    // dV = Σ dz sᵀ, dc = Σ dz, ds = Vᵀ dz
    internal void Backward(ReadOnlySpan<RecurrentLayer<T>> below, ReadOut readOut)
    {
        var columns = _length / V.Rows;
        c.Gradient.AsSpan().Clear();
        ColumnMajor.AddColumns(ScoreGradients, c.Gradient);
        var row = 0;
        foreach (var layer in below)
        {
            var H = layer.HiddenSize;
            var V_part = row * V.Rows;
            ColumnMajor.MultiplyTransposed(
                V.Rows,
                H,
                columns,
                ScoreGradients,
                V.Rows,
                layer.Read(readOut),
                H,
                V.Gradient.AsSpan(V_part),
                V.Rows,
                add: false
            );
            ColumnMajor.TransposedMultiply(
                H,
                columns,
                V.Rows,
                V.Values.AsSpan(V_part),
                V.Rows,
                ScoreGradients,
                V.Rows,
                layer.ReadGradient(readOut),
                H,
                add: false
            );
            row += H;
        }
    }
}
