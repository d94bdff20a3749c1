using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Plotting.Explorables;

namespace RnnCourse.Plotting.Tests.Explorables;

/// <summary>A page's network computes what the library does with the same rounded weights.</summary>
public sealed class NetworkRunTests
{
    private static readonly Dictionary<string, double> NoSettings = [];

    public static TheoryData<CellKind, int, bool, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<CellKind, int, bool, bool>();
            foreach (var cell in Enum.GetValues<CellKind>())
            {
                shapes.Add(cell, 1, false, false);
                shapes.Add(cell, 2, false, true);
                shapes.Add(cell, 2, true, true);
                shapes.Add(cell, 1, true, false);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_model_gives_the_same_scores(CellKind cell, int layers, bool bothWays, bool learntStart)
    {
        for (var seed = 1ul; seed <= 5; seed++)
        {
            var random = new SeededRandom(seed);
            var shape = new ModelShape(cell, 5, 4, 3)
            {
                Layers = layers,
                Bidirectional = bothWays,
                LearntStart = learntStart,
            };
            var model = Rounded(new SequenceModel<double>(shape, random), random);
            int[] symbols = [.. Enumerable.Range(0, 9).Select(_ => random.NextIndex(5))];
            var batch = SequenceBatch.OfSymbols<double>(5);
            batch.Resize(symbols.Length, 1);
            symbols.CopyTo(batch.Symbols);
            var scores = model.Forward(batch).ToArray();
            var run = new NetworkRun(PageNetwork.Of(model, ["a", "b", "c", "d", "e"]), symbols, NoSettings);
            Close(scores, run["z"]);
        }
    }

    [Fact]
    public void The_lecture_s_network_gives_the_same_states_and_outputs()
    {
        for (var seed = 1ul; seed <= 20; seed++)
        {
            var random = new SeededRandom(seed);
            var rnn = new VanillaRnn(4, 6, 3, random);
            foreach (var parameter in rnn.Parameters)
            {
                for (var i = 0; i < parameter.Values.Length; i++)
                {
                    parameter.Values[i] = (float)random.NextUniform(-1, 1);
                }
            }

            int[] symbols = [.. Enumerable.Range(0, 12).Select(_ => random.NextIndex(4))];
            var trace = rnn.Forward([
                .. symbols.Select(symbol => Vector<double>.Build.Dense(4, i => i == symbol ? 1.0 : 0)),
            ]);
            var run = new NetworkRun(PageNetwork.Of(rnn, ["a", "b", "c", "d"]), symbols, NoSettings);
            Close([.. trace.s.Skip(1).SelectMany(s_i => s_i)], run["s"]);
            Close([.. trace.y.SelectMany(y_i => y_i)], run["y"]);
        }
    }

    [Fact]
    public void An_attention_model_gives_the_same_weights_and_contexts()
    {
        for (var seed = 1ul; seed <= 5; seed++)
        {
            var random = new SeededRandom(seed);
            var model = new AttentionModel(4, 5, 3, random);
            foreach (var parameter in model.Parameters)
            {
                for (var i = 0; i < parameter.Values.Length; i++)
                {
                    parameter.Values[i] = (float)random.NextUniform(-1, 1);
                }
            }

            int[] symbols = [.. Enumerable.Range(0, 7).Select(_ => random.NextIndex(4))];
            var trace = model.Forward([symbols])[0];
            var run = new NetworkRun(PageNetwork.Of(model, ["a", "b", "c", "d"]), symbols, NoSettings);
            Close(trace.Weights.ToColumnMajorArray(), run["z.weights"]);
            Close(trace.Contexts.ToColumnMajorArray(), run["z"]);
        }
    }

    [Fact]
    public void A_factor_of_zero_cuts_the_recurrent_wire()
    {
        var rnn = new VanillaRnn(2, 3, 2, new SeededRandom(3));
        var network = PageNetwork.Of(rnn, ["a", "b"]);
        var cut = new Dictionary<string, double> { ["s.W"] = 0 };
        Assert.NotEqual(
            new NetworkRun(network, [0, 1], NoSettings)["s"][1],
            new NetworkRun(network, [1, 1], NoSettings)["s"][1]
        );
        Assert.Equal(new NetworkRun(network, [0, 1], cut)["s"][1], new NetworkRun(network, [1, 1], cut)["s"][1]);
    }

    [Fact]
    public void Top_k_leaves_the_most_probable_with_their_proportions()
    {
        var rnn = new VanillaRnn(2, 3, 4, new SeededRandom(3));
        var network = PageNetwork.Of(rnn, ["a", "b"]);
        var all = new NetworkRun(network, [0], NoSettings)["y"][0];
        var two = new NetworkRun(network, [0], new Dictionary<string, double> { ["top"] = 2 })["y"][0];
        int[] order = [.. Enumerable.Range(0, 4).OrderByDescending(k => all[k])];
        Assert.Equal(all[order[0]] / all[order[1]], two[order[0]] / two[order[1]], 1e-12);
        Assert.Equal([0, 0], order.Skip(2).Select(k => two[k]));
        Assert.Equal(1, two.Sum(), 1e-12);
    }

    // The weights are rounded as on the page; biases and initial states aren't zero.
    private static SequenceModel<double> Rounded(SequenceModel<double> model, SeededRandom random)
    {
        foreach (var parameter in model.Parameters)
        {
            for (var i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] = (float)random.NextUniform(-1, 1);
            }
        }

        return model;
    }

    private static void Close(double[] expected, Vector<double>[] columns)
    {
        double[] found = [.. columns.SelectMany(column => column)];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
