using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Optimisers;

/// <summary>
/// Adam, momentum and scaling together: <c>m = β₁ m + (1 − β₁) g</c>, <c>v = β₂ v + (1 − β₂) g²</c>, <c>θ = θ − η m̂ /
/// (√v̂ + ε)</c> with <c>m̂ = m / (1 − β₁ᵗ)</c>, <c>v̂ = v / (1 − β₂ᵗ)</c> at the t-th step.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1. With a weight decay λ this is AdamW:
/// the parameters shrink by <c>θ = (1 − η λ) θ</c> first, apart from the gradient: Loshchilov and Hutter, "Decoupled
/// weight decay regularization", 2019, algorithm 2.
/// </remarks>
public sealed class Adam<T> : Optimiser<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _beta1,
        _beta2,
        _weightDecay;
    private readonly Vector<T> _keepM,
        _keepV,
        _restM,
        _restV,
        _epsilon;
    private Vector<T> _rate,
        _rootCorrection,
        _shrink;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="beta1">β₁, how much of the mean gradient is kept at each step, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the same for the mean square.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <param name="weightDecay">λ, at least 0; above 0 this is AdamW.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(memories: 2)
    {
        _beta1 = Share(beta1, nameof(beta1));
        _beta2 = Share(beta2, nameof(beta2));
        _weightDecay = NotNegative(weightDecay, nameof(weightDecay));
        (_keepM, _restM) = (new(T.CreateChecked(beta1)), new(T.CreateChecked(1 - beta1)));
        (_keepV, _restV) = (new(T.CreateChecked(beta2)), new(T.CreateChecked(1 - beta2)));
        _epsilon = new(T.CreateChecked(NotNegative(epsilon, nameof(epsilon))));
    }

    private protected override void BeginStep(double learningRate)
    {
        _rate = new(T.CreateChecked(learningRate / (1 - Math.Pow(_beta1, StepCount))));
        _rootCorrection = new(T.CreateChecked(1 / Math.Sqrt(1 - Math.Pow(_beta2, StepCount))));
        _shrink = new(T.CreateChecked(1 - (learningRate * _weightDecay)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Update(Span<T> values, ReadOnlySpan<T> gradient, T[][] memories)
    {
        Span<T> m = memories[0],
            v = memories[1];
        for (var i = 0; i < values.Length; i += Vector<T>.Count)
        {
            var g = VectorSpan.Load(gradient, i);
            var m_i = (_keepM * VectorSpan.Load<T>(m, i)) + (_restM * g);
            var v_i = (_keepV * VectorSpan.Load<T>(v, i)) + (_restV * g * g);
            m_i.Store(m, i);
            v_i.Store(v, i);
            var root = Vector.SquareRoot(v_i) * _rootCorrection;
            ((_shrink * VectorSpan.Load<T>(values, i)) - (_rate * m_i / (root + _epsilon))).Store(values, i);
        }
    }
}
