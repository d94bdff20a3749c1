using System.Numerics;
using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Benchmarks;

/// <summary>One training step of ours: forward, softmax cross-entropy on every output, backward, SGD.</summary>
internal sealed class OurTrainingStep<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly ShardedGradient<T> _gradient;
    private readonly Sgd<T> _optimiser = new();
    private readonly SequenceBatch<T> _batch;

    internal OurTrainingStep(TrainingShape shape, int threads)
    {
        var random = new SeededRandom(1);
        var cell = Enum.Parse<CellKind>(shape.Cell, ignoreCase: true);
        _model = new(
            new ModelShape(cell, shape.Vocabulary, shape.Hidden, shape.Vocabulary) { Layers = shape.Layers },
            random
        );
        _gradient = new(_model, new SoftmaxCrossEntropy<T>(), threads);
        _batch = SequenceBatch.OfSymbols<T>(shape.Vocabulary);
        _batch.Resize(shape.Steps, shape.Batch);
        foreach (ref var symbol in _batch.Symbols)
        {
            symbol = random.NextIndex(shape.Vocabulary);
        }
        foreach (ref var target in _batch.Targets)
        {
            target = random.NextIndex(shape.Vocabulary);
        }
    }

    internal void Run()
    {
        _gradient.Compute(_batch);
        _optimiser.Step(_model.Parameters, 0.01);
    }

    public void Dispose() => _gradient.Dispose();
}
