using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>A sequence of vectors to learn from, such as frames or a series of numbers.</summary>
internal sealed record VectorSequence
{
    private readonly IReadOnlyList<float[]>? _values;
    private readonly IReadOnlyList<int[]>? _features;
    private readonly int[]? _classes;
    private readonly float[][]? _numbers;

    private VectorSequence(
        IReadOnlyList<float[]>? values,
        IReadOnlyList<int[]>? features,
        int[]? classes,
        float[][]? numbers
    ) => (_values, _features, _classes, _numbers) = (values, features, classes, numbers);

    /// <summary>n, how many steps the sequence has.</summary>
    public int Length => _values?.Count ?? _features!.Count;

    /// <summary>How many targets the sequence has.</summary>
    internal int TargetCount => _classes?.Length ?? _numbers!.Length;

    /// <summary>K if the targets are K real numbers each; 0 if they are classes.</summary>
    internal int TargetSize =>
        _numbers is null ? 0
        : _numbers.Length == 0 ? 1
        : _numbers[0].Length;

    /// <summary>Makes a sequence of dense vectors, such as frames, with classes as targets.</summary>
    /// <param name="inputs">The inputs, n of them, each of shape (D).</param>
    /// <param name="targets">The right classes, length n, or one if only the last output is read; −1 where an output is
    /// not read.</param>
    internal static VectorSequence OfClasses(IReadOnlyList<float[]> inputs, IReadOnlyList<int> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new(inputs, null, [.. targets], null);
    }

    /// <summary>Makes a sequence of vectors that are zero except for a 1 at some places, with classes as
    /// targets.</summary>
    /// <param name="features">For each of the n inputs the places of its ones, each from 0 to D − 1, shape
    /// (features).</param>
    /// <param name="targets">The right classes, length n, or one if only the last output is read; −1 where an output is
    /// not read.</param>
    internal static VectorSequence OfFeatures(IReadOnlyList<int[]> features, IReadOnlyList<int> targets)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new(null, [.. features.Select(places => places.Distinct().Order().ToArray())], [.. targets], null);
    }

    /// <summary>Makes a sequence of dense vectors with real numbers as targets.</summary>
    /// <param name="inputs">The inputs, n of them, each of shape (D).</param>
    /// <param name="targets">The right numbers, n vectors of shape (K), or one if only the last output is read; NaN
    /// first where an output is not read.</param>
    internal static VectorSequence OfNumbers(IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new(inputs, null, null, [.. targets]);
    }

    internal IReadOnlyList<float[]> Values => _values!;

    internal IReadOnlyList<int> Classes => _classes!;

    internal bool HasFeatures => _features is not null;

    /// <summary>Makes an empty batch for such sequences.</summary>
    internal SequenceBatch<T> NewBatch<T>(int inputSize)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        HasFeatures
            ? SequenceBatch.OfFeatures<T>(inputSize, TargetSize)
            : SequenceBatch.OfValues<T>(inputSize, TargetSize);

    internal void RequireFit(int index, int inputSize, int targetSize, bool hasFeatures)
    {
        if (HasFeatures != hasFeatures)
        {
            throw new ArgumentException(
                $"Sequence {index} has inputs of another kind than sequence 0. All must be dense vectors, or all "
                    + "lists of places."
            );
        }

        if (TargetSize != targetSize || (_numbers is not null && _numbers.Any(target => target.Length != targetSize)))
        {
            throw new ArgumentException(
                $"Sequence {index} has targets of another kind than sequence 0. All must be classes, or "
                    + "all numbers of one size."
            );
        }

        for (var t = 0; t < Length; t++)
        {
            if (
                _values is not null
                    ? _values[t].Length != inputSize
                    : _features![t].Any(place => place < 0 || place >= inputSize)
            )
            {
                throw new ArgumentException($"Input {t} of sequence {index} does not have {inputSize} numbers.");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void WriteTo<T>(SequenceBatch<T> batch, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var t = 0; t < batch.Steps; t++)
        {
            if (_features is not null)
            {
                batch.Features[(t * batch.BatchSize) + n] = t < Length ? _features[t] : null;
                continue;
            }

            var x = batch.Values.Slice(((t * batch.BatchSize) + n) * batch.InputSize, batch.InputSize);
            if (t >= Length)
            {
                x.Clear();
                continue;
            }

            for (var k = 0; k < x.Length; k++)
            {
                x[k] = T.CreateChecked(_values![t][k]);
            }
        }

        for (var t = 0; t < TargetCount; t++)
        {
            var column = (t * batch.BatchSize) + n;
            if (_classes is not null)
            {
                batch.Targets[column] = _classes[t];
            }
            else
            {
                for (var k = 0; k < batch.TargetSize; k++)
                {
                    batch.TargetValues[(column * batch.TargetSize) + k] = T.CreateChecked(_numbers![t][k]);
                }
            }
        }
    }
}
