using System.Numerics;
using RnnCourse.Blas;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>A trainable parameter: its numbers, and their gradient beside them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a parameter whose numbers and gradient are zero.</summary>
    /// <param name="name">The name in model files and messages, such as <c>layer0.forward.U</c>.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="columns">How many columns; 1 for a vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Parameter(string name, int rows, int columns)
        : this(name, rows, columns, new T[LengthOf(rows, columns)]) { }

    private Parameter(string name, int rows, int columns, T[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Rows = rows;
        Columns = columns;
        Values = values;
        Gradient = new T[values.Length];
    }

    /// <summary>The name of the parameter.</summary>
    public string Name { get; }

    /// <summary>How many rows it has.</summary>
    public int Rows { get; }

    /// <summary>How many columns it has; 1 for a vector.</summary>
    public int Columns { get; }

    /// <summary>The numbers, shape (Rows, Columns), column after column. Write here to change the model.</summary>
    public T[] Values { get; }

    /// <summary>The derivative of the loss by each number, shape (Rows, Columns), column after column: what the last
    /// backward pass left.</summary>
    public T[] Gradient { get; }

    /// <summary>Makes a parameter that shares the numbers but has its own gradient.</summary>
    /// <remarks>So several cores can work on one model: they read the same numbers and write separate
    /// gradients.</remarks>
    public Parameter<T> Twin() => new(Name, Rows, Columns, Values);

    /// <summary>The name and the shape.</summary>
    public override string ToString() => $"{Name} ({Rows} × {Columns})";

    private static int LengthOf(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return checked(rows * columns);
    }
}

/// <summary>Draws initial weights.</summary>
internal static class WeightInitialisation
{
    /// <summary>Draws every number uniformly from ±1/√scale, row after row: in the order in which the core's networks
    /// draw theirs.</summary>
    public static void Uniform<T>(Parameter<T> weights, int scale, SeededRandom random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        var bound = 1 / Math.Sqrt(scale);
        for (var row = 0; row < weights.Rows; row++)
        {
            for (var column = 0; column < weights.Columns; column++)
            {
                weights.Values[row + (column * weights.Rows)] = T.CreateChecked(random.NextUniform(-bound, bound));
            }
        }
    }
}

/// <summary>The output of a layer and its gradient: matrices with a column for each step of each sequence.</summary>
/// <remarks>The layer that makes the signal owns it; the layers that use it read the values and write the
/// gradient.</remarks>
internal sealed class Signal<T>(int rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values = new();
    private readonly AlignedBuffer<T> _gradient = new();
    private int _offset;
    private int _length;

    /// <summary>How many numbers one column has.</summary>
    public int Rows { get; } = rows;

    /// <summary>The columns, shape (Rows, columns).</summary>
    public Span<T> Values => _values.Span.Slice(_offset, _length);

    /// <summary>The derivative of the loss by each of <see cref="Values"/>, in the same layout.</summary>
    public Span<T> Gradient => _gradient.Span.Slice(_offset, _length);

    /// <summary>All columns, those before and after the signal's own included.</summary>
    public Span<T> AllValues => _values.Span;

    /// <summary>The derivatives by <see cref="AllValues"/>.</summary>
    public Span<T> AllGradients => _gradient.Span;

    /// <summary>Makes room for <paramref name="before"/> + <paramref name="columns"/> + <paramref name="after"/>
    /// columns, of which the middle ones are the signal.</summary>
    public void Reserve(int before, int columns, int after)
    {
        var all = checked((before + columns + after) * Rows);
        _values.Reserve(all);
        _gradient.Reserve(all);
        _offset = before * Rows;
        _length = columns * Rows;
    }
}

/// <summary>The initial state of a layer (L14): zeros, a learnt s_0, or given states, such as those in which the last
/// batch ended.</summary>
internal sealed class StartState<T>(Parameter<T>? learnt, int hiddenSize)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _given = [];
    private int _givenLength;

    /// <summary>s_0, shape (H), if it is learnt.</summary>
    public Parameter<T>? Learnt { get; } = learnt;

    /// <summary>The given states, shape (H, B); empty if none are given.</summary>
    public ReadOnlySpan<T> Given => _given.AsSpan(0, _givenLength);

    public void Give(ReadOnlySpan<T> states)
    {
        if (states.Length % hiddenSize != 0)
        {
            throw new ArgumentException(
                $"The states hold {states.Length} numbers, which is not a multiple of the state size {hiddenSize}.",
                nameof(states)
            );
        }

        GrowingBuffer.Reserve(ref _given, states.Length);
        states.CopyTo(_given);
        _givenLength = states.Length;
    }

    public void Forget() => _givenLength = 0;

    /// <summary>Fills the block before the first step, shape (H, B).</summary>
    public void Fill(Span<T> block)
    {
        if (_givenLength > 0)
        {
            if (_givenLength != block.Length)
            {
                throw new InvalidOperationException(
                    $"The states to start from belong to {_givenLength / hiddenSize} sequences, but the batch "
                        + $"has {block.Length / hiddenSize}. Reset the state first, or keep the batch size."
                );
            }

            Given.CopyTo(block);
        }
        else if (Learnt is null)
        {
            block.Clear();
        }
        else
        {
            for (var n = 0; n < block.Length; n += hiddenSize)
            {
                Learnt.Values.CopyTo(block[n..]);
            }
        }
    }

    /// <summary>Passes the gradient of the block before the first step, shape (H, B), to s_0, if the sequences started
    /// from s_0.</summary>
    public void Learn(ReadOnlySpan<T> gradient)
    {
        if (Learnt is null)
        {
            return;
        }

        Learnt.Gradient.AsSpan().Clear();
        if (_givenLength == 0)
        {
            ColumnMajor.AddColumns(gradient, Learnt.Gradient);
        }
    }
}
