using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson14;

/// <summary>What a gated step is tried on: no two gates alike, nothing zero.</summary>
internal sealed record GateInputs(Vector<double> x_i, Vector<double> s_prev, Vector<double> c_prev, Gate[] Gates)
{
    private const int D = 4,
        H = 3;

    public static GateInputs Draw(ulong seed, int gates)
    {
        var random = new SeededRandom(seed);
        Vector<double> Numbers(int size) => SampleNetwork.Vector(size, random);
        Matrix<double> Rows(int columns) =>
            Matrix<double>.Build.DenseOfRowVectors(Enumerable.Range(0, H).Select(_ => Numbers(columns)));
        var (x_i, s_prev, c_prev) = (Numbers(D), Numbers(H), 2 * Numbers(H));
        return new(
            x_i,
            s_prev,
            c_prev,
            [
                .. Enumerable
                    .Range(0, gates)
                    .Select(k => new Gate(Rows(D), Rows(H), Numbers(H), gates == 3 && k == 2 ? Numbers(H) : null)),
            ]
        );
    }

    public static Gate Copy(ArgumentCopies hand, Gate gate, string name) =>
        new(
            hand.Copy($"the U of {name}", gate.U),
            hand.Copy($"the W of {name}", gate.W),
            hand.Copy($"the b of {name}", gate.b),
            gate.b_W is null ? null : hand.Copy($"the b_W of {name}", gate.b_W)
        );
}
