using System.Numerics;

namespace RnnCourse.Model;

/// <summary>Makes batches.</summary>
public static class SequenceBatch
{
    /// <summary>Makes an empty batch of one-hot inputs: each step's input is a symbol's number.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="inputSize">D, how many symbols there are.</param>
    /// <param name="targetSize">K if the targets are K real numbers each; 0 if they are classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1 or <paramref
    /// name="targetSize"/> negative.</exception>
    public static SequenceBatch<T> OfSymbols<T>(int inputSize, int targetSize = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputSize, targetSize, InputKind.Symbols);

    /// <summary>Makes an empty batch of real-valued inputs.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="inputSize">D, how many numbers one input has.</param>
    /// <param name="targetSize">K if the targets are K real numbers each; 0 if they are classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1 or <paramref
    /// name="targetSize"/> negative.</exception>
    public static SequenceBatch<T> OfValues<T>(int inputSize, int targetSize = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputSize, targetSize, InputKind.Values);

    /// <summary>Makes an empty batch of inputs that are zero except for a 1 at a few places, such as the features of a
    /// word.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="inputSize">D, how many places there are.</param>
    /// <param name="targetSize">K if the targets are K real numbers each; 0 if they are classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1 or <paramref
    /// name="targetSize"/> negative.</exception>
    internal static SequenceBatch<T> OfFeatures<T>(int inputSize, int targetSize = 0)
        where T : unmanaged, IFloatingPointIeee754<T> => new(inputSize, targetSize, InputKind.Features);
}

/// <summary>Several sequences that go through a model side by side, with their targets.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Sizes: T steps, B sequences, D numbers in an input, K in an output. Column <c>t·B + n</c> belongs to step t
/// (from 0) of sequence n: the columns of one time step lie side by side.</para>
/// <para>Sequences of different lengths share a batch by padding: <see cref="Mask"/> is false where a sequence has
/// ended. A padding step carries the state through unchanged and contributes nothing to the loss or to any gradient, so
/// its place in the sequence (before, after, between) is free, and its input, though never used, must be in
/// range.</para>
/// <para>A batch is refilled in place, so that training allocates nothing: <see cref="Resize"/> keeps the buffers when
/// they are large enough.</para>
/// </remarks>
public sealed class SequenceBatch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _symbols = [];
    private T[] _values = [];
    private int[]?[] _features = [];
    private bool[] _mask = [];
    private int[] _targets = [];
    private T[] _targetValues = [];

    internal SequenceBatch(int inputSize, int targetSize, InputKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetSize);
        InputSize = inputSize;
        TargetSize = targetSize;
        Kind = kind;
    }

    /// <summary>D, the size of one input.</summary>
    public int InputSize { get; }

    /// <summary>K if the targets are K real numbers each; 0 if they are classes.</summary>
    internal int TargetSize { get; }

    /// <summary>Whether the inputs are symbols' numbers instead of real numbers.</summary>
    internal bool IsOneHot => Kind == InputKind.Symbols;

    /// <summary>Whether the inputs are lists of the places that hold a 1.</summary>
    public bool HasFeatures => Kind == InputKind.Features;

    internal InputKind Kind { get; }

    /// <summary>T, how many steps the longest sequence has.</summary>
    public int Steps { get; private set; }

    /// <summary>B, how many sequences there are.</summary>
    public int BatchSize { get; private set; }

    /// <summary>T·B.</summary>
    public int Columns => Steps * BatchSize;

    /// <summary>Whether there is a target for each step, or one for each sequence.</summary>
    public ReadOut ReadOut { get; private set; }

    /// <summary>Whether some step may be padding. While false, <see cref="Mask"/> is ignored.</summary>
    public bool HasMask { get; set; }

    /// <summary>The symbols, length T·B, each from 0 to D − 1, or −1 for an input of zeros. Empty unless
    /// <see cref="IsOneHot"/>.</summary>
    public Span<int> Symbols => _symbols.AsSpan(0, IsOneHot ? Columns : 0);

    /// <summary>The inputs, shape (D, T·B), column after column. Empty if <see cref="IsOneHot"/> or <see
    /// cref="HasFeatures"/>.</summary>
    public Span<T> Values => _values.AsSpan(0, Kind == InputKind.Values ? InputSize * Columns : 0);

    /// <summary>The places of the ones in each input, shape (T·B) of lists, each place from 0 to D − 1, in the order in
    /// which they are to be added, and none twice; null for an input of zeros. The lists are not copied. Empty unless
    /// <see cref="HasFeatures"/>.</summary>
    public Span<int[]?> Features => _features.AsSpan(0, HasFeatures ? Columns : 0);

    /// <summary>True where a sequence has a step, false where there is padding; length T·B.</summary>
    public Span<bool> Mask => _mask.AsSpan(0, Columns);

    /// <summary>The number of outputs to compare with targets: T·B, or B if only the last one of each sequence is
    /// read.</summary>
    internal int OutputColumns => ReadOut == ReadOut.EveryStep ? Columns : BatchSize;

    /// <summary>The right classes, shape (outputs), each from 0 to K − 1, or −1 where the output is not read.</summary>
    public Span<int> Targets => _targets.AsSpan(0, TargetSize == 0 ? OutputColumns : 0);

    /// <summary>The right numbers, shape (K, outputs), column after column; NaN in a column's first row where the
    /// output is not read.</summary>
    internal Span<T> TargetValues => _targetValues.AsSpan(0, TargetSize * OutputColumns);

    /// <summary>Sets the sizes. The previous content is lost; afterwards nothing is padding, and no output is
    /// read.</summary>
    /// <param name="steps">T, at least 0.</param>
    /// <param name="batchSize">B, at least 1.</param>
    /// <param name="readOut">Whether there is a target for each step, or one for each sequence.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public void Resize(int steps, int batchSize, ReadOut readOut = ReadOut.EveryStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Steps = steps;
        BatchSize = batchSize;
        ReadOut = readOut;
        HasMask = false;
        if (IsOneHot)
        {
            GrowingBuffer.Reserve(ref _symbols, Columns);
        }
        else if (HasFeatures)
        {
            GrowingBuffer.Reserve(ref _features, Columns);
            Features.Clear();
        }
        else
        {
            GrowingBuffer.Reserve(ref _values, checked(InputSize * Columns));
        }

        GrowingBuffer.Reserve(ref _mask, Columns);
        Mask.Fill(true);
        if (TargetSize == 0)
        {
            GrowingBuffer.Reserve(ref _targets, OutputColumns);
        }
        else
        {
            GrowingBuffer.Reserve(ref _targetValues, checked(TargetSize * OutputColumns));
        }

        Targets.Fill(-1);
        TargetValues.Fill(T.NaN);
    }

    /// <summary>Marks the steps at and after each sequence's length as padding.</summary>
    /// <param name="lengths">The length of each sequence, shape (B), each from 0 to T.</param>
    /// <exception cref="ArgumentException">There are not B lengths, or one is out of range.</exception>
    internal void SetLengths(ReadOnlySpan<int> lengths)
    {
        if (lengths.Length != BatchSize)
        {
            throw new ArgumentException(
                $"There are {BatchSize} sequences but {lengths.Length} lengths.",
                nameof(lengths)
            );
        }

        HasMask = false;
        for (var n = 0; n < BatchSize; n++)
        {
            if ((uint)lengths[n] > (uint)Steps)
            {
                throw new ArgumentException(
                    $"Sequence {n} has length {lengths[n]}; the batch has {Steps} steps.",
                    nameof(lengths)
                );
            }

            for (var t = 0; t < Steps; t++)
            {
                Mask[(t * BatchSize) + n] = t < lengths[n];
            }

            HasMask |= lengths[n] < Steps;
        }
    }

    /// <summary>Makes an empty batch of the same kind of inputs and targets.</summary>
    public SequenceBatch<T> NewLike() => new(InputSize, TargetSize, Kind);

    /// <summary>Copies some of the sequences into another batch.</summary>
    /// <param name="first">The first sequence to copy.</param>
    /// <param name="count">How many to copy, at least 1.</param>
    /// <param name="into">Where to; resized to fit. It must have the same kind of inputs and targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch does not have these sequences.</exception>
    /// <exception cref="ArgumentException"><paramref name="into"/> has another kind of inputs or targets.</exception>
    internal void CopySequences(int first, int count, SequenceBatch<T> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BatchSize - first);
        if (into.InputSize != InputSize || into.Kind != Kind || into.TargetSize != TargetSize)
        {
            throw new ArgumentException(
                "The two batches differ in the kind of their inputs or targets. Make the second with NewLike.",
                nameof(into)
            );
        }

        into.Resize(Steps, count, ReadOut);
        into.HasMask = HasMask;
        CopyColumns<int>(Symbols, into.Symbols, 1, first, count);
        CopyColumns<T>(Values, into.Values, InputSize, first, count);
        CopyColumns<int[]?>(Features, into.Features, 1, first, count);
        if (HasMask)
        {
            CopyColumns<bool>(Mask, into.Mask, 1, first, count);
        }

        CopyColumns<int>(Targets, into.Targets, 1, first, count);
        CopyColumns<T>(TargetValues, into.TargetValues, TargetSize, first, count);
    }

    // Column t·B + first … of the one becomes column t·count … of the other, for as many steps as there are.
    private void CopyColumns<TItem>(ReadOnlySpan<TItem> from, Span<TItem> to, int rows, int first, int count)
    {
        var wide = rows * BatchSize;
        var narrow = rows * count;
        for (int source = rows * first, target = 0; target < to.Length; source += wide, target += narrow)
        {
            from.Slice(source, narrow).CopyTo(to[target..]);
        }
    }
}

/// <summary>How the inputs of a batch are stored.</summary>
internal enum InputKind
{
    Symbols,
    Values,
    Features,
}

/// <summary>Where the outputs of a sequence are read; in a network, tasks differ only in this (L20).</summary>
public enum ReadOut
{
    /// <summary>One output at each step: tagging, completing, forecasting.</summary>
    EveryStep,

    /// <summary>One output for the sequence, after its last step: judging a review. A bidirectional model reads each
    /// direction where it ends.</summary>
    LastStep,
}

/// <summary>Arrays that grow when a longer or wider batch comes, and never shrink.</summary>
internal static class GrowingBuffer
{
    /// <summary>Makes sure that <paramref name="buffer"/> holds at least <paramref name="length"/> numbers. Its
    /// previous content may be lost.</summary>
    public static void Reserve<TItem>(ref TItem[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new TItem[length];
        }
    }
}
