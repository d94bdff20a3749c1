using BenchmarkDotNet.Attributes;
using RnnCourse.Model;

namespace RnnCourse.Benchmarks.Micro;

/// <summary>A training step of each cell, at the course's size.</summary>
[MemoryDiagnoser]
public class CellBenchmarks : IDisposable
{
    private OurTrainingStep<float> _step = null!;

    /// <summary>The cell.</summary>
    [Params(CellKind.Rnn, CellKind.Gru, CellKind.Lstm)]
    public CellKind Cell { get; set; }

    /// <summary>The size of the state, H.</summary>
    [Params(64, 256)]
    public int Hidden { get; set; }

    [GlobalSetup]
    public void Prepare() => _step = new(new(Cell.ToString(), 65, Hidden, 50, 32), Environment.ProcessorCount);

    [GlobalCleanup]
    public void Dispose()
    {
        _step.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void TrainingStep() => _step.Run();
}
