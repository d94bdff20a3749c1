using System.Text.Json;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Model.Files;

namespace RnnCourse.Tests.Model.Files;

/// <summary>Exported files, read by code that shares nothing with the library: the bytes are cut by the published
/// format, and the outputs computed by the equations in PyTorch's documentation.</summary>
public sealed class PyTorchFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(CellKind.Rnn, 1, 1, false)]
    [InlineData(CellKind.Gru, 1, 1, false)]
    [InlineData(CellKind.Lstm, 1, 1, false)]
    [InlineData(CellKind.Rnn, 4, 2, true)]
    [InlineData(CellKind.Gru, 4, 2, true)]
    [InlineData(CellKind.Lstm, 4, 2, true)]
    public void The_file_alone_gives_the_models_outputs(CellKind cell, int D, int layers, bool bothWays)
    {
        const int H = 5,
            K = 3,
            Steps = 6;
        var random = new SeededRandom(4);
        var model = new SequenceModel<float>(
            new ModelShape(cell, D, H, K) { Layers = layers, Bidirectional = bothWays },
            random
        );
        foreach (var parameter in model.Parameters)
        {
            // Biases, too, which are initially zero.
            foreach (ref var value in parameter.Values.AsSpan())
            {
                value = (float)random.NextUniform(-1, 1);
            }
        }

        var path = Path.Combine(_folder, "m");
        PyTorchWeights.Export(model, path, metadata: new Dictionary<string, string> { ["cell"] = "any" });
        var batch = SequenceBatch.OfValues<float>(D);
        batch.Resize(Steps, 1);
        var x = new double[Steps][];
        for (var t = 0; t < Steps; t++)
        {
            x[t] = [.. Enumerable.Range(0, D).Select(_ => (double)(float)random.NextUniform(-2, 2))];
            for (var k = 0; k < D; k++)
            {
                batch.Values[(t * D) + k] = (float)x[t][k];
            }
        }

        var file = Read(path);
        var gates = cell switch
        {
            CellKind.Rnn => 1,
            CellKind.Gru => 3,
            _ => 4,
        };
        Assert.Equal([gates * H, D], file["rnn.weight_ih_l0"].Shape);
        Assert.Equal((layers * (bothWays ? 2 : 1) * 4) + 2, file.Count);
        for (var layer = 0; layer < layers; layer++)
        {
            var forward = Run(file, cell, $"_l{layer}", x, H);
            x = bothWays
                ?
                [
                    .. forward.Zip(
                        Run(file, cell, $"_l{layer}_reverse", [.. x.Reverse()], H).Reverse(),
                        (one, other) => (double[])[.. one, .. other]
                    ),
                ]
                : forward;
        }

        var scores = model.Forward(batch);
        for (var t = 0; t < Steps; t++)
        {
            var expected = Add(Times(file["output.weight"], x[t]), file["output.bias"].Numbers);
            for (var k = 0; k < K; k++)
            {
                Assert.Equal(expected[k], scores[(t * K) + k], 1e-5);
            }
        }
    }

    // torch.nn.RNN, GRU and LSTM, as their documentation defines them.
    private static double[][] Run(
        Dictionary<string, (int[] Shape, double[] Numbers)> file,
        CellKind cell,
        string suffix,
        double[][] inputs,
        int H
    )
    {
        static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
        var (h, c) = (new double[H], new double[H]);
        var states = new List<double[]>();
        foreach (var x in inputs)
        {
            var i = Add(Times(file[$"rnn.weight_ih{suffix}"], x), file[$"rnn.bias_ih{suffix}"].Numbers);
            var s = Add(Times(file[$"rnn.weight_hh{suffix}"], h), file[$"rnn.bias_hh{suffix}"].Numbers);
            var next = new double[H];
            for (var k = 0; k < H; k++)
            {
                double Both(int gate) => i[(gate * H) + k] + s[(gate * H) + k];
                switch (cell)
                {
                    case CellKind.Rnn:
                        next[k] = Math.Tanh(Both(0));
                        break;
                    case CellKind.Gru:
                        var (r, z) = (Sigmoid(Both(0)), Sigmoid(Both(1)));
                        var n = Math.Tanh(i[(2 * H) + k] + (r * s[(2 * H) + k]));
                        next[k] = ((1 - z) * n) + (z * h[k]);
                        break;
                    default:
                        c[k] = (Sigmoid(Both(1)) * c[k]) + (Sigmoid(Both(0)) * Math.Tanh(Both(2)));
                        next[k] = Sigmoid(Both(3)) * Math.Tanh(c[k]);
                        break;
                }
            }

            states.Add(h = next);
        }

        return [.. states];
    }

    private static double[] Times((int[] Shape, double[] Numbers) matrix, double[] x) =>
        [
            .. Enumerable
                .Range(0, matrix.Shape[0])
                .Select(row => x.Select((value, k) => matrix.Numbers[(row * matrix.Shape[1]) + k] * value).Sum()),
        ];

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (one, other) => one + other)];

    private static Dictionary<string, (int[] Shape, double[] Numbers)> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToUInt64(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        return header
            .RootElement.EnumerateObject()
            .Where(property => property.Name != "__metadata__")
            .ToDictionary(
                property => property.Name,
                property =>
                {
                    Assert.Equal("F32", property.Value.GetProperty("dtype").GetString());
                    var begin = property.Value.GetProperty("data_offsets")[0].GetInt32();
                    var end = property.Value.GetProperty("data_offsets")[1].GetInt32();
                    int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
                    double[] numbers =
                    [
                        .. Enumerable
                            .Range(0, (end - begin) / 4)
                            .Select(k => (double)BitConverter.ToSingle(bytes, 8 + length + begin + (4 * k))),
                    ];
                    return (shape, numbers);
                }
            );
    }
}
