using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson14;

/// <summary>The inputs on which a gated step is tested: no two gates are equal, and no number is zero.</summary>
internal sealed record GateInputs(Vector<double> x_i, Vector<double> s_prev, Vector<double> c_prev, Gate[] Gates)
{
    private const int D = 4,
        H = 3;

    public static GateInputs Draw(ulong seed, int gates)
    {
        var random = new SeededRandom(seed + SampleNetwork.Shift);
        Vector<double> Numbers(int size) => SampleNetwork.Vector(size, random);
        Matrix<double> Rows(int columns) =>
            Matrix<double>.Build.DenseOfRowVectors(Enumerable.Range(0, H).Select(_ => Numbers(columns)));
        var (x_i, s_prev, c_prev) = (Numbers(D), Numbers(H), 6 * Numbers(H));
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

    /// <summary>U x_i + W s_{i−1} + b of a gate, as a term.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="others">The other gates, with which it can be mixed up.</param>
    public static Term SumOf(string gate, params IEnumerable<string> others) =>
        new ExchangeableTerm(
            gate,
            Plain(gate),
            [.. others.Where(other => other != gate).Select(other => (other, Plain(other)))]
        );

    private static Term Plain(string gate) =>
        new Name($"{gate}.U") * new Name("x_i") + new Name($"{gate}.W") * new Name("s_prev") + new Name($"{gate}.b");

    /// <summary>The inputs by name.</summary>
    /// <param name="names">The names of the gates.</param>
    public Memory Given(IReadOnlyList<string> names) =>
        Memory.With([
            ("x_i", x_i),
            ("s_prev", s_prev),
            ("c_prev", c_prev),
            .. Gates
                .Zip(names)
                .SelectMany(pair =>
                    new (string, object?)[]
                    {
                        ($"{pair.Second}.U", pair.First.U),
                        ($"{pair.Second}.W", pair.First.W),
                        ($"{pair.Second}.b", pair.First.b),
                        ($"{pair.Second}.b_W", pair.First.b_W),
                    }
                ),
        ]);

    public static Gate Copy(ArgumentCopies hand, Gate gate, string name) =>
        new(
            hand.Copy($"the U of {name}", gate.U),
            hand.Copy($"the W of {name}", gate.W),
            hand.Copy($"the b of {name}", gate.b),
            gate.b_W is null ? null : hand.Copy($"the b_W of {name}", gate.b_W)
        );
}
