using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class BatchedRnnTests
{
    private static readonly Gen<(ulong Seed, int[] Lengths)> AnyBatch = Gen.Select(
        Gen.ULong,
        Gen.Int[0, 6].Array[1, 5].Where(lengths => lengths.Any(n => n > 0))
    );

    [Fact]
    public void A_batch_gives_the_sum_of_what_its_sequences_give_alone() =>
        AnyBatch.Sample(batch =>
        {
            var (rnn, sequences) = Draw(batch.Seed, batch.Lengths);
            var g = BatchedRnn.Backward(rnn, BatchedRnn.Forward(rnn, sequences));
            var alone = sequences
                .Where(e => e.x.Count > 0)
                .Select(e => rnn.Backward(rnn.Forward(e.x), e.targets))
                .ToList();
            AssertNear(alone.Aggregate(0 * rnn.U, (sum, one) => sum + one.dU), g.dU);
            AssertNear(alone.Aggregate(0 * rnn.W, (sum, one) => sum + one.dW), g.dW);
            AssertNear(alone.Aggregate(0 * rnn.V, (sum, one) => sum + one.dV), g.dV);
            AssertNear(alone.Aggregate(0 * rnn.b, (sum, one) => sum + one.db).ToColumnMatrix(), g.db.ToColumnMatrix());
            AssertNear(alone.Aggregate(0 * rnn.c, (sum, one) => sum + one.dc).ToColumnMatrix(), g.dc.ToColumnMatrix());
            AssertNear(
                alone.Aggregate(0 * rnn.s_0, (sum, one) => sum + one.ds_0).ToColumnMatrix(),
                g.ds_0.ToColumnMatrix()
            );
        });

    [Fact]
    public void States_and_outputs_lie_step_after_step()
    {
        var (rnn, sequences) = Draw(3, [4, 2, 4]);
        var trace = BatchedRnn.Forward(rnn, sequences);
        Assert.Equal((4, 3), (trace.T, trace.B));
        for (var m = 0; m < 3; m++)
        {
            var (_, s, y) = rnn.Forward(sequences[m].x);
            for (var t = 0; t < s.Count; t++)
            {
                AssertNear(s[t].ToColumnMatrix(), trace.S.Column((t * 3) + m).ToColumnMatrix());
            }

            for (var t = 1; t <= y.Count; t++)
            {
                AssertNear(y[t - 1].ToColumnMatrix(), trace.Y.Column(((t - 1) * 3) + m).ToColumnMatrix());
            }
        }
    }

    [Fact]
    public void Blocks_are_copies_of_whole_steps()
    {
        var M = Matrix<double>.Build.Dense(2, 6, (row, column) => (10 * row) + column);
        Assert.Equal(
            Matrix<double>.Build.DenseOfArray(
                new double[,]
                {
                    { 2, 3, 4, 5 },
                    { 12, 13, 14, 15 },
                }
            ),
            BatchedRnn.Blocks(M, 1, 2, 2)
        );
        BatchedRnn.Blocks(M, 0, 1, 2)[0, 0] = 99;
        Assert.Equal(0, M[0, 0]);
        Assert.Equal(0, BatchedRnn.Blocks(M, 3, 0, 2).ColumnCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchedRnn.Blocks(M, 2, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchedRnn.Blocks(M, -1, 1, 2));
    }

    [Fact]
    public void An_invalid_batch_is_refused()
    {
        var (rnn, sequences) = Draw(4, [2]);
        Assert.Throws<ArgumentException>(() => BatchedRnn.Forward(rnn, []));
        Assert.Throws<ArgumentException>(() => BatchedRnn.Forward(rnn, [new([], [])]));
        Assert.Contains(
            "sequence 0",
            Assert
                .Throws<ArgumentException>(() => BatchedRnn.Forward(rnn, [sequences[0] with { targets = [1, 9] }]))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => BatchedRnn.Forward(rnn, [sequences[0] with { targets = [1] }]));
    }

    private static (VanillaRnn Rnn, List<GradientDescent.Example> Sequences) Draw(ulong seed, int[] lengths)
    {
        var random = new SeededRandom(seed);
        var rnn = new VanillaRnn(3, 4, 5, random);
        foreach (var parameter in rnn.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] = random.NextUniform(-1, 1);
            }
        }

        return (
            rnn,
            [
                .. lengths.Select(n => new GradientDescent.Example(
                    [
                        .. Enumerable
                            .Range(0, n)
                            .Select(_ => Vector<double>.Build.Dense(3, _ => random.NextUniform(-1, 1))),
                    ],
                    [.. Enumerable.Range(0, n).Select(_ => random.NextIndex(6) is < 5 and var k ? (int?)k : null)]
                )),
            ]
        );
    }

    private static void AssertNear(Matrix<double> expected, Matrix<double> actual)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        Assert.InRange((expected - actual).Enumerate().Max(Math.Abs), 0, 1e-12);
    }
}
