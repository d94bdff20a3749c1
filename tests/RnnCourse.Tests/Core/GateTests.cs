using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class GateTests
{
    [Fact]
    public void A_gate_goes_from_closed_to_open_and_is_half_open_at_zero() =>
        Assert.Equal(
            [0, 0.5, 0.75, 1],
            Gate.Sigmoid(Vector<double>.Build.DenseOfArray([-1000, 0, Math.Log(3), 1000]))
                .Select(open => Math.Round(open, 12))
        );

    [Fact]
    public void A_gate_sums_what_the_plain_cell_sums()
    {
        var net = new VanillaRnn(3, 2, 2, new SeededRandom(1));
        var (x, s) = (Vector<double>.Build.DenseOfArray([1, -2, 3]), Vector<double>.Build.DenseOfArray([0.5, -0.5]));
        var state = new Gate(net.U, net.W, net.b).Sum(x, s).PointwiseTanh();
        Assert.Equal(net.Step(x, s).s_i, state);
    }
}
