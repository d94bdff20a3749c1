using RnnCourse.Model;
using RnnCourse.Model.Files;
using RnnCourse.Training;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace RnnCourse.Benchmarks.Peers;

/// <summary>A task's training in libtorch, as PyTorch's users write it: from the same weights, on the same batches,
/// with the same loss, clipping, optimiser and learning rates as ours.</summary>
/// <remarks>libtorch's recurrent layers take dense inputs only, so symbols and features are written into zeros first.
/// Sequences of different lengths are packed where a backward reader or a last state needs it. Our model has one bias
/// where libtorch has two; the second one's gradient is kept zero, so that both learn alike.</remarks>
internal sealed class TorchTaskTraining : IDisposable
{
    private readonly ModelShape _shape;
    private readonly TrainerOptions _options;
    private readonly nn.Module _cell;
    private readonly TorchSharp.Modules.Linear _output;
    private readonly optim.Optimizer _optimizer;
    private readonly List<TorchSharp.Modules.Parameter> _parameters;
    private readonly List<(TorchSharp.Modules.Parameter Bias, Tensor Learns)> _secondBiases = [];
    private Tensor? _h,
        _c;
    private long _step;

    internal TorchTaskTraining(SequenceModel<float> start, TrainerOptions options, double weightDecay)
    {
        (_shape, _options) = (start.Shape, options);
        var (D, H, layers, both, dropout) = (
            _shape.InputSize,
            _shape.HiddenSize,
            _shape.Layers,
            _shape.Bidirectional,
            _shape.Dropout
        );
        _cell = _shape.Cell switch
        {
            CellKind.Rnn => nn.RNN(D, H, layers, dropout: dropout, bidirectional: both),
            CellKind.Gru => nn.GRU(D, H, layers, dropout: dropout, bidirectional: both),
            _ => nn.LSTM(D, H, layers, dropout: dropout, bidirectional: both),
        };
        _output = nn.Linear(both ? 2 * H : H, _shape.OutputSize);
        CopyWeights(start);
        _parameters = [.. _cell.parameters(), .. _output.parameters()];
        _optimizer = optim.AdamW(_parameters, 0.001, weight_decay: weightDecay);
    }

    /// <summary>Takes one step; returns the loss before it.</summary>
    internal double Step(SequenceBatch<float> batch, bool startsAnew)
    {
        using var scope = NewDisposeScope();
        if (!_options.CarryState || startsAnew)
        {
            Forget();
        }

        _optimizer.zero_grad();
        using var scores = Scores(batch);
        using var targets = tensor([.. batch.Targets.ToArray().Select(k => (long)k)]);
        using var loss = nn.functional.cross_entropy(scores, targets, ignore_index: -1);
        loss.backward();
        foreach (var (bias, learns) in _secondBiases)
        {
            bias.grad?.mul_(learns);
        }

        if (_options.ClipNorm is { } norm)
        {
            nn.utils.clip_grad_norm_(_parameters, norm);
        }

        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = _options.LearningRate.At(_step);
        }

        _optimizer.step();
        _step++;
        return loss.item<float>();
    }

    public void Dispose()
    {
        Forget();
        _cell.Dispose();
        _output.Dispose();
        _optimizer.Dispose();
        foreach (var (_, learns) in _secondBiases)
        {
            learns.Dispose();
        }
    }

    // Shape (outputs, K).
    private Tensor Scores(SequenceBatch<float> batch)
    {
        var input = Input(batch);
        if (batch.ReadOut == ReadOut.EveryStep && !_shape.Bidirectional)
        {
            // Padding is at the end, where it changes nothing that is read.
            var (states, h, c) = Run(input);
            if (_options.CarryState)
            {
                Forget();
                _h = h.detach().DetachFromDisposeScope();
                _c = c?.detach().DetachFromDisposeScope();
            }

            return _output.call(states).view(-1, _shape.OutputSize);
        }

        var lengths = Lengths(batch);
        using var packed = nn.utils.rnn.pack_padded_sequence(input, tensor(lengths), enforce_sorted: false);
        var (all, last) = _cell switch
        {
            TorchSharp.Modules.RNN rnn => Two(rnn.call(packed)),
            TorchSharp.Modules.GRU gru => Two(gru.call(packed)),
            var lstm => Three(((TorchSharp.Modules.LSTM)lstm).call(packed)),
        };
        if (batch.ReadOut == ReadOut.EveryStep)
        {
            var (states, _) = nn.utils.rnn.pad_packed_sequence(all, total_length: batch.Steps);
            return _output.call(states).view(-1, _shape.OutputSize);
        }

        return _output.call(_shape.Bidirectional ? cat([last[-2], last[-1]], 1) : last[-1]);

        static (nn.utils.rnn.PackedSequence, Tensor) Two((nn.utils.rnn.PackedSequence, Tensor) result) => result;
        static (nn.utils.rnn.PackedSequence, Tensor) Three(
            (nn.utils.rnn.PackedSequence All, Tensor Last, Tensor Cells) result
        ) => (result.All, result.Last);
    }

    private (Tensor States, Tensor H, Tensor? C) Run(Tensor input)
    {
        switch (_cell)
        {
            case TorchSharp.Modules.RNN rnn:
                var (states, h) = rnn.call(input, _h);
                return (states, h, null);
            case TorchSharp.Modules.GRU gru:
                (states, h) = gru.call(input, _h);
                return (states, h, null);
            default:
                var lstm = (TorchSharp.Modules.LSTM)_cell;
                (states, h, var c) = lstm.call(input, _h is null ? null : (_h, _c!));
                return (states, h, c);
        }
    }

    // Shape (T, B, D): zeros, with ones where there is a symbol or a feature.
    private static Tensor Input(SequenceBatch<float> batch)
    {
        List<long> ones = [];
        var D = (long)batch.InputSize;
        for (var column = 0; column < batch.Columns; column++)
        {
            if (batch.HasFeatures)
            {
                foreach (var place in batch.Features[column] ?? [])
                {
                    ones.Add((column * D) + place);
                }
            }
            else if (batch.Symbols[column] >= 0)
            {
                ones.Add((column * D) + batch.Symbols[column]);
            }
        }

        var input = zeros(batch.Columns * D);
        using var places = tensor([.. ones]);
        input.index_fill_(0, places, 1);
        return input.view(batch.Steps, batch.BatchSize, D);
    }

    private static long[] Lengths(SequenceBatch<float> batch)
    {
        var lengths = new long[batch.BatchSize];
        for (var column = 0; column < batch.Columns; column++)
        {
            lengths[column % batch.BatchSize] += !batch.HasMask || batch.Mask[column] ? 1 : 0;
        }

        return lengths;
    }

    private void Forget()
    {
        _h?.Dispose();
        _c?.Dispose();
        (_h, _c) = (null, null);
    }

    private void CopyWeights(SequenceModel<float> start)
    {
        var path = Path.Combine(Path.GetTempPath(), $"rnn-benchmark-{Guid.NewGuid():N}");
        try
        {
            PyTorchWeights.Export(start, path);
            var tensors = SafetensorsFile.Read(path).Tensors.ToDictionary(stored => stored.Name);
            using var off = no_grad();
            foreach (
                var (name, parameter) in _cell
                    .named_parameters()
                    .Select(pair => ($"rnn.{pair.name}", pair.parameter))
                    .Concat(_output.named_parameters().Select(pair => ($"output.{pair.name}", pair.parameter)))
            )
            {
                var stored = tensors[name];
                using var values = tensor(stored.Read<float>(), [.. stored.Shape.Select(size => (long)size)]);
                parameter.copy_(values);
                if (name.Contains("bias_hh", StringComparison.Ordinal))
                {
                    // Only a GRU's candidate has a separate recurrent bias.
                    var learns = zeros_like(values);
                    if (_shape.Cell == CellKind.Gru)
                    {
                        learns[TensorIndex.Slice(2 * _shape.HiddenSize)].fill_(1);
                    }

                    _secondBiases.Add((parameter, learns));
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
