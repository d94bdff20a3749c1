using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class VectorBatchesTests
{
    [Fact]
    public void Vectors_features_and_numbers_land_in_their_columns()
    {
        VectorSequence[] dense =
        [
            VectorSequence.OfClasses(
                [
                    [1, 2],
                    [3, 4],
                ],
                [5]
            ),
            VectorSequence.OfClasses(
                [
                    [6, 7],
                ],
                [8]
            ),
        ];
        var batch = ShuffledBatches
            .OfVectors<float>(dense, 2, 2, new SeededRandom(1), ReadOut.LastStep)
            .NextBatch(out _);
        var first = batch.Targets[0] == 5 ? 0 : 1;
        Assert.Equal([1, 2], batch.Values.Slice(first * 2, 2).ToArray());
        Assert.Equal([3, 4], batch.Values.Slice(4 + (first * 2), 2).ToArray());
        Assert.Equal(8, batch.Targets[1 - first]);
        Assert.False(batch.Mask[3 - first]);

        var features = ShuffledBatches
            .OfVectors<double>(
                [
                    VectorSequence.OfFeatures(
                        [
                            [0, 2],
                            [],
                        ],
                        [1, -1]
                    ),
                ],
                3,
                1,
                new SeededRandom(1)
            )
            .NextBatch(out _);
        Assert.Equal(
            [
                [0, 2],
                [],
            ],
            features.Features.ToArray()
        );
        Assert.True(features.Values.IsEmpty);
        Assert.Equal([1, -1], features.Targets.ToArray());

        var numbers = ShuffledBatches
            .OfVectors<float>(
                [
                    VectorSequence.OfNumbers(
                        [
                            [1],
                            [2],
                        ],
                        [
                            [3, 4],
                        ]
                    ),
                ],
                1,
                1,
                new SeededRandom(1),
                ReadOut.LastStep
            )
            .NextBatch(out _);
        Assert.Equal([3, 4], numbers.TargetValues.ToArray());
        Assert.Equal(2, numbers.TargetSize);
    }

    [Fact]
    public void Sequences_that_do_not_fit_are_refused()
    {
        ShuffledBatches<float> Of(params VectorSequence[] sequences) =>
            ShuffledBatches.OfVectors<float>(sequences, 2, 1, new SeededRandom(1), ReadOut.LastStep);
        Assert.Contains(
            "Input 1 of sequence 0",
            Assert
                .Throws<ArgumentException>(() =>
                    Of(
                        VectorSequence.OfClasses(
                            [
                                [1, 2],
                                [3],
                            ],
                            [0]
                        )
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Input 0 of sequence 1",
            Assert
                .Throws<ArgumentException>(() =>
                    Of(
                        VectorSequence.OfFeatures(
                            [
                                [1],
                            ],
                            [0]
                        ),
                        VectorSequence.OfFeatures(
                            [
                                [2],
                            ],
                            [0]
                        )
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "targets of another kind",
            Assert
                .Throws<ArgumentException>(() =>
                    Of(
                        VectorSequence.OfClasses(
                            [
                                [1, 2],
                            ],
                            [0]
                        ),
                        VectorSequence.OfNumbers(
                            [
                                [1, 2],
                            ],
                            [
                                [0],
                            ]
                        )
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "needs 1",
            Assert
                .Throws<ArgumentException>(() =>
                    Of(
                        VectorSequence.OfClasses(
                            [
                                [1, 2],
                            ],
                            [0, 1]
                        )
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void By_length_each_epoch_shows_every_sequence_once_and_a_position_brings_batches_back()
    {
        var random = new SeededRandom(2);
        SymbolSequence[] sequences =
        [
            .. Enumerable
                .Range(0, 101)
                .Select(k => new SymbolSequence([.. Enumerable.Repeat(0, 1 + random.NextIndex(9))], [k])),
        ];
        ShuffledBatches<float> Make(ulong seed) =>
            new(sequences, 1, 8, new SeededRandom(seed), ReadOut.LastStep, byLength: true);
        var (source, other) = (Make(1), Make(2));
        for (var epoch = 0; epoch < 2; epoch++)
        {
            Assert.Equal(
                Enumerable.Range(0, 101),
                Enumerable.Range(0, source.BatchesPerEpoch).SelectMany(_ => Next(source)).Order()
            );
        }

        Next(source);
        other.Position = source.Position;
        for (var k = 0; k < 30; k++)
        {
            Assert.Equal(Next(source), Next(other));
        }

        static int[] Next(ShuffledBatches<float> batches) => batches.NextBatch(out bool _).Targets.ToArray();
    }
}
