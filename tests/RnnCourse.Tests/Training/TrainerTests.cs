using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Model.Files;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_learns_to_remember_what_it_saw_first()
    {
        // The class is the first of eight symbols, so only a lasting state can know it at the end.
        var random = new SeededRandom(5);
        List<SymbolSequence> sequences =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(_ =>
                {
                    int[] symbols = [.. Enumerable.Range(0, 8).Select(_ => random.NextIndex(3))];
                    return new SymbolSequence(symbols, [symbols[0]]);
                }),
        ];
        var model = new SequenceModel<float>(new ModelShape(CellKind.Lstm, 3, 16, 3), new SeededRandom(1));
        var batches = new ShuffledBatches<float>(sequences, 3, 20, new SeededRandom(2), ReadOut.LastStep);
        using var trainer = new Trainer<float>(
            model,
            new SoftmaxCrossEntropy<float>(),
            new Adam<float>(),
            batches,
            new()
            {
                LearningRate = new ConstantRate(0.02),
                ClipNorm = 5,
                LogEvery = 50,
            }
        );
        Assert.Equal(TrainingEnd.AllSteps, trainer.Run(300, Token));
        Assert.Equal([50, 100, 150, 200, 250, 300], trainer.Log.Entries.Select(entry => entry.Step));
        Assert.True(
            trainer.Log.Entries[0].Loss > 0.5 && trainer.Log.Entries[^1].Loss < 0.05,
            $"{trainer.Log.Entries[0].Loss} to {trainer.Log.Entries[^1].Loss}"
        );
        var counts = new ConfusionCounts(3);
        var unseen = new ShuffledBatches<float>(
            [new([2, 0, 0, 1, 0, 1, 0, 1], [2]), new([1, 2, 2, 2, 0, 0, 2, 2], [1])],
            3,
            2,
            new SeededRandom(2),
            ReadOut.LastStep
        );
        Evaluation.MeanLoss(model, new SoftmaxCrossEntropy<float>(), Evaluation.OneEpoch(unseen), counts);
        Assert.Equal(1, counts.Accuracy);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void A_resumed_training_goes_on_to_the_bit(bool stream, int threads)
    {
        using var whole = Make(stream, 1);
        whole.Run(37, Token);
        for (var cut = 0; cut < 37; cut += 9)
        {
            var path = PathOf("c");
            using (var first = Make(stream, 1))
            {
                first.Run(cut, Token);
                first.SaveCheckpoint(path);
            }

            using var second = Make(stream, threads, otherSeed: 77);
            second.Run(cut % 4, Token);
            second.Resume(path);
            Assert.Equal(cut, second.StepCount);
            second.Run(37 - cut, Token);
            Assert.Equal(whole.Model.Parameters.Select(p => p.Values), second.Model.Parameters.Select(p => p.Values));
            Assert.Equal(whole.Log.Entries, second.Log.Entries);
            Assert.Equal(whole.BestValidationLoss, second.BestValidationLoss);
        }
    }

    [Fact]
    public void A_loss_that_is_NaN_stops_the_training_and_keeps_the_last_checkpoint()
    {
        using var trainer = Make(
            true,
            1,
            new()
            {
                CheckpointPath = PathOf("c"),
                CheckpointEvery = 5,
                CarryState = true,
            }
        );
        trainer.Run(5, Token);
        var checkpoint = File.ReadAllBytes(PathOf("c"));
        trainer.Model.Output.V.Values[0] = float.NaN;
        var before = trainer.Model.Parameters.Select(p => p.Values.ToArray()).ToList();
        var message = Assert.Throws<TrainingDivergedException>(() => trainer.Run(5, Token)).Message;
        Assert.Contains("At step 6", message, StringComparison.Ordinal);
        Assert.Contains("smaller learning rate", message, StringComparison.Ordinal);
        Assert.Contains(PathOf("c"), message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.Model.Parameters.Select(p => p.Values));
        Assert.Throws<TrainingDivergedException>(() => trainer.SaveCheckpoint(PathOf("c")));
        Assert.Equal(checkpoint, File.ReadAllBytes(PathOf("c")));
        trainer.Resume(PathOf("c"));
        trainer.Run(3, Token);
        Assert.Equal(8, trainer.StepCount);
    }

    [Fact]
    public void A_learning_rate_far_too_large_is_reported_as_such()
    {
        using var trainer = Make(true, 1, new() { LearningRate = new ConstantRate(1e38) });
        Assert.Contains(
            "1E+38",
            Assert.Throws<TrainingDivergedException>(() => trainer.Run(50, Token)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_checkpoint_of_something_else_is_refused_and_changes_nothing()
    {
        using var trainer = Make(true, 1);
        trainer.Run(3, Token);
        trainer.SaveCheckpoint(PathOf("c"));
        ModelFile.Save(trainer.Model, PathOf("m"));
        var before = trainer.Model.Parameters.Select(p => p.Values.ToArray()).ToList();
        Assert.Contains(
            "format",
            Assert.Throws<InvalidDataException>(() => trainer.Resume(PathOf("m"))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<FileNotFoundException>(() => trainer.Resume(PathOf("nowhere")));
        using var sgd = new Trainer<float>(
            trainer.Model,
            new SoftmaxCrossEntropy<float>(),
            new Sgd<float>(),
            Source(true)
        );
        Assert.Contains(
            "Adam",
            Assert.Throws<InvalidDataException>(() => sgd.Resume(PathOf("c"))).Message,
            StringComparison.Ordinal
        );
        var wider = new SequenceModel<float>(trainer.Model.Shape with { HiddenSize = 9 }, new SeededRandom(1));
        using var other = new Trainer<float>(wider, new SoftmaxCrossEntropy<float>(), new Adam<float>(), Source(true));
        Assert.Contains(
            "another model",
            Assert.Throws<InvalidDataException>(() => other.Resume(PathOf("c"))).Message,
            StringComparison.Ordinal
        );
        var bytes = File.ReadAllBytes(PathOf("c"));
        foreach (var length in new[] { 0, 7, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(PathOf("short"), bytes[..length]);
            Assert.Throws<InvalidDataException>(() => trainer.Resume(PathOf("short")));
        }

        Assert.Equal(3, trainer.StepCount);
        Assert.Equal(before, trainer.Model.Parameters.Select(p => p.Values));
    }

    [Fact]
    public void Training_stops_when_validation_no_longer_improves()
    {
        var losses = new Queue<double>([3, 2, 2.5, 1, 1, 1.5, 0.1]);
        using var trainer = Make(
            true,
            1,
            new()
            {
                Validate = losses.Dequeue,
                ValidateEvery = 2,
                Patience = 2,
            }
        );
        Assert.Equal(TrainingEnd.NoImprovement, trainer.Run(100, Token));
        Assert.Equal(12, trainer.StepCount);
        Assert.Equal(1, trainer.BestValidationLoss);
        Assert.Equal(8, trainer.Log.Best!.Value.Step);
    }

    [Fact]
    public void A_validation_that_is_not_a_number_counts_as_no_improvement_and_later_ones_may_be_better()
    {
        var losses = new Queue<double>([3, double.NaN, 2, double.NaN, double.NaN]);
        using var trainer = Make(
            true,
            1,
            new()
            {
                Validate = losses.Dequeue,
                ValidateEvery = 1,
                Patience = 2,
                KeepBest = true,
            }
        );
        Assert.Equal(TrainingEnd.NoImprovement, trainer.Run(100, Token));
        Assert.Equal(5, trainer.StepCount);
        Assert.Equal(2, trainer.BestValidationLoss);
    }

    [Fact]
    public void The_log_holds_the_mean_loss_of_the_steps_since_the_entry_before()
    {
        using var trainer = Make(true, 1, new() { LogEvery = 3 });
        double[] losses = [.. Enumerable.Range(0, 9).Select(_ => trainer.Step())];
        Assert.Equal(
            losses.Chunk(3).Select(three => three.Average()),
            trainer.Log.Entries.Select(entry => entry.Loss),
            (expected, actual) => Math.Abs(expected - actual) < 1e-12
        );
    }

    [Fact]
    public void Each_step_draws_its_own_dropout()
    {
        // One batch only, and a rate so small that no weight changes: the losses differ only by the dropout.
        var model = new SequenceModel<float>(
            new ModelShape(CellKind.Gru, 4, 16, 4) { Layers = 2, Dropout = 0.5 },
            new SeededRandom(1)
        );
        using var trainer = new Trainer<float>(
            model,
            new SoftmaxCrossEntropy<float>(),
            new Sgd<float>(),
            new WindowBatches<float>([new([0, 1, 2, 3], [1, 2, 3, 0])], 4, steps: 4),
            new() { LearningRate = new ConstantRate(1e-30) }
        );
        double[] losses = [.. Enumerable.Range(0, 5).Select(_ => trainer.Step())];
        Assert.Equal(5, losses.Distinct().Count());
    }

    [Fact]
    public void A_cancelled_training_saves_where_it_is()
    {
        using var cancellation = new CancellationTokenSource();
        using var trainer = Make(
            true,
            1,
            new()
            {
                CheckpointPath = PathOf("c"),
                LogEvery = 7,
                Progress = entry => cancellation.Cancel(),
            }
        );
        Assert.Equal(TrainingEnd.Cancelled, trainer.Run(100, cancellation.Token));
        using var other = Make(true, 1, otherSeed: 4);
        other.Resume(PathOf("c"));
        Assert.Equal(7, other.StepCount);
    }

    [Fact]
    public void Carried_states_go_on_within_an_epoch_and_start_anew_with_the_next()
    {
        // With a rate this small no weight changes, so that a loss depends only on the batch and the initial state.
        double[] LossesOfTwoEpochs(bool carryState)
        {
            var model = new SequenceModel<float>(new ModelShape(CellKind.Gru, 4, 8, 4), new SeededRandom(1));
            var batches = new StreamBatches<float>(
                [0, 1, 3, 2, 0, 2, 1, 3, 3, 0, 1, 2, 1, 0, 3, 2, 1],
                4,
                steps: 2,
                batchSize: 2
            );
            Assert.Equal(3, batches.BatchesPerEpoch);
            using var trainer = new Trainer<float>(
                model,
                new SoftmaxCrossEntropy<float>(),
                new Sgd<float>(),
                batches,
                new() { LearningRate = new ConstantRate(1e-30), CarryState = carryState }
            );
            return [.. Enumerable.Range(0, 6).Select(_ => trainer.Step())];
        }

        var carried = LossesOfTwoEpochs(carryState: true);
        var fromZero = LossesOfTwoEpochs(carryState: false);
        Assert.Equal(carried[..3], carried[3..]);
        Assert.Equal(fromZero[0], carried[0]);
        Assert.NotEqual(fromZero[1], carried[1]);
        Assert.NotEqual(fromZero[2], carried[2]);
    }

    [Fact]
    public void Ten_thousand_steps_leave_nothing_behind()
    {
        using var trainer = Make(
            true,
            1,
            new()
            {
                LogEvery = 5000,
                CarryState = true,
                ClipNorm = 1,
            }
        );
        trainer.Run(500, Token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Run(10_000, Token);
        var perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        Assert.True(perStep < 1, $"{perStep} bytes a step");
    }

    [Fact]
    public void Invalid_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(true, 1, new() { ClipNorm = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(true, 1, new() { LogEvery = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(true, -1));
        var both = new SequenceModel<float>(
            new ModelShape(CellKind.Rnn, 4, 4, 4) { Bidirectional = true },
            new SeededRandom(1)
        );
        Assert.Throws<ArgumentException>(() =>
            new Trainer<float>(
                both,
                new SoftmaxCrossEntropy<float>(),
                new Sgd<float>(),
                Source(true),
                new() { CarryState = true }
            )
        );
    }

    private static Trainer<float> Make(bool stream, int threads, TrainerOptions? options = null, ulong otherSeed = 0)
    {
        var model = new SequenceModel<float>(
            new ModelShape(CellKind.Lstm, 4, 8, 4)
            {
                Layers = 2,
                Dropout = 0.2,
                LearntStart = !stream,
            },
            new SeededRandom(1 + otherSeed)
        );
        options ??= new()
        {
            LearningRate = new WarmUp(5, new CosineDecay(0.05, 30)),
            ClipNorm = 1,
            CarryState = stream,
            LogEvery = 3,
            ShardSize = 2,
            Validate = () => model.Parameters[0].Values[0],
            ValidateEvery = 10,
        };
        return new(
            model,
            new SoftmaxCrossEntropy<float>(),
            new Adam<float>(weightDecay: 0.01),
            Source(stream, otherSeed),
            options with
            {
                Threads = threads,
            }
        );
    }

    private static IBatchSource<float> Source(bool stream, ulong otherSeed = 0)
    {
        var random = new SeededRandom(3);
        if (stream)
        {
            return new StreamBatches<float>(
                [.. Enumerable.Range(0, 200).Select(k => (k % 3) + random.NextIndex(2))],
                4,
                5,
                6
            );
        }

        return new ShuffledBatches<float>(
            [
                .. Enumerable
                    .Range(0, 25)
                    .Select(_ =>
                    {
                        int[] symbols =
                        [
                            .. Enumerable.Range(0, 1 + random.NextIndex(6)).Select(_ => random.NextIndex(4)),
                        ];
                        return new SymbolSequence(symbols, [.. symbols.Select(symbol => (symbol + 1) % 4)]);
                    }),
            ],
            4,
            6,
            new SeededRandom(8 + otherSeed)
        );
    }
}
