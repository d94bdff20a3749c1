using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnCourse.Oracle;

/// <summary>The sizes of a batch for libtorch's recurrent layers, and what is special about it.</summary>
internal sealed record LayersShape(
    string Name,
    int InputSize,
    int HiddenSize,
    int OutputSize,
    int Steps,
    int BatchSize,
    int Layers = 1,
    bool Bidirectional = false,
    bool Start = false,
    bool OneHot = false,
    bool Single = false,
    double Unread = 0,
    int[]? Lengths = null,
    double Scale = 0.4
);

/// <summary>A stored batch: the inputs and outputs of libtorch. Step t of sequence n is row t·B + n.</summary>
internal sealed record LayersCase(
    string Cell,
    LayersShape Shape,
    long Seed,
    Tensor X,
    int?[] Targets,
    IReadOnlyList<(string Name, Tensor Value, Tensor Gradient)> Parameters,
    Tensor Scores,
    double Loss
);

/// <summary>Batches through libtorch's own RNN, GRU and LSTM layers with a linear layer on top; sequences of different
/// lengths as packed sequences.</summary>
internal static class LayersOracle
{
    public static LayersCase Run(string cell, LayersShape shape, long seed)
    {
        var (d, h, k, steps, batch) = (
            shape.InputSize,
            shape.HiddenSize,
            shape.OutputSize,
            shape.Steps,
            shape.BatchSize
        );
        var type = shape.Single ? ScalarType.Float32 : ScalarType.Float64;
        var directions = shape.Bidirectional ? 2 : 1;
        using var generator = new Generator((ulong)seed);
        Tensor Normal(params long[] size) => randn(size, dtype: ScalarType.Float64, generator: generator);

        using var rnn = new Layer(cell, shape, type);
        using var output = Linear(h * directions, k, dtype: type);
        using (no_grad())
        {
            foreach (var (_, parameter) in rnn.Parameters.Concat(output.named_parameters()))
            {
                parameter.copy_((Normal(parameter.shape) * shape.Scale).to_type(type));
            }
        }

        // One initial state for all sequences of the batch, tracked by autograd: a learned initial state.
        Tensor Start() =>
            (Normal(shape.Layers * directions, h) * shape.Scale).to_type(type).detach().requires_grad_(shape.Start);
        Tensor h_0 = Start(),
            c_0 = Start();
        var x = shape.OneHot
            ? functional
                .one_hot(randint(d, [steps, batch], dtype: ScalarType.Int64, generator: generator), d)
                .to_type(type)
            : Normal(steps, batch, d).to_type(type);
        var lengths = shape.Lengths ?? [.. Enumerable.Repeat(steps, batch)];
        var targets = Targets(shape, lengths, generator);

        Tensor Spread(Tensor start) =>
            (shape.Start ? start : zeros_like(start)).unsqueeze(1).expand(-1, batch, -1).contiguous();
        var states = rnn.Run(x, Spread(h_0), Spread(c_0), shape.Lengths); // (T, B, directions·H)
        var scores = output.call(states).reshape(steps * batch, k);
        var loss = RnnCourse.Oracle.Loss.Of(scores, targets);
        loss.backward();

        List<(string, Tensor, Tensor)> parameters = [];
        foreach (var (name, parameter) in rnn.Parameters)
        {
            parameters.Add(("rnn." + name, parameter.detach().clone(), OracleCase.GradientOf(parameter).clone()));
        }
        foreach (var (name, parameter) in output.named_parameters())
        {
            parameters.Add(("output." + name, parameter.detach().clone(), OracleCase.GradientOf(parameter).clone()));
        }
        if (shape.Start)
        {
            AddStarts("h_0", h_0);
            if (cell == "LSTM")
            {
                AddStarts("c_0", c_0);
            }
        }

        return new LayersCase(
            cell,
            shape,
            seed,
            x.reshape(steps * batch, d),
            targets,
            parameters,
            scores,
            loss.to_type(ScalarType.Float64).item<double>()
        );

        // By layer and direction, named as the weights are.
        void AddStarts(string name, Tensor start)
        {
            for (var row = 0; row < shape.Layers * directions; row++)
            {
                parameters.Add(
                    (
                        $"rnn.{name}_l{row / directions}{(row % directions == 1 ? "_reverse" : "")}",
                        start[row],
                        OracleCase.GradientOf(start)[row]
                    )
                );
            }
        }
    }

    private static int?[] Targets(LayersShape shape, int[] lengths, Generator generator)
    {
        var columns = shape.Steps * shape.BatchSize;
        var classes = randint(shape.OutputSize, [columns], dtype: ScalarType.Int64, generator: generator)
            .data<long>()
            .ToArray();
        var dice = rand([columns], dtype: ScalarType.Float64, generator: generator).data<double>().ToArray();
        return
        [
            .. Enumerable
                .Range(0, columns)
                .Select(column =>
                    dice[column] < shape.Unread || column / shape.BatchSize >= lengths[column % shape.BatchSize]
                        ? (int?)null
                        : (int)classes[column]
                ),
        ];
    }

    /// <summary>One of libtorch's three layers behind one call.</summary>
    private sealed class Layer : IDisposable
    {
        private readonly Module _module;

        public Layer(string cell, LayersShape s, ScalarType type) =>
            _module = cell switch
            {
                "RNN" => RNN(s.InputSize, s.HiddenSize, s.Layers, bidirectional: s.Bidirectional, dtype: type),
                "GRU" => GRU(s.InputSize, s.HiddenSize, s.Layers, bidirectional: s.Bidirectional, dtype: type),
                _ => LSTM(s.InputSize, s.HiddenSize, s.Layers, bidirectional: s.Bidirectional, dtype: type),
            };

        public IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> Parameters =>
            _module.named_parameters();

        public Tensor Run(Tensor x, Tensor h_0, Tensor c_0, int[]? lengths)
        {
            if (lengths is null)
            {
                return _module switch
                {
                    TorchSharp.Modules.RNN rnn => rnn.call(x, h_0).Item1,
                    TorchSharp.Modules.GRU gru => gru.call(x, h_0).Item1,
                    TorchSharp.Modules.LSTM lstm => lstm.call(x, (h_0, c_0)).Item1,
                    _ => throw new InvalidOperationException(),
                };
            }

            using var packed = nn.utils.rnn.pack_padded_sequence(
                x,
                tensor([.. lengths.Select(l => (long)l)]),
                enforce_sorted: false
            );
            using var result = _module switch
            {
                TorchSharp.Modules.RNN rnn => rnn.call(packed, h_0).Item1,
                TorchSharp.Modules.GRU gru => gru.call(packed, h_0).Item1,
                TorchSharp.Modules.LSTM lstm => lstm.call(packed, (h_0, c_0)).Item1,
                _ => throw new InvalidOperationException(),
            };
            return nn.utils.rnn.pad_packed_sequence(result, total_length: x.shape[0]).Item1;
        }

        public void Dispose() => _module.Dispose();
    }
}
