using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Tests.Inspection;

public sealed class AblationTests
{
    private static readonly ModelShape Shape = new(CellKind.Rnn, 4, 3, 2);

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(2, -0.99)]
    [InlineData(1, 0)]
    public void The_network_does_what_a_loop_does_that_overwrites_the_unit(int unit, double value)
    {
        var rnn = new VanillaRnn(4, 3, 2, new SeededRandom(5));
        int[] symbols = [0, 3, 1, 2, 2];
        var record = StateRecord.Of(
            Ablation.Fix(new SequenceModel<double>(Shape, new SeededRandom(5)), unit, value),
            [symbols]
        );
        var s_prev = rnn.s_0;
        for (var i = 0; i < symbols.Length; i++)
        {
            var s_i = rnn.Step(Vector<double>.Build.Dense(4, k => k == symbols[i] ? 1 : 0), s_prev).s_i;
            s_i[unit] = value;
            Assert.True((record.S.Column(i) - s_i).AbsoluteMaximum() < 1e-12);
            Assert.True((record.Scores.Column(i) - ((rnn.V * s_i) + rnn.c)).AbsoluteMaximum() < 1e-12);
            s_prev = s_i;
        }
    }

    [Fact]
    public void The_original_is_not_changed()
    {
        var model = new SequenceModel<double>(Shape, new SeededRandom(5));
        var before = model.Parameters.SelectMany(parameter => parameter.Values).ToList();
        Ablation.Fix(model, 1, 0.5);
        Assert.Equal(before, model.Parameters.SelectMany(parameter => parameter.Values));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 1)]
    [InlineData(0, double.NaN)]
    public void A_unit_or_a_value_that_cannot_be_is_refused(int unit, double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Ablation.Fix(new SequenceModel<double>(Shape, new SeededRandom(1)), unit, value)
        );

    [Fact]
    public void Other_cells_more_layers_and_two_directions_are_refused() =>
        Assert.All(
            [Shape with { Cell = CellKind.Gru }, Shape with { Layers = 2 }, Shape with { Bidirectional = true }],
            shape =>
                Assert.Throws<ArgumentException>(() =>
                    Ablation.Fix(new SequenceModel<double>(shape, new SeededRandom(1)), 0, 0)
                )
        );
}
