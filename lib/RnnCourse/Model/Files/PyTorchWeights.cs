using System.Numerics;

namespace RnnCourse.Model.Files;

/// <summary>Exports weights to PyTorch and imports them: a safetensors file with the names and shapes of
/// <c>torch.nn.RNN</c>, <c>GRU</c>, <c>LSTM</c> and <c>Linear</c>.</summary>
/// <remarks>
/// <para>Names: <c>rnn.weight_ih_l0</c>, <c>rnn.weight_hh_l0</c>, <c>rnn.bias_ih_l0</c>, <c>rnn.bias_hh_l0</c>, with
/// <c>_reverse</c> at the end for the second direction and the layer's number after <c>l</c>; <c>output.weight</c>,
/// <c>output.bias</c>. Gates in PyTorch's order: r, z, n in a GRU, i, f, g, o in an LSTM.</para>
/// <para>PyTorch has two biases where one suffices. They are added when a file is read; when one is written,
/// <c>bias_ih</c> holds the sum and <c>bias_hh</c> zeros, except in a GRU's candidate, where the two differ. Learnt
/// initial states do not exist in PyTorch's layers: they are stored as <c>rnn.h_0_l0</c> and <c>rnn.c_0_l0</c>.</para>
/// <para>In Python, a module with the members <c>rnn</c> and <c>output</c> takes the file by
/// <c>load_state_dict(safetensors.torch.load_file(path), strict=True)</c>: see PYTORCH.md beside the models. The
/// command <c>rnn export-model</c> writes such a file.</para>
/// </remarks>
public static class PyTorchWeights
{
    /// <summary>Writes a model's weights, completely or not at all.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="recurrentName">The first word of the recurrent layers' names.</param>
    /// <param name="outputName">The first word of the output layer's names.</param>
    /// <param name="metadata">Texts to store, by name; null for none.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is kept.</exception>
    public static void Export<T>(
        SequenceModel<T> model,
        string path,
        string recurrentName = "rnn",
        string outputName = "output",
        IReadOnlyDictionary<string, string>? metadata = null
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var tensors = new List<Tensor>();
        ForEachLayer(
            model,
            recurrentName,
            (layer, prefix, suffix) =>
            {
                var H = layer.HiddenSize;
                var map = GateMap.Of(layer);
                tensors.Add(Rows($"{prefix}weight_ih{suffix}", layer.U, map.Input, H));
                tensors.Add(Rows($"{prefix}weight_hh{suffix}", layer.W, map.Recurrent, H));
                T[] bias_ih = new T[map.Input.Length * H],
                    bias_hh = new T[bias_ih.Length];
                for (var gate = 0; gate < map.Input.Length; gate++)
                {
                    layer.b.Values.AsSpan(map.InputBias[gate] * H, H).CopyTo(bias_ih.AsSpan(gate * H));
                }

                if (map.OwnRecurrentBias is { } own)
                {
                    layer.b.Values.AsSpan(own.Block * H, H).CopyTo(bias_hh.AsSpan(own.Gate * H));
                }

                tensors.Add(Tensor.Of<T>($"{prefix}bias_ih{suffix}", [bias_ih.Length], bias_ih));
                tensors.Add(Tensor.Of<T>($"{prefix}bias_hh{suffix}", [bias_hh.Length], bias_hh));
                foreach (var (name, start) in LearntStarts(layer))
                {
                    tensors.Add(Tensor.Of<T>($"{prefix}{name}{suffix}", [H], start.Values));
                }
            }
        );
        var (V, c) = (model.Output.V, model.Output.c);
        tensors.Add(
            Tensor.Of<T>(
                $"{outputName}.weight",
                [V.Rows, V.Columns],
                ParameterTensors.Transposed(V.Values, V.Rows, V.Columns)
            )
        );
        tensors.Add(Tensor.Of<T>($"{outputName}.bias", [c.Rows], c.Values));
        SafetensorsFile.Write(
            path,
            tensors,
            new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { ["format"] = "pt" }
        );
    }

    /// <summary>Reads weights into a model of the same shape.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; the numbers are converted if the file holds the
    /// other kind.</typeparam>
    /// <param name="model">The model; unchanged if the file does not fit.</param>
    /// <param name="path">The file.</param>
    /// <param name="recurrentName">The first word of the recurrent layers' names.</param>
    /// <param name="outputName">The first word of the output layer's names.</param>
    /// <exception cref="InvalidDataException">The file is broken, or a tensor is missing or of another shape; the
    /// message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <remarks>Biases that the file lacks (PyTorch's <c>bias=False</c>) are taken as zeros, and so are learnt initial
    /// states.</remarks>
    public static void Import<T>(
        SequenceModel<T> model,
        string path,
        string recurrentName = "rnn",
        string outputName = "output"
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var (tensors, _) = SafetensorsFile.Read(path);
        // Collected first: a file that does not fit must not leave the model partly changed.
        var changes = new List<(Parameter<T> Parameter, T[] Values)>();
        ForEachLayer(
            model,
            recurrentName,
            (layer, prefix, suffix) =>
            {
                var H = layer.HiddenSize;
                var map = GateMap.Of(layer);
                var ih = Numbers<T>(path, tensors, $"{prefix}weight_ih{suffix}", layer.U.Rows, layer.U.Columns);
                var hh = Numbers<T>(path, tensors, $"{prefix}weight_hh{suffix}", layer.W.Rows, layer.W.Columns);
                changes.Add((layer.U, FromRows(ih, layer.U, map.Input, H)));
                changes.Add((layer.W, FromRows(hh, layer.W, map.Recurrent, H)));
                var bias_ih = NumbersOrZeros<T>(path, tensors, $"{prefix}bias_ih{suffix}", layer.U.Rows);
                var bias_hh = NumbersOrZeros<T>(path, tensors, $"{prefix}bias_hh{suffix}", layer.U.Rows);
                var b = new T[layer.b.Rows];
                for (var gate = 0; gate < map.Input.Length; gate++)
                {
                    var own = map.OwnRecurrentBias is { } o && o.Gate == gate;
                    for (var h = 0; h < H; h++)
                    {
                        b[(map.InputBias[gate] * H) + h] =
                            bias_ih[(gate * H) + h] + (own ? T.Zero : bias_hh[(gate * H) + h]);
                        if (own)
                        {
                            b[(map.OwnRecurrentBias!.Value.Block * H) + h] = bias_hh[(gate * H) + h];
                        }
                    }
                }

                changes.Add((layer.b, b));
                foreach (var (name, start) in LearntStarts(layer))
                {
                    changes.Add((start, NumbersOrZeros<T>(path, tensors, $"{prefix}{name}{suffix}", H)));
                }
            }
        );
        var (V, c) = (model.Output.V, model.Output.c);
        changes.Add(
            (
                V,
                ParameterTensors.Transposed(
                    Numbers<T>(path, tensors, $"{outputName}.weight", V.Rows, V.Columns),
                    V.Columns,
                    V.Rows
                )
            )
        );
        changes.Add((c, NumbersOrZeros<T>(path, tensors, $"{outputName}.bias", c.Rows)));
        foreach (var (parameter, values) in changes)
        {
            values.CopyTo(parameter.Values, 0);
        }
    }

    private static void ForEachLayer<T>(
        SequenceModel<T> model,
        string name,
        Action<RecurrentLayer<T>, string, string> action
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var l = 0; l < model.Layers.Count; l++)
        {
            for (var d = 0; d < model.Layers[l].Count; d++)
            {
                action(model.Layers[l][d], $"{name}.", $"_l{l}{(d == 1 ? "_reverse" : "")}");
            }
        }
    }

    private static IEnumerable<(string Name, Parameter<T> Parameter)> LearntStarts<T>(RecurrentLayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (layer.s_0 is { } s_0)
        {
            yield return ("h_0", s_0);
        }

        if (layer is LstmLayer<T> { c_0: { } c_0 })
        {
            yield return ("c_0", c_0);
        }
    }

    // The rows of gate k in PyTorch's order are those of block map[k] here.
    private static Tensor Rows<T>(string name, Parameter<T> weights, int[] map, int H)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = new T[weights.Values.Length];
        for (var row = 0; row < weights.Rows; row++)
        {
            for (var column = 0; column < weights.Columns; column++)
            {
                rows[(row * weights.Columns) + column] = weights.Values[
                    (map[row / H] * H) + (row % H) + (column * weights.Rows)
                ];
            }
        }

        return Tensor.Of<T>(name, [weights.Rows, weights.Columns], rows);
    }

    private static T[] FromRows<T>(T[] rows, Parameter<T> weights, int[] map, int H)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[rows.Length];
        for (var row = 0; row < weights.Rows; row++)
        {
            for (var column = 0; column < weights.Columns; column++)
            {
                values[(map[row / H] * H) + (row % H) + (column * weights.Rows)] = rows[
                    (row * weights.Columns) + column
                ];
            }
        }

        return values;
    }

    private static T[] Numbers<T>(string path, IReadOnlyList<Tensor> tensors, string name, params int[] shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var tensor = ParameterTensors.Find(path, tensors, name);
        ParameterTensors.RequireShape(path, tensor, shape);
        return tensor.Read<T>();
    }

    private static T[] NumbersOrZeros<T>(string path, IReadOnlyList<Tensor> tensors, string name, int size)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        tensors.Any(tensor => tensor.Name == name) ? Numbers<T>(path, tensors, name, size) : new T[size];
}

/// <summary>Maps PyTorch's gates to those of the course's layers.</summary>
/// <param name="Input">For each gate in PyTorch's order, its block of rows in U.</param>
/// <param name="Recurrent">The same for W.</param>
/// <param name="InputBias">For each gate, the block of b that holds its bias.</param>
/// <param name="OwnRecurrentBias">The gate whose recurrent bias is a number of its own, and its block of b.</param>
internal sealed record GateMap(int[] Input, int[] Recurrent, int[] InputBias, (int Gate, int Block)? OwnRecurrentBias)
{
    private static readonly GateMap Rnn = new([0], [0], [0], null);
    private static readonly GateMap Lstm = new([0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3], null);

    // PyTorch: r, z, n. Here: U n, r, z; W r, z, n; b n, r, z, q.
    private static readonly GateMap Gru = new([1, 2, 0], [0, 1, 2], [1, 2, 0], (2, 3));

    public static GateMap Of<T>(RecurrentLayer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer switch
        {
            LstmLayer<T> => Lstm,
            GruLayer<T> => Gru,
            _ => Rnn,
        };
}
