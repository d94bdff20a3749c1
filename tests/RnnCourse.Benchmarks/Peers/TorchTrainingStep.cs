using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCourse.Benchmarks.Peers;

/// <summary>One training step of libtorch: forward, softmax cross-entropy on every output, backward, SGD.</summary>
/// <remarks>Two ways to feed characters: one-hot vectors made beforehand, or rows of an embedding of the input's size;
/// the faster of the two counts.</remarks>
internal sealed class TorchTrainingStep : IDisposable
{
    private readonly nn.Module<Tensor, Tensor?, Tensor> _cell;
    private readonly Linear _output;
    private readonly Embedding? _embedding;
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _input;
    private readonly Tensor _targets;
    private readonly long _classes;

    internal TorchTrainingStep(TrainingShape shape, bool embed, ScalarType type)
    {
        random.manual_seed(1);
        _classes = shape.Vocabulary;
        _cell = Cell(shape);
        _output = nn.Linear(shape.Hidden, shape.Vocabulary);
        _embedding = embed ? nn.Embedding(shape.Vocabulary, shape.Vocabulary) : null;
        _cell.to(type);
        _output.to(type);
        _embedding?.to(type);
        var parameters = _cell.parameters().Concat(_output.parameters()).Concat(_embedding?.parameters() ?? []);
        _optimizer = optim.SGD(parameters, 0.01);
        using var scope = NewDisposeScope();
        var indices = randint(0, shape.Vocabulary, [shape.Steps, shape.Batch]);
        _input = (
            embed ? indices : nn.functional.one_hot(indices, shape.Vocabulary).to(type)
        ).MoveToOuterDisposeScope();
        _targets = randint(0, shape.Vocabulary, [shape.Steps * shape.Batch]).MoveToOuterDisposeScope();
    }

    internal void Run()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var states = _cell.call(_embedding is null ? _input : _embedding.call(_input), null);
        var scores = _output.call(states).view(-1, _classes);
        var loss = nn.functional.cross_entropy(scores, _targets);
        loss.backward();
        _optimizer.step();
    }

    public void Dispose()
    {
        _cell.Dispose();
        _output.Dispose();
        _embedding?.Dispose();
        _optimizer.Dispose();
        _input.Dispose();
        _targets.Dispose();
    }

    private static nn.Module<Tensor, Tensor?, Tensor> Cell(TrainingShape shape) => new StatesOnly(shape);

    // RNN, GRU and LSTM return different tuples; only the states of every step are needed here.
    private sealed class StatesOnly : nn.Module<Tensor, Tensor?, Tensor>
    {
        private readonly nn.Module _cell;
        private readonly Func<Tensor, Tensor> _states;

        internal StatesOnly(TrainingShape shape)
            : base(nameof(StatesOnly))
        {
            switch (shape.Cell)
            {
                case "RNN":
                    var rnn = nn.RNN(shape.Vocabulary, shape.Hidden, shape.Layers);
                    (_cell, _states) = (rnn, x => rnn.forward(x, null).Item1);
                    break;
                case "GRU":
                    var gru = nn.GRU(shape.Vocabulary, shape.Hidden, shape.Layers);
                    (_cell, _states) = (gru, x => gru.forward(x, null).Item1);
                    break;
                default:
                    var lstm = nn.LSTM(shape.Vocabulary, shape.Hidden, shape.Layers);
                    (_cell, _states) = (lstm, x => lstm.forward(x, null).Item1);
                    break;
            }

            register_module("cell", _cell);
        }

        public override Tensor forward(Tensor input, Tensor? state) => _states(input);
    }
}
