using System.Diagnostics;
using System.Runtime.CompilerServices;
using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

/// <summary>A training in a separate process, which is killed at an arbitrary moment.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const string ChildVariable = "RNNCOURSE_TESTS_TRAIN_TO";
    private const int StepsAfterKill = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_killed_training_resumes_to_the_bit()
    {
        var path = Path.Combine(_folder, "checkpoint");
        var token = TestContext.Current.CancellationToken;

        // The moment of the kill depends on the machine's load and this clock. The bits must not depend on it.
        var wait = Random.Shared.Next(0, 250);
        KillAfter(path, wait);
        using var resumed = Make(threads: 2, path: null);
        resumed.Resume(path);
        var done = (int)resumed.StepCount;
        Assert.True(done > 0);
        resumed.Run(StepsAfterKill, token);
        using var whole = Make(threads: 1, path: null);
        whole.Run(done + StepsAfterKill, token);
        Assert.True(
            whole
                .Model.Parameters.SelectMany(p => p.Values)
                .SequenceEqual(resumed.Model.Parameters.SelectMany(p => p.Values)),
            $"Killed {wait} ms after the first checkpoint, resumed from step {done}: other parameters than without."
        );
        Assert.Equal(whole.Log.Entries[^1], resumed.Log.Entries[^1]);
    }

    private static void KillAfter(string path, int milliseconds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledTrainingTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ChildVariable] = path;
        using var child = Process.Start(start)!;
        try
        {
            while (!File.Exists(path))
            {
                Assert.False(child.HasExited, "The training ended before its first checkpoint.");
                Thread.Sleep(1);
            }

            Thread.Sleep(milliseconds);
            Assert.False(child.HasExited, "The training ended by itself; there was nothing to kill.");
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    // Runs before the test runner does; in the child, nothing else runs.
#pragma warning disable CA2255 // The test project is an application: this is its other main program.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void TrainUntilKilled()
    {
        if (Environment.GetEnvironmentVariable(ChildVariable) is not { } path)
        {
            return;
        }

        using var trainer = Make(threads: 2, path);
        trainer.Run(10_000_000);
        Environment.Exit(0);
    }

    private static Trainer<float> Make(int threads, string? path)
    {
        var random = new SeededRandom(11);
        int[] symbols = [.. Enumerable.Range(0, 3000).Select(_ => random.NextIndex(9))];
        var model = new SequenceModel<float>(
            new ModelShape(CellKind.Gru, 9, 20, 9) { Layers = 2, Dropout = 0.2 },
            new SeededRandom(1)
        );
        return new Trainer<float>(
            model,
            new SoftmaxCrossEntropy<float>(),
            new Adam<float>(),
            new StreamBatches<float>(symbols, 9, 8, 18),
            new()
            {
                LearningRate = new ConstantRate(0.01),
                ClipNorm = 1,
                CarryState = true,
                LogEvery = 1,
                Threads = threads,
                CheckpointPath = path,
                CheckpointEvery = 2,
            }
        );
    }
}
