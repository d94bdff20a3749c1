using System.Numerics;
using System.Text.Json;
using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Model.Files;

namespace RnnCourse.Tests.Model;

/// <summary>
/// The batched layers against libtorch's own RNN, GRU and LSTM (see tests/RnnCourse.Oracle): the weights come in by
/// PyTorch's names, and the gradients are compared under them. No number may differ by more than the tolerance (1e-9 in
/// double precision, 1e-4 in single) times the tensor's largest; in single precision times 0.1 at least, because terms
/// of that size may cancel.
/// </summary>
public sealed class LayersOracleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Cases =>
        [
            .. new[] { "RNN", "GRU", "LSTM" }.SelectMany(cell =>
                All(cell).Select(stored => stored.GetProperty("name").GetString()!)
            ),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_layers_compute_what_libtorch_computes(string name)
    {
        var stored = Named(name);
        if (!stored.GetProperty("single").GetBoolean())
        {
            Compare<double>(stored, 1e-9);
        }

        Compare<float>(stored, 1e-4);
    }

    [Theory]
    [InlineData("GRU: different lengths, two layers, both directions, a start")]
    [InlineData("LSTM: one-hot inputs")]
    public void A_difference_in_the_eighth_digit_is_seen(string name)
    {
        var model = Build<double>(Named(name));
        foreach (var parameter in model.Parameters)
        {
            parameter.Values[0] += 1e-7;
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Compare(Named(name), 1e-9, model));
            parameter.Values[0] -= 1e-7;
        }
    }

    private void Compare<T>(JsonElement stored, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T> => Compare(stored, tolerance, Build<T>(stored));

    private void Compare<T>(JsonElement stored, double tolerance, SequenceModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var batch = Batch<T>(stored, model.Shape);
        var loss = new SoftmaxCrossEntropy<T>().Compute(batch, model.Forward(batch), model.ScoreGradients, 1);
        model.Backward();

        AssertClose("loss", [stored.GetProperty("loss").GetDouble()], [loss], tolerance);
        var scores = Rows(stored.GetProperty("scores"));
        for (var column = 0; column < batch.Columns; column++)
        {
            if (batch.HasMask && !batch.Mask[column])
            {
                continue;
            }

            AssertClose(
                $"scores of column {column}",
                scores[column],
                Doubles<T>(model.Scores.Slice(column * model.Shape.OutputSize, model.Shape.OutputSize)),
                tolerance
            );
        }

        // A model whose weights are our gradients: saved with PyTorch's names, they can be compared name by name.
        var gradients = model.Twin();
        var values = model.Parameters.Select(p => p.Values.ToArray()).ToList();
        foreach (var parameter in model.Parameters)
        {
            parameter.Gradient.CopyTo(parameter.Values, 0);
        }

        PyTorchWeights.Export(gradients, PathOf("gradients"));
        foreach (var (parameter, value) in model.Parameters.Zip(values))
        {
            value.CopyTo(parameter.Values, 0);
        }

        var ours = SafetensorsFile.Read(PathOf("gradients")).Tensors.ToDictionary(t => t.Name, t => t.Read<double>());
        var theirs = stored.GetProperty("gradients").EnumerateObject().ToDictionary(p => p.Name, p => Flat(p.Value));
        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, expected) in theirs)
        {
            var actual = ours[key];
            // PyTorch's second bias has the gradient of the first, except where the two are not merely added: in a
            // GRU's candidate.
            if (key.Contains("bias_hh", StringComparison.Ordinal))
            {
                var first = ours[key.Replace("bias_hh", "bias_ih", StringComparison.Ordinal)];
                var own = model.Shape.Cell == CellKind.Gru ? 2 * model.Shape.HiddenSize : first.Length;
                actual = [.. first[..own], .. actual[own..]];
            }

            AssertClose("gradient of " + key, expected, actual, tolerance);
        }
    }

    private SequenceModel<T> Build<T>(JsonElement stored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var cell = stored.GetProperty("cell").GetString() switch
        {
            "RNN" => CellKind.Rnn,
            "GRU" => CellKind.Gru,
            _ => CellKind.Lstm,
        };
        int Size(string name) => stored.GetProperty(name).GetInt32();
        var shape = new ModelShape(cell, Size("inputSize"), Size("hiddenSize"), Size("outputSize"))
        {
            Layers = Size("layers"),
            Bidirectional = stored.GetProperty("bidirectional").GetBoolean(),
            LearntStart = stored.GetProperty("start").GetBoolean(),
        };
        var model = new SequenceModel<T>(shape, new SeededRandom(1));
        var tensors = stored
            .GetProperty("parameters")
            .EnumerateObject()
            .Select(p =>
                Tensor.Of<double>(
                    p.Name,
                    p.Value[0].ValueKind == JsonValueKind.Array
                        ? [p.Value.GetArrayLength(), p.Value[0].GetArrayLength()]
                        : [p.Value.GetArrayLength()],
                    Flat(p.Value)
                )
            );
        SafetensorsFile.Write(PathOf("weights"), [.. tensors], new Dictionary<string, string>());
        PyTorchWeights.Import(model, PathOf("weights"));
        return model;
    }

    private static SequenceBatch<T> Batch<T>(JsonElement stored, ModelShape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var oneHot = stored.GetProperty("oneHot").GetBoolean();
        var batch = oneHot ? SequenceBatch.OfSymbols<T>(shape.InputSize) : SequenceBatch.OfValues<T>(shape.InputSize);
        batch.Resize(stored.GetProperty("steps").GetInt32(), stored.GetProperty("batchSize").GetInt32());
        if (stored.GetProperty("lengths") is { ValueKind: JsonValueKind.Array } lengths)
        {
            batch.SetLengths([.. lengths.EnumerateArray().Select(length => length.GetInt32())]);
        }

        var x = Rows(stored.GetProperty("x"));
        for (var column = 0; column < x.Length; column++)
        {
            if (oneHot)
            {
                batch.Symbols[column] = Array.IndexOf(x[column], 1.0);
            }
            else
            {
                for (var k = 0; k < shape.InputSize; k++)
                {
                    batch.Values[(column * shape.InputSize) + k] = T.CreateChecked(x[column][k]);
                }
            }
        }

        var targets = stored
            .GetProperty("targets")
            .EnumerateArray()
            .Select(t => t.ValueKind == JsonValueKind.Null ? -1 : t.GetInt32())
            .ToArray();
        targets.CopyTo(batch.Targets);
        return batch;
    }

    private static void AssertClose(string what, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var allowed = tolerance * Math.Max(expected.Max(Math.Abs), tolerance > 1e-6 ? 0.1 : 0);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.True(
                Math.Abs(expected[k] - actual[k]) <= allowed,
                $"{what} [{k}]: {actual[k]:R} instead of {expected[k]:R}"
            );
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static JsonElement Named(string name) =>
        All(name[..name.IndexOf(':', StringComparison.Ordinal)])
            .Single(stored => stored.GetProperty("name").GetString() == name);

    private static List<JsonElement> All(string cell)
    {
        using var file = StoredCase.Open("Layers" + cell);
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(stored => stored.Clone())];
    }

    private static double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(Flat)];

    private static double[] Flat(JsonElement numbers) =>
        numbers.ValueKind == JsonValueKind.Array
            ? [.. numbers.EnumerateArray().SelectMany(Flat)]
            : [numbers.GetDouble()];

    private static double[] Doubles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var doubles = new double[values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            doubles[k] = double.CreateChecked(values[k]);
        }

        return doubles;
    }
}
