using System.Numerics;

namespace RnnCourse.Model.Files;

/// <summary>Where PyTorch's gates lie in our layers.</summary>
/// <param name="Input">For each gate in PyTorch's order, its block of rows in U.</param>
/// <param name="Recurrent">The same for W.</param>
/// <param name="InputBias">For each gate, the block of b that holds its bias.</param>
/// <param name="OwnRecurrentBias">The gate whose recurrent bias is a number of its own, and its block of b.</param>
internal sealed record GateMap(int[] Input, int[] Recurrent, int[] InputBias, (int Gate, int Block)? OwnRecurrentBias)
{
    private static readonly GateMap Rnn = new([0], [0], [0], null);
    private static readonly GateMap Lstm = new([0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3], null);

    // PyTorch: r, z, n. Ours: U n, r, z; W r, z, n; b n, r, z, q.
    private static readonly GateMap Gru = new([1, 2, 0], [0, 1, 2], [1, 2, 0], (2, 3));

    public static GateMap Of<T>(RecurrentLayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer switch
        {
            LstmLayer<T> => Lstm,
            GruLayer<T> => Gru,
            _ => Rnn,
        };
}
