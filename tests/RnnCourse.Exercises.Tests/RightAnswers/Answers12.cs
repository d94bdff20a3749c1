using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 12.</summary>
internal static class Answers12
{
    private static readonly Lazy<NamesTask> Names = new(() => new NamesTask(new TaskData()));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "12.1",
            new Dictionary<string, Func<double[], double, double[]>>
            {
                ["shifted, then divided"] = (z, T) =>
                    RightAnswerParts.Normalised(z.Select(v => Math.Exp((v - z.Max()) / T))),
                ["divided, then shifted"] = (z, T) =>
                    RightAnswerParts.Normalised(z.Select(v => Math.Exp((v / T) - (z.Max() / T)))),
                ["softmax of z / T"] = (z, T) => CrossEntropy.Softmax(RightAnswerParts.Vector(z) / T).ToArray(),
                ["by log-sum-exp"] = (z, T) =>
                {
                    var sum = (z.Max() / T) + Math.Log(z.Sum(v => Math.Exp((v - z.Max()) / T)));
                    return [.. z.Select(v => Math.Exp((v / T) - sum))];
                },
                ["as ratios"] = (z, T) => [.. z.Select(v => 1 / z.Sum(w => Math.Exp((w - v) / T)))],
                ["a loop from the first score"] = (z, T) =>
                {
                    var max = z[0];
                    foreach (var v in z)
                    {
                        if (v > max)
                        {
                            max = v;
                        }
                    }

                    var p = new double[z.Length];
                    var sum = 0.0;
                    for (var k = 0; k < z.Length; k++)
                    {
                        sum += p[k] = Math.Exp((z[k] - max) / T);
                    }

                    for (var k = 0; k < z.Length; k++)
                    {
                        p[k] /= sum;
                    }

                    return p;
                },
                ["in single precision"] = (z, T) =>
                    RightAnswerParts.Normalised(z.Select(v => (double)MathF.Exp((float)((v - z.Max()) / T)))),
                ["powers of e to the 1 / T"] = (z, T) =>
                    RightAnswerParts.Normalised(z.Select(v => Math.Pow(Math.Exp(1 / T), v - z.Max()))),
                ["recursion for the largest"] = (z, T) =>
                {
                    double Largest(int k) => k == z.Length - 1 ? z[k] : Math.Max(z[k], Largest(k + 1));
                    return RightAnswerParts.Normalised(z.Select(v => Math.Exp((v - Largest(0)) / T)));
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Temperature(way.Value)))
        ),
        new(
            "12.2",
            new Dictionary<string, Func<double[], double>>
            {
                ["e to the mean loss"] = p => Math.Exp(p.Average(v => -Math.Log(v))),
                ["a loop"] = p =>
                {
                    var sum = 0.0;
                    foreach (var v in p)
                    {
                        sum -= Math.Log(v);
                    }

                    return Math.Exp(sum / p.Length);
                },
                ["a geometric mean"] = p => 1 / Math.Pow(p.Aggregate((a, b) => a * b), 1.0 / p.Length),
                ["bits"] = p => Math.Pow(2, -p.Average(Math.Log2)),
                ["tens"] = p => Math.Pow(10, -p.Sum(Math.Log10) / p.Length),
                ["a product of roots"] = p => p.Aggregate(1.0, (product, v) => product * Math.Pow(v, -1.0 / p.Length)),
                ["recursion"] = p =>
                {
                    double Sum(int k) => k == p.Length ? 0 : Math.Log(1 / p[k]) + Sum(k + 1);
                    return Math.Exp(Sum(0) / p.Length);
                },
                ["vectors"] = p => Math.Exp(-RightAnswerParts.Vector(p).PointwiseLog().Sum() / p.Length),
                ["in single precision"] = p => MathF.Exp((float)p.Average(v => -MathF.Log((float)v))),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Perplexity(way.Value)))
        ),
        new("12.3", Predictions(Names)),
        new("12.4", Surprises(Names)),
    ];

    private static Dictionary<string, Func<Feedback>> Predictions(Lazy<NamesTask> names)
    {
        var counted = new Lazy<Counts>(() => new Counts(names.Value));
        return new Dictionary<string, Func<Counts, IReadOnlyList<int>, double[]>>
        {
            ["threes, five times the bigram"] = (c, before) => Mixed(c, before, 5),
            ["threes, twice the bigram"] = (c, before) => Mixed(c, before, 2),
            ["threes, ten times the bigram"] = (c, before) => Mixed(c, before, 10),
            ["half and half"] = (c, before) =>
                [.. Mixed(c, before, 1).Zip(c.Bigram(before[^1]), (p, q) => (p + q) / 2)],
            ["weights that sum to 1"] = (c, before) =>
                [.. Mixed(c, before, 3).Zip(c.Bigram(before[^1]), (p, q) => (0.8 * p) + (0.2 * q))],
            ["fours over threes"] = (c, before) =>
            {
                var threes = Mixed(c, before, 5);
                var own = c.After(before, 3);
                return RightAnswerParts.Normalised(own.Select((count, k) => count + (8 * threes[k])));
            },
            ["all that was read so far"] = (c, before) =>
            {
                var own = c.After(before, before.Count);
                return RightAnswerParts.Normalised(own.Zip(Mixed(c, before, 5), (count, p) => count + (5 * p)));
            },
            ["the longest beginning that was seen"] = (c, before) =>
            {
                for (var length = Math.Min(4, before.Count); length > 1; length--)
                {
                    var own = c.After(before, length);
                    if (own.Sum() >= 20)
                    {
                        return RightAnswerParts.Normalised(
                            own.Zip(c.Bigram(before[^1]), (count, p) => count + (5 * p))
                        );
                    }
                }

                return c.Bigram(before[^1]);
            },
            ["the library's counts of three"] = (c, before) => c.Library(before, 3),
            ["the library's counts of five"] = (c, before) => c.Library(before, 5),
        }.ToDictionary(
            way => way.Key,
            way => (Func<Feedback>)(() => Check.BeatsTheBigram(names.Value, before => way.Value(counted.Value, before)))
        );
    }

    private static Dictionary<string, Func<Feedback>> Surprises(Lazy<NamesTask> names) =>
        new[] { "siobhan", "emma", "x", "zoe", "maximilian", "anna", "bartholomew", "qi" }.ToDictionary(
            name => name,
            name =>
                (Func<Feedback>)(
                    () =>
                    {
                        var model = new SequenceModel<double>(
                            new ModelShape(name.Length % 2 == 0 ? CellKind.Rnn : CellKind.Gru, 27, 8, 27),
                            new SeededRandom((ulong)name.Length)
                        );
                        var e = names.Value.Encode([name])[0];
                        var batch = SequenceBatch.OfSymbols<double>(27);
                        batch.Resize(e.Symbols.Count, 1);
                        for (var t = 0; t < e.Symbols.Count; t++)
                        {
                            batch.Symbols[t] = e.Symbols[t];
                        }

                        var z = model.Twin().Forward(batch).ToArray();
                        double[] p =
                        [
                            .. e.Targets.Select(
                                (target, t) =>
                                    CrossEntropy.Softmax(RightAnswerParts.Vector(z[(27 * t)..(27 * (t + 1))]))[target]
                            ),
                        ];
                        return Check.MostSurprising(names.Value, model, name, Array.IndexOf(p, p.Min()) + 1);
                    }
                )
        );

    private static double[] Mixed(Counts c, IReadOnlyList<int> before, double weight) =>
        RightAnswerParts.Normalised(
            c.After(before.Count > 1 ? before : [0, before[^1]], 2)
                .Zip(c.Bigram(before[^1]), (count, p) => count + (weight * p))
        );

    // The symbols that followed each sequence of symbols in the training part.
    private sealed class Counts
    {
        private readonly Dictionary<string, double[]> _after = [];
        private readonly Dictionary<int, NGramModel> _library = [];
        private readonly NamesTask _task;

        public Counts(NamesTask task)
        {
            _task = task;
            foreach (var (symbols, targets) in task.Encode(task.Split.Train))
            {
                for (var i = 0; i < targets.Count; i++)
                {
                    for (var length = 1; length <= i + 1; length++)
                    {
                        Add(symbols.Skip(i + 1 - length).Take(length), targets[i]);
                    }

                    if (i == 0)
                    {
                        Add([0, 0], targets[0]);
                    }
                }
            }
        }

        public double[] After(IReadOnlyList<int> before, int length) =>
            _after.GetValueOrDefault(string.Join(' ', before.TakeLast(length))) ?? new double[27];

        public double[] Bigram(int last) => RightAnswerParts.Normalised(After([last], 1).Select(count => count + 1));

        public double[] Library(IReadOnlyList<int> before, int order)
        {
            lock (_library)
            {
                if (!_library.TryGetValue(order, out var model))
                {
                    _library[order] = model = NGramModel.Fit(
                        _task.Encode(_task.Split.Train).Select(e => e.Targets),
                        27,
                        order
                    );
                }

                int[] read = [.. before.Skip(1), 0];
                return RightAnswerParts.Normalised(
                    Enumerable.Range(0, 27).Select(k => model.Probability(read, read.Length - 1, k))
                );
            }
        }

        private void Add(IEnumerable<int> before, int next)
        {
            var key = string.Join(' ', before);
            if (!_after.TryGetValue(key, out var counts))
            {
                _after[key] = counts = new double[27];
            }

            counts[next]++;
        }
    }
}
