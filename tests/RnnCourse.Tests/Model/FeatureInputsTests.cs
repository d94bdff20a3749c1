using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tests.Model;

/// <summary>Inputs that are zero except for a few ones: nothing is multiplied, and the numbers are those of dense
/// inputs.</summary>
public sealed class FeatureInputsTests
{
    private const int D = 40,
        K = 5;

    public static TheoryData<CellKind, bool> Models =>
        new(Enum.GetValues<CellKind>().SelectMany(cell => new[] { (cell, false), (cell, true) }));

    [Theory]
    [MemberData(nameof(Models))]
    public void Outputs_and_gradients_are_those_of_dense_inputs(CellKind cell, bool bothWays)
    {
        var random = new SeededRandom(8);
        var shape = new ModelShape(cell, D, 6, K) { Layers = 2, Bidirectional = bothWays };
        var (sparse, dense) = Draw(random, sequences: 9, longest: 11);
        var model = new SequenceModel<double>(shape, new SeededRandom(2));
        var other = new SequenceModel<double>(shape, new SeededRandom(2));
        var loss = new SoftmaxCrossEntropy<double>();
        using var one = new ShardedGradient<double>(model, loss);
        using var two = new ShardedGradient<double>(other, loss);

        // Twice, so that a rest of the first batch in the buffers would be noticed.
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(two.Compute(dense), one.Compute(sparse), 1e-12);
            foreach (var (expected, found) in other.Parameters.Zip(model.Parameters))
            {
                for (var k = 0; k < expected.Gradient.Length; k++)
                {
                    Assert.Equal(expected.Gradient[k], found.Gradient[k], 1e-12);
                }
            }

            (sparse, dense) = Draw(random, sequences: 5, longest: 20);
        }

        Assert.True(model.InputGradients.IsEmpty);
    }

    [Fact]
    public void A_place_counts_once_and_must_exist()
    {
        var sequence = VectorSequence.OfFeatures(
            [
                [3, 1, 3],
            ],
            [0]
        );
        var batch = sequence.NewBatch<float>(D);
        batch.Resize(1, 1);
        sequence.WriteTo(batch, 0);
        Assert.Equal([1, 3], batch.Features[0]!);
        var model = new SequenceModel<float>(new ModelShape(CellKind.Rnn, D, 2, K), new SeededRandom(1));
        batch.Features[0] = [D];
        Assert.Contains(
            "places are 0 to 39",
            Assert.Throws<ArgumentException>(() => model.Forward(batch).Length).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() =>
            ShuffledBatches.OfVectors<float>(
                [sequence, VectorSequence.OfClasses([new float[D]], [0])],
                D,
                2,
                new SeededRandom(1)
            )
        );
    }

    private static (SequenceBatch<double> Sparse, SequenceBatch<double> Dense) Draw(
        SeededRandom random,
        int sequences,
        int longest
    )
    {
        var sparse = SequenceBatch.OfFeatures<double>(D);
        var dense = SequenceBatch.OfValues<double>(D);
        int[] lengths = [longest, .. Enumerable.Range(1, sequences - 1).Select(_ => random.NextIndex(longest + 1))];
        sparse.Resize(longest, sequences);
        dense.Resize(longest, sequences);
        dense.Values.Clear();
        for (var column = 0; column < sparse.Columns; column++)
        {
            int[] places =
            [
                .. Enumerable.Range(0, random.NextIndex(5)).Select(_ => random.NextIndex(D)).Distinct().Order(),
            ];
            sparse.Features[column] = places.Length == 0 ? null : places;
            foreach (var place in places)
            {
                dense.Values[(column * D) + place] = 1;
            }

            if (column / sequences < lengths[column % sequences])
            {
                sparse.Targets[column] = dense.Targets[column] = random.NextIndex(K);
            }
        }

        sparse.SetLengths(lengths);
        dense.SetLengths(lengths);
        return (sparse, dense);
    }
}
