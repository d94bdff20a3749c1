using System.Numerics;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>How weights start.</summary>
internal static class Initialisation
{
    /// <summary>Draws every number uniformly from ±1/√scale, row after row: in the order in which the core's networks
    /// draw theirs.</summary>
    public static void Uniform<T>(Parameter<T> weights, int scale, SeededRandom random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        var bound = 1 / Math.Sqrt(scale);
        for (var row = 0; row < weights.Rows; row++)
        {
            for (var column = 0; column < weights.Columns; column++)
            {
                weights.Values[row + (column * weights.Rows)] = T.CreateChecked(random.NextUniform(-bound, bound));
            }
        }
    }
}
