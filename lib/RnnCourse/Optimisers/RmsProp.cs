using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Optimisers;

/// <summary>RMSprop: steps are scaled by the recent size of the gradients: <c>s = α s + (1 − α) g²</c>, <c>θ = θ − η g
/// / (√s + ε)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012. ε is outside of the root,
/// as in PyTorch. It is a compromise between <see cref="Adagrad{T}"/>, which never forgets a gradient, and
/// <see cref="Adam{T}"/>, which adds momentum.</remarks>
public sealed class RmsProp<T> : Optimiser<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> _decay,
        _rest,
        _epsilon;
    private Vector<T> _rate;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="decay">α, how much of s is kept at each step, from 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public RmsProp(double decay = 0.99, double epsilon = 1e-8)
        : base(memories: 1)
    {
        _decay = new(T.CreateChecked(Share(decay, nameof(decay))));
        _rest = new(T.CreateChecked(1 - decay));
        _epsilon = new(T.CreateChecked(NotNegative(epsilon, nameof(epsilon))));
    }

    private protected override void BeginStep(double learningRate) => _rate = new(T.CreateChecked(learningRate));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Update(Span<T> values, ReadOnlySpan<T> gradient, T[][] memories)
    {
        Span<T> s = memories[0];
        for (var i = 0; i < values.Length; i += Vector<T>.Count)
        {
            var g = VectorSpan.Load(gradient, i);
            var s_i = (_decay * VectorSpan.Load<T>(s, i)) + (_rest * g * g);
            s_i.Store(s, i);
            (VectorSpan.Load<T>(values, i) - (_rate * g / (Vector.SquareRoot(s_i) + _epsilon))).Store(values, i);
        }
    }
}
