using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;

namespace RnnCourse.Optimisers;

/// <summary>Changes parameters according to their gradients. It works on parameters only, whatever layers they belong
/// to.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Optimiser<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _memories;
    private T[][][] _state = []; // of each parameter, each memory

    private protected Optimiser(int memories) => _memories = memories;

    /// <summary>How many steps were taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The optimiser's state: for each parameter its running values, each of the parameter's shape and layout.
    /// Empty before the first step.</summary>
    public IReadOnlyList<T[]> State => [.. _state.SelectMany(memories => memories)];

    /// <summary>Takes one step: moves every parameter against its gradient.</summary>
    /// <param name="parameters">The parameters; the same ones, in the same order, at each step.</param>
    /// <param name="learningRate">The learning rate, at least 0 and finite; each optimiser documents what it
    /// multiplies.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, NaN or infinite.</exception>
    /// <exception cref="ArgumentException">The parameters differ from those of earlier steps in number or
    /// size.</exception>
    public void Step(IReadOnlyList<Parameter<T>> parameters, double learningRate)
    {
        if (!(learningRate >= 0) || !double.IsFinite(learningRate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRate),
                learningRate,
                "The learning rate must be at least 0 and finite."
            );
        }

        Remember(parameters);
        StepCount++;
        BeginStep(learningRate);
        for (var p = 0; p < parameters.Count; p++)
        {
            Update(parameters[p].Values, parameters[p].Gradient, _state[p]);
        }
    }

    /// <summary>Continues from the state of another optimiser of the same kind and settings.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="state">Its <see cref="State"/>: arrays, each of its parameter's shape; copied.</param>
    /// <param name="stepCount">Its <see cref="StepCount"/>.</param>
    /// <exception cref="ArgumentException">The state does not fit the parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepCount"/> is negative.</exception>
    internal void Restore(IReadOnlyList<Parameter<T>> parameters, IReadOnlyList<T[]> state, long stepCount)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(stepCount);
        Remember(parameters);
        var mine = State;
        if (state.Count != 0 || stepCount != 0)
        {
            if (!mine.Select(values => values.Length).SequenceEqual(state.Select(values => values.Length)))
            {
                throw new ArgumentException(
                    "The optimiser's state belongs to other parameters or to another optimiser.",
                    nameof(state)
                );
            }

            for (var k = 0; k < state.Count; k++)
            {
                state[k].CopyTo(mine[k], 0);
            }
        }
        else
        {
            foreach (var memory in mine)
            {
                Array.Clear(memory);
            }
        }

        StepCount = stepCount;
    }

    /// <summary>Computes the values that all numbers of this step share.</summary>
    private protected abstract void BeginStep(double learningRate);

    /// <summary>Moves one parameter.</summary>
    private protected abstract void Update(Span<T> values, ReadOnlySpan<T> gradient, T[][] memories);

    private void Remember(IReadOnlyList<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (_state.Length == 0)
        {
            _state = new T[parameters.Count][][];
            for (var p = 0; p < _state.Length; p++)
            {
                _state[p] = new T[_memories][];
                for (var k = 0; k < _memories; k++)
                {
                    _state[p][k] = new T[parameters[p].Values.Length];
                }
            }
        }

        var same = _state.Length == parameters.Count;
        for (var p = 0; same && p < _state.Length && _memories > 0; p++)
        {
            same = _state[p][0].Length == parameters[p].Values.Length;
        }

        if (!same)
        {
            throw new ArgumentException(
                "These parameters differ from those of earlier steps. Make a new optimiser for them.",
                nameof(parameters)
            );
        }
    }

    private protected static double Share(double value, string name) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "This must be at least 0 and below 1.");

    private protected static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "This must be at least 0 and finite.");
}

/// <summary>Reads and writes a span one vector at a time, so that a formula is written once, on vectors, for spans of
/// any length.</summary>
/// <remarks>The last vector may be partial: its missing numbers are read as zeros and not written.</remarks>
internal static class VectorSpan
{
    /// <summary>Reads the numbers from <paramref name="at"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load<T>(ReadOnlySpan<T> span, int at)
        where T : unmanaged => at <= span.Length - Vector<T>.Count ? new Vector<T>(span[at..]) : LoadRest(span, at);

    /// <summary>Writes the numbers from <paramref name="at"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(this Vector<T> vector, Span<T> span, int at)
        where T : unmanaged
    {
        if (at <= span.Length - Vector<T>.Count)
        {
            vector.CopyTo(span[at..]);
        }
        else
        {
            StoreRest(vector, span, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector<T> LoadRest<T>(ReadOnlySpan<T> span, int at)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        lanes.Clear();
        span[at..].CopyTo(lanes);
        return new Vector<T>(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreRest<T>(Vector<T> vector, Span<T> span, int at)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        vector.CopyTo(lanes);
        lanes[..(span.Length - at)].CopyTo(span[at..]);
    }
}
