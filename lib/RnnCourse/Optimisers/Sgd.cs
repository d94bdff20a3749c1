using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Optimisers;

/// <summary>Stochastic gradient descent, optionally with momentum: <c>v = μ v + g</c>, <c>θ = θ − η v</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. Nesterov's variant looks one step
/// ahead: <c>θ = θ − η (g + μ v)</c>, as Sutskever et al., "On the importance of initialization and momentum in deep
/// learning", 2013, rewritten for gradients taken at θ. The learning rate is outside of v, as in PyTorch.
/// </remarks>
public sealed class Sgd<T> : Optimiser<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _nesterov;
    private readonly Vector<T> _momentum;
    private Vector<T> _rate;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="momentum">μ, from 0 (none) to below 1.</param>
    /// <param name="nesterov">Whether to look one step ahead.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="momentum"/> is out of range.</exception>
    public Sgd(double momentum = 0, bool nesterov = false)
        : base(memories: momentum > 0 ? 1 : 0) =>
        (_momentum, _nesterov) = (new(T.CreateChecked(Share(momentum, nameof(momentum)))), nesterov);

    private protected override void BeginStep(double learningRate) => _rate = new(T.CreateChecked(learningRate));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Update(Span<T> values, ReadOnlySpan<T> gradient, T[][] memories)
    {
        Span<T> v = memories.Length > 0 ? memories[0] : [];
        for (var i = 0; i < values.Length; i += Vector<T>.Count)
        {
            var move = VectorSpan.Load(gradient, i);
            if (!v.IsEmpty)
            {
                var v_i = (_momentum * VectorSpan.Load<T>(v, i)) + move;
                v_i.Store(v, i);
                move = _nesterov ? move + (_momentum * v_i) : v_i;
            }

            (VectorSpan.Load<T>(values, i) - (_rate * move)).Store(values, i);
        }
    }
}
