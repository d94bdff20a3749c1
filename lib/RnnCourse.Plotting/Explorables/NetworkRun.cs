using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Plotting.Explorables;

/// <summary>Runs a page's network in C#, for its still picture: the same steps as the page's script.</summary>
/// <remarks>The library's models don't keep what their gates did, and the weights here are rounded and scaled by dials,
/// so the recurrences are computed here. Tests compare them with the library's.</remarks>
internal sealed class NetworkRun
{
    private readonly Dictionary<string, Vector<double>[]> _known = [];
    private readonly IReadOnlyDictionary<string, double> _settings;

    /// <summary>Runs it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="symbols">The places of ones in its inputs.</param>
    /// <param name="settings">Factors of weights by names such as <c>s.W</c>; <c>temperature</c> and
    /// <c>top</c>.</param>
    public NetworkRun(PageNetwork network, IReadOnlyList<int> symbols, IReadOnlyDictionary<string, double> settings)
    {
        _settings = settings;
        _known["x"] = [.. symbols.Select(symbol => Vector<double>.Build.Dense(network.Size, i => i == symbol ? 1 : 0))];
        _known["1"] = [.. symbols.Select(_ => Vector<double>.Build.Dense(1, 1.0))];
        foreach (var step in network.Steps)
        {
            Run(step);
        }
    }

    /// <summary>What has this name: one column for each symbol.</summary>
    public Vector<double>[] this[string name] => _known[name];

    /// <summary>Whether something has this name.</summary>
    public bool Has(string name) => _known.ContainsKey(name);

    private void Run(NetworkStep step)
    {
        switch (step.Kind)
        {
            case "rnn" or "gru" or "lstm":
                Recur(step);
                break;
            case "dense":
                var (V, c) = (Weights(step, "V"), Bias(step, "c"));
                _known[step.Out] = [.. _known[step.In!].Select(s_i => (V * s_i) + c)];
                break;
            case "softmax":
                _known[step.Out] = [.. _known[step.In!].Select(Softmax)];
                break;
            case "stack":
                _known[step.Out] = [.. _known[step.In!].Zip(_known[step.Below!], (a, b) => Stacked(a, b))];
                break;
            case "rows":
                _known[step.Out] = [.. _known[step.In!].Select(a => a.SubVector(step.From, step.Count))];
                break;
            default:
                var trace = DotAttention.Attend(Columns(step.Queries!), Columns(step.Keys!), Columns(step.Values!));
                _known[step.Out] = [.. trace.Contexts.EnumerateColumns()];
                _known[step.Out + ".weights"] = [.. trace.Weights.EnumerateColumns()];
                break;
        }
    }

    private void Recur(NetworkStep step)
    {
        var (U, W, b) = (Weights(step, "U"), Weights(step, "W"), Bias(step, "b"));
        var H = W.ColumnCount;
        var s = step.Weights.ContainsKey("start") ? Bias(step, "start") : Vector<double>.Build.Dense(H);
        var c = step.Weights.ContainsKey("cellStart") ? Bias(step, "cellStart") : Vector<double>.Build.Dense(H);
        var inputs = step.Reversed ? _known[step.In!].Reverse() : _known[step.In!];
        var given = new List<(string Name, Vector<double> Value)[]>();
        foreach (var x_i in inputs)
        {
            var (u, w) = (U * x_i, W * s);
            given.Add(
                step.Kind switch
                {
                    "gru" => Gru(u, w, b, s, H),
                    "lstm" => Lstm(u + w + b, c, H),
                    _ => [("", (u + w + b).PointwiseTanh())],
                }
            );
            s = given[^1][0].Value;
            c = step.Kind == "lstm" ? given[^1][1].Value : c;
        }

        if (step.Reversed)
        {
            given.Reverse();
        }

        for (var part = 0; part < (given.Count == 0 ? 0 : given[0].Length); part++)
        {
            _known[step.Out + given[0][part].Name] = [.. given.Select(one => one[part].Value)];
        }
    }

    private static (string, Vector<double>)[] Gru(
        Vector<double> u,
        Vector<double> w,
        Vector<double> b,
        Vector<double> s,
        int H
    )
    {
        // U has the rows n, r, z; W has r, z, n; b has n, r, z, q.
        var r = Gate.Sigmoid(Part(u, 1, H) + Part(w, 0, H) + Part(b, 1, H));
        var z = Gate.Sigmoid(Part(u, 2, H) + Part(w, 1, H) + Part(b, 2, H));
        var q = Part(w, 2, H) + Part(b, 3, H);
        var n = (Part(u, 0, H) + Part(b, 0, H) + r.PointwiseMultiply(q)).PointwiseTanh();
        return [("", (1 - z).PointwiseMultiply(n) + z.PointwiseMultiply(s)), (".r", r), (".z", z), (".n", n)];
    }

    private static (string, Vector<double>)[] Lstm(Vector<double> a, Vector<double> c, int H)
    {
        var (i, f, o) = (Gate.Sigmoid(Part(a, 0, H)), Gate.Sigmoid(Part(a, 1, H)), Gate.Sigmoid(Part(a, 3, H)));
        var g = Part(a, 2, H).PointwiseTanh();
        var kept = f.PointwiseMultiply(c) + i.PointwiseMultiply(g);
        return
        [
            ("", o.PointwiseMultiply(kept.PointwiseTanh())),
            (".c", kept),
            (".i", i),
            (".f", f),
            (".g", g),
            (".o", o),
        ];
    }

    private Vector<double> Softmax(Vector<double> z)
    {
        var temperature = _settings.GetValueOrDefault("temperature", 1);
        var top = _settings.GetValueOrDefault("top", double.PositiveInfinity);
        var y = CrossEntropy.Softmax(z / temperature);
        if (top >= z.Count)
        {
            return y;
        }

        var least = z.OrderDescending().ElementAt((int)top - 1);
        var kept = y.MapIndexed((k, y_k) => z[k] < least ? 0 : y_k);
        return kept / kept.Sum();
    }

    private Matrix<double> Weights(NetworkStep step, string name)
    {
        var (rows, columns, values) = step.Weights[name];
        return Matrix<double>.Build.DenseOfRowMajor(rows, columns, values)
            * _settings.GetValueOrDefault($"{step.Out}.{name}", 1);
    }

    private static Vector<double> Bias(NetworkStep step, string name) =>
        Vector<double>.Build.DenseOfArray(step.Weights[name].Values);

    private Matrix<double> Columns(string name) => Matrix<double>.Build.DenseOfColumnVectors(_known[name]);

    private static Vector<double> Part(Vector<double> all, int part, int H) => all.SubVector(part * H, H);

    private static Vector<double> Stacked(Vector<double> a, Vector<double> b) =>
        Vector<double>.Build.DenseOfEnumerable(a.Concat(b));
}
