using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>The parameters of one gate of a gated cell, or of its candidate: U, W and b of its own, of the same shapes
/// as a plain cell's.</summary>
/// <param name="U">From the input, shape (H, D).</param>
/// <param name="W">From the previous state, shape (H, H).</param>
/// <param name="b">The bias, shape (H).</param>
/// <param name="b_W">A second bias, shape (H), added to <c>W s_{i−1}</c> where that is multiplied by a gate before it
/// is used: in a GRU's candidate. Null elsewhere: two biases that are only added are one.</param>
public sealed record Gate(Matrix<double> U, Matrix<double> W, Vector<double> b, Vector<double>? b_W = null)
{
    /// <summary>The argument of the nonlinearity: <c>U x_i + W s_{i−1} + b</c>.</summary>
    /// <param name="x_i">The input, shape (D).</param>
    /// <param name="s_prev">The previous state, shape (H).</param>
    /// <returns>The sum, shape (H).</returns>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public Vector<double> Sum(Vector<double> x_i, Vector<double> s_prev) => (U * x_i) + (W * s_prev) + b;

    /// <summary>Squeezes each number into 0 … 1: <c>1 / (1 + exp(−a))</c>. 0 is a closed gate, 1 an open one.</summary>
    /// <param name="a">The numbers, shape (N).</param>
    /// <returns>The degrees to which the gate is open, shape (N).</returns>
    public static Vector<double> Sigmoid(Vector<double> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Map(v => 1 / (1 + Math.Exp(-v)));
    }
}
