using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Tests.Inspection;

public sealed class StateRecordTests
{
    private static readonly ModelShape Shape = new(CellKind.Rnn, 4, 3, 2);

    [Fact]
    public void States_and_outputs_are_those_of_the_reference_sequence_after_sequence()
    {
        var rnn = new VanillaRnn(4, 3, 2, new SeededRandom(5));
        int[][] sequences =
        [
            [0, 3, 1],
            [2],
            [],
            [1, 1],
        ];
        var record = StateRecord.Of(new SequenceModel<double>(Shape, new SeededRandom(5)), sequences);
        var traces = sequences
            .Select(sequence =>
                rnn.Forward([.. sequence.Select(symbol => Vector<double>.Build.Dense(4, k => k == symbol ? 1 : 0))])
            )
            .ToList();
        var states = traces.SelectMany(trace => trace.s.Skip(1)).ToList();
        Assert.Equal((3, 6), (record.S.RowCount, record.S.ColumnCount));
        for (var n = 0; n < states.Count; n++)
        {
            Assert.True((record.S.Column(n) - states[n]).AbsoluteMaximum() < 1e-12);
        }

        Assert.Equal([.. traces.SelectMany(trace => trace.y).Select(y => y.MaximumIndex())], record.Answers());
        Assert.Equal([0, 3, 1, 2, 1, 1], record.Symbols);
        Assert.Equal([1, 2, 3, 1, 1, 2], record.Steps);
    }

    [Fact]
    public void A_carried_state_is_neither_used_nor_lost()
    {
        var model = new SequenceModel<double>(Shape, new SeededRandom(5));
        var fresh = StateRecord
            .Of(
                model,
                [
                    [1, 2],
                ]
            )
            .S;
        var batch = SequenceBatch.OfSymbols<double>(4);
        batch.Resize(2, 1);
        model.Forward(batch);
        model.CarryState();
        var carried = model.CarriedState[0];
        Assert.Equal(
            fresh,
            StateRecord
                .Of(
                    model,
                    [
                        [1, 2],
                    ]
                )
                .S
        );
        Assert.Equal(carried, model.CarriedState[0]);
    }

    [Fact]
    public void Nothing_to_record_and_two_states_at_a_step_are_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            StateRecord.Of(
                new SequenceModel<double>(Shape, new SeededRandom(1)),
                [
                    [],
                ]
            )
        );
        Assert.Throws<ArgumentException>(() =>
            StateRecord.Of(
                new SequenceModel<double>(Shape with { Bidirectional = true }, new SeededRandom(1)),
                [
                    [1],
                ]
            )
        );
    }
}
