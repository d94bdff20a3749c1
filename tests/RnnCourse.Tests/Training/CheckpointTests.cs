using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

/// <summary>When checkpoints are saved, and what happens if they cannot be.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    private string Checkpoint => Path.Combine(_folder, "c");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Checkpoints_come_after_half_a_minute_and_then_each_minute()
    {
        var clock = new SteppedClock();
        var saved = new List<double>();
        using var trainer = Make(
            new()
            {
                CheckpointPath = Checkpoint,
                CheckpointEvery = 0,
                CheckpointSaved = () => saved.Add(clock.Now.TotalSeconds),
                Clock = clock,
            }
        );
        for (var step = 0; step < 200; step++)
        {
            trainer.Step();
            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal([30, 90, 150], saved);
    }

    [Fact]
    public void A_checkpoint_that_takes_long_comes_less_often()
    {
        var clock = new SteppedClock();
        var saved = new List<double>();
        using var trainer = Make(
            new()
            {
                CheckpointPath = Checkpoint,
                CheckpointEvery = 0,
                CheckpointSaved = () => saved.Add(clock.Now.TotalSeconds),
                Clock = clock,
            }
        );
        // The clock is asked for the time before and after saving; ten seconds pass between the two.
        var written = File.GetLastWriteTimeUtc(Checkpoint);
        clock.Asked = () =>
        {
            if (File.GetLastWriteTimeUtc(Checkpoint) != written)
            {
                written = File.GetLastWriteTimeUtc(Checkpoint);
                clock.Now += TimeSpan.FromSeconds(10);
            }
        };
        for (var step = 0; step < 900; step++)
        {
            trainer.Step();
            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(2, saved.Count);
        Assert.True(saved[1] - saved[0] >= 490, $"{saved[1] - saved[0]} s");
    }

    [Fact]
    public void Where_a_checkpoint_cannot_be_written_the_training_goes_on_and_the_last_one_stays()
    {
        var failures = new List<Exception>();
        using var trainer = Make(
            new()
            {
                CheckpointPath = Checkpoint,
                CheckpointEvery = 10,
                CheckpointFailed = failures.Add,
            }
        );
        Assert.Equal(TrainingEnd.AllSteps, trainer.Run(10, TestContext.Current.CancellationToken));
        var first = File.ReadAllBytes(Checkpoint);
        File.Move(Checkpoint, Checkpoint + "-moved");
        Directory.CreateDirectory(Checkpoint);
        Assert.Equal(TrainingEnd.AllSteps, trainer.Run(30, TestContext.Current.CancellationToken));
        Assert.Equal(3, failures.Count);
        Assert.Equal(40, trainer.StepCount);
        Assert.Equal(first, File.ReadAllBytes(Checkpoint + "-moved"));
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));

        using var silent = Make(new() { CheckpointPath = Checkpoint, CheckpointEvery = 10 });
        Assert.ThrowsAny<Exception>(() => silent.Run(10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_best_parameters_travel_in_the_checkpoint()
    {
        double[] losses = [5, 3, 4, 6];
        var measured = 0;
        using var trainer = Make(
            new()
            {
                CheckpointPath = Checkpoint,
                CheckpointEvery = 4,
                ValidateEvery = 1,
                Validate = () => losses[measured++],
                KeepBest = true,
            }
        );
        float[] best = [];
        for (var step = 0; step < 4; step++)
        {
            trainer.Step();
            best = step == 1 ? [.. trainer.Model.Parameters.SelectMany(p => p.Values)] : best;
        }

        using var resumed = Make(new() { KeepBest = true });
        resumed.Resume(Checkpoint);
        Assert.Equal(best, resumed.BestParameters!.SelectMany(values => values));
        Assert.NotEqual(best, resumed.Model.Parameters.SelectMany(p => p.Values));
    }

    private static Trainer<float> Make(TrainerOptions options)
    {
        var random = new SeededRandom(3);
        int[] symbols = [.. Enumerable.Range(0, 500).Select(_ => random.NextIndex(5))];
        return new(
            new(new ModelShape(CellKind.Rnn, 5, 6, 5), new SeededRandom(1)),
            new SoftmaxCrossEntropy<float>(),
            new Adam<float>(),
            new StreamBatches<float>(symbols, 5, 4, 8),
            options with
            {
                LearningRate = new ConstantRate(0.01),
            }
        );
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public Action? Asked { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Asked?.Invoke();
            return Now.Ticks + 1;
        }
    }
}
