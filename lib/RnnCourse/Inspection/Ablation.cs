using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Inspection;

/// <summary>Silences units of a state: each keeps one value at every step, so that it can carry nothing.</summary>
/// <remarks>What gets worse shows what the unit was needed for. A unit of a recurrent network computes <c>tanh(u·x_i +
/// w·s_{i−1} + b)</c>; with u and w zero and <c>b = artanh(value)</c> it has the wanted value at every step. Nothing
/// else of the network changes.</remarks>
public static class Ablation
{
    /// <summary>Makes a copy of a model in which one unit has the same value at every step, from step 1 on.</summary>
    /// <param name="model">The model, an RNN of one layer that reads one way; it is not changed.</param>
    /// <param name="unit">Which unit, from 0 to H − 1.</param>
    /// <param name="value">The value, between −1 and 1; the unit's mean is the usual choice.</param>
    /// <returns>A separate model.</returns>
    /// <exception cref="ArgumentException">The model has another kind of inputs or targets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The unit does not exist, or a tanh cannot have the
    /// value.</exception>
    public static SequenceModel<double> Fix(SequenceModel<double> model, int unit, double value)
    {
        ArgumentNullException.ThrowIfNull(model);
        var shape = model.Shape;
        if (shape.Cell != CellKind.Rnn || shape.Layers != 1 || shape.Bidirectional)
        {
            throw new ArgumentException("Units can be fixed in an RNN of one layer that reads one way.", nameof(model));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, shape.HiddenSize);
        if (!(Math.Abs(value) < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                "This must lie between −1 and 1, as every tanh does."
            );
        }

        var copy = new SequenceModel<double>(shape, new SeededRandom(0));
        for (var p = 0; p < copy.Parameters.Count; p++)
        {
            model.Parameters[p].Values.CopyTo(copy.Parameters[p].Values, 0);
        }

        var layer = copy.Layers[0][0];
        for (var column = 0; column < layer.U.Columns; column++)
        {
            layer.U.Values[(column * layer.U.Rows) + unit] = 0;
        }

        for (var column = 0; column < layer.W.Columns; column++)
        {
            layer.W.Values[(column * layer.W.Rows) + unit] = 0;
        }

        layer.b.Values[unit] = Math.Atanh(value);
        return copy;
    }
}
