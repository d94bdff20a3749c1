using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Optimisers;

/// <summary>Adagrad: steps shrink with the sum of a number's squared gradients so far: <c>s = s + g²</c>, <c>θ = θ − η
/// g / (√s + ε)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The optimiser of Karpathy's min-char-rnn, kept so that its settings can be reproduced. Duchi, Hazan and
/// Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.</remarks>
public sealed class Adagrad<T> : Optimiser<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> _epsilon;
    private Vector<T> _rate;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="epsilon">ε, which keeps the quotient finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is negative or not finite.</exception>
    public Adagrad(double epsilon = 1e-10)
        : base(memories: 1) => _epsilon = new(T.CreateChecked(NotNegative(epsilon, nameof(epsilon))));

    private protected override void BeginStep(double learningRate) => _rate = new(T.CreateChecked(learningRate));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Update(Span<T> values, ReadOnlySpan<T> gradient, T[][] memories)
    {
        Span<T> s = memories[0];
        for (var i = 0; i < values.Length; i += Vector<T>.Count)
        {
            var g = VectorSpan.Load(gradient, i);
            var s_i = VectorSpan.Load<T>(s, i) + (g * g);
            s_i.Store(s, i);
            (VectorSpan.Load<T>(values, i) - (_rate * g / (Vector.SquareRoot(s_i) + _epsilon))).Store(values, i);
        }
    }
}
