using System.Numerics;

namespace RnnCourse.Model;

/// <summary>Where a layer's state starts (L14): at zeros, at a learnt s_0, or where it was told to, such as where the
/// last batch ended.</summary>
internal sealed class StartState<T>(Parameter<T>? learnt, int hiddenSize)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _given = [];
    private int _givenLength;

    /// <summary>s_0, shape (H), if it is learnt.</summary>
    public Parameter<T>? Learnt { get; } = learnt;

    /// <summary>The given start, shape (H, B); empty if none is given.</summary>
    public ReadOnlySpan<T> Given => _given.AsSpan(0, _givenLength);

    public void Give(ReadOnlySpan<T> states)
    {
        if (states.Length % hiddenSize != 0)
        {
            throw new ArgumentException(
                $"The states hold {states.Length} numbers, which is no multiple of the state's size {hiddenSize}.",
                nameof(states)
            );
        }

        Sizes.Reserve(ref _given, states.Length);
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

    /// <summary>Hands the gradient of the block before the first step, shape (H, B), to s_0, if s_0 is where the
    /// sequences started.</summary>
    public void Learn(ReadOnlySpan<T> gradient)
    {
        if (Learnt is null)
        {
            return;
        }

        Learnt.Gradient.AsSpan().Clear();
        if (_givenLength == 0)
        {
            Vectors.AddColumns(gradient, Learnt.Gradient);
        }
    }
}
