using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Inspection;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Tasks;
using RnnCourse.Training;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lessons 12 to 14.</summary>
internal static class Answers12To14
{
    private static readonly Lazy<NamesTask> Names = new(() => new NamesTask(new TaskData()));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "12.1",
            new Dictionary<string, Func<double[], double, double[]>>
            {
                ["shifted, then divided"] = (z, T) => Normalised(z.Select(v => Math.Exp((v - z.Max()) / T))),
                ["divided, then shifted"] = (z, T) => Normalised(z.Select(v => Math.Exp((v / T) - (z.Max() / T)))),
                ["softmax of z / T"] = (z, T) => CrossEntropy.Softmax(Vector(z) / T).ToArray(),
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
                    Normalised(z.Select(v => (double)MathF.Exp((float)((v - z.Max()) / T)))),
                ["powers of e to the 1 / T"] = (z, T) =>
                    Normalised(z.Select(v => Math.Pow(Math.Exp(1 / T), v - z.Max()))),
                ["recursion for the largest"] = (z, T) =>
                {
                    double Largest(int k) => k == z.Length - 1 ? z[k] : Math.Max(z[k], Largest(k + 1));
                    return Normalised(z.Select(v => Math.Exp((v - Largest(0)) / T)));
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
                ["vectors"] = p => Math.Exp(-Vector(p).PointwiseLog().Sum() / p.Length),
                ["in single precision"] = p => MathF.Exp((float)p.Average(v => -MathF.Log((float)v))),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Perplexity(way.Value)))
        ),
        new("12.3", Answers12.Predictions(Names)),
        new("12.4", Answers12.Surprises(Names)),
        new("13.1", Answers13.Silenced),
        new("13.2", Answers13.Counting),
        new("13.3", Answers13.Probes),
        new("14.1", Answers14.Lstms),
        new(
            "14.2",
            new (string Name, Func<int, int, int> Lstm, Func<int, int, int> Gru)[]
            {
                (
                    "four and three sets",
                    (D, H) => 4 * ((H * D) + (H * H) + H),
                    (D, H) => (3 * ((H * D) + (H * H) + H)) + H
                ),
                ("H taken out", (D, H) => 4 * H * (D + H + 1), (D, H) => H * ((3 * (D + H + 1)) + 1)),
                (
                    "written out",
                    (D, H) => (4 * H * D) + (4 * H * H) + (4 * H),
                    (D, H) => (3 * H * D) + (3 * H * H) + (4 * H)
                ),
                (
                    "a sum of sets",
                    (D, H) => Enumerable.Range(0, 4).Sum(_ => (H * D) + (H * H) + H),
                    (D, H) => Enumerable.Range(0, 3).Sum(_ => (H * D) + (H * H) + H) + H
                ),
                (
                    "loops",
                    (D, H) =>
                    {
                        var count = 0;
                        foreach (var _ in new[] { "keep", "add", "show", "candidate" })
                        {
                            count += (H * (D + H)) + H;
                        }

                        return count;
                    },
                    (D, H) =>
                    {
                        var count = H;
                        foreach (var _ in new[] { "keep", "reset", "candidate" })
                        {
                            count += (H * (D + H)) + H;
                        }

                        return count;
                    }
                ),
                (
                    "from the plain cell",
                    (D, H) => 4 * Plain(D, H),
                    (D, H) => Plain(D, H) + Plain(D, H) + Plain(D, H) + H
                ),
                ("counted in a model", (D, H) => Counted(CellKind.Lstm, D, H), (D, H) => Counted(CellKind.Gru, D, H)),
                (
                    "rows times columns",
                    (D, H) => 4 * H * (D + H + 1),
                    (D, H) => (2 * H * (D + H + 1)) + (H * (D + 1)) + (H * (H + 1))
                ),
            }.ToDictionary(way => way.Name, way => (Func<Feedback>)(() => Check.CellParameters(way.Lstm, way.Gru)))
        ),
        new(
            "14.3",
            new (string Name, double[] Weights, double? Context)[]
            {
                ("fractions", [3.0 / 7, 1.0 / 7, 3.0 / 7], null),
                ("two digits", [0.43, 0.14, 0.43], null),
                ("three digits", [0.429, 0.143, 0.429], null),
                ("four digits", [0.4286, 0.1429, 0.4286], null),
                ("ten digits", [0.4285714286, 0.1428571429, 0.4285714286], null),
                ("as floats", [3f / 7f, 1f / 7f, 3f / 7f], null),
                ("by softmax", Normalised([Math.Exp(Math.Log(3)), 1, Math.Exp(Math.Log(3))]), null),
                ("by the library", CrossEntropy.Softmax(Vector([Math.Log(3), 0, Math.Log(3)])).ToArray(), null),
            }.ToDictionary(
                way => way.Name,
                way => (Func<Feedback>)(() => Check.AttentionByHand(way.Weights, way.Context ?? Answers14.Context))
            )
        ),
        new("14.4", Answers14.Grus),
    ];

    public static double[] Normalised(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return [.. all.Select(value => value / all.Sum())];
    }

    public static Vector<double> Vector(double[] values) => Vector<double>.Build.Dense(values);

    private static int Plain(int D, int H) => (H * D) + (H * H) + H;

    private static int Counted(CellKind cell, int D, int H) =>
        new SequenceModel<double>(new ModelShape(cell, D, H, 2), new SeededRandom(1)).ParameterCount - (2 * H) - 2;
}

/// <summary>Right answers to two exercises of lesson 12.</summary>
internal static class Answers12
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Predictions(Lazy<NamesTask> names)
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
                return Answers12To14.Normalised(own.Select((count, k) => count + (8 * threes[k])));
            },
            ["all that was read so far"] = (c, before) =>
            {
                var own = c.After(before, before.Count);
                return Answers12To14.Normalised(own.Zip(Mixed(c, before, 5), (count, p) => count + (5 * p)));
            },
            ["the longest beginning that was seen"] = (c, before) =>
            {
                for (var length = Math.Min(4, before.Count); length > 1; length--)
                {
                    var own = c.After(before, length);
                    if (own.Sum() >= 20)
                    {
                        return Answers12To14.Normalised(own.Zip(c.Bigram(before[^1]), (count, p) => count + (5 * p)));
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

    public static IReadOnlyDictionary<string, Func<Feedback>> Surprises(Lazy<NamesTask> names) =>
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
                                    CrossEntropy.Softmax(Answers12To14.Vector(z[(27 * t)..(27 * (t + 1))]))[target]
                            ),
                        ];
                        return Check.MostSurprising(names.Value, model, name, Array.IndexOf(p, p.Min()) + 1);
                    }
                )
        );

    private static double[] Mixed(Counts c, IReadOnlyList<int> before, double weight) =>
        Answers12To14.Normalised(
            c.After(before.Count > 1 ? before : [0, before[^1]], 2)
                .Zip(c.Bigram(before[^1]), (count, p) => count + (weight * p))
        );

    // What followed each run of symbols in train.
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

        public double[] Bigram(int last) => Answers12To14.Normalised(After([last], 1).Select(count => count + 1));

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
                return Answers12To14.Normalised(
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

/// <summary>Right answers to the exercises of lesson 13.</summary>
internal static class Answers13
{
    private static readonly (int[] Symbols, int[] Depths)[] Brackets = Draw(100, 99);

    private static readonly double[] Depths = [.. Brackets.SelectMany(e => e.Depths).Select(depth => (double)depth)];

    private static readonly Lazy<SequenceModel<double>> Counter = new(() => Train(2));

    public static IReadOnlyDictionary<string, Func<Feedback>> Silenced { get; } =
        new Dictionary<
            string,
            Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, double, IReadOnlyList<Vector<double>>>
        >
        {
            ["a loop"] = (rnn, x, unit, value) => Fixed(rnn, x, unit, value),
            ["the state in a clone"] = (rnn, x, unit, value) =>
            {
                var (s, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    s = rnn.Step(x_i, s).s_i.Clone();
                    s[unit] = value;
                    y.Add(CrossEntropy.Softmax((rnn.V * s) + rnn.c));
                }

                return y;
            },
            ["LINQ"] = (rnn, x, unit, value) =>
            {
                var s = rnn.s_0;
                return
                [
                    .. x.Select(x_i =>
                    {
                        s = ((rnn.U * x_i) + (rnn.W * s) + rnn.b).MapIndexed(
                            (k, a) => k == unit ? value : Math.Tanh(a),
                            Zeros.Include
                        );
                        return CrossEntropy.Softmax((rnn.V * s) + rnn.c);
                    }),
                ];
            },
            ["recursion"] = (rnn, x, unit, value) => From(rnn, x, unit, value, rnn.s_0),
            ["the trick: its row and bias"] = (rnn, x, unit, value) =>
            {
                var own = new VanillaRnn(rnn.U.ColumnCount, rnn.W.RowCount, rnn.V.RowCount, new SeededRandom(1));
                foreach (var (copy, parameter) in own.Parameters.Zip(rnn.Parameters))
                {
                    parameter.Values.CopyTo(copy.Values, 0);
                }

                own.U.ClearRow(unit);
                own.W.ClearRow(unit);
                own.b[unit] = 0.5 * Math.Log((1 + value) / (1 - value));
                return own.Predict(x);
            },
            ["a mask"] = (rnn, x, unit, value) =>
            {
                var mask = Vector<double>.Build.Dense(rnn.b.Count, k => k == unit ? 0 : 1);
                var (s, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    s = rnn.Step(x_i, s).s_i.PointwiseMultiply(mask) + (value * (1 - mask));
                    y.Add(CrossEntropy.Softmax((rnn.V * s) + rnn.c));
                }

                return y;
            },
            ["in an array"] = (rnn, x, unit, value) =>
            {
                var (s, y) = (rnn.s_0, new Vector<double>[x.Count]);
                for (var i = 0; i < y.Length; i++)
                {
                    s = rnn.Step(x[i], s).s_i;
                    s[unit] = value;
                    y[i] = CrossEntropy.Softmax((rnn.V * s) + rnn.c);
                }

                return y;
            },
            ["each output from the beginning"] = (rnn, x, unit, value) =>
                [.. x.Select((_, i) => Fixed(rnn, [.. x.Take(i + 1)], unit, value)[i])],
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.SilencedUnit(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Counting { get; } =
        new Dictionary<string, Func<SequenceModel<double>, (int, double)>>
        {
            ["as the lesson does it"] = model => (Unit(model), Right(Ablation.Fix(model, Unit(model), Mean(model)))),
            ["to three digits"] = model =>
                (Unit(model), Math.Round(Right(Ablation.Fix(model, Unit(model), Mean(model))), 3)),
            ["cut off behind the third digit"] = model =>
                (Unit(model), Math.Floor(1000 * Right(Ablation.Fix(model, Unit(model), Mean(model)))) / 1000),
            ["sorted"] = model =>
                Enumerable.Range(0, 8).OrderBy(u => -Math.Abs(GoesWith(model, u))).First() is var unit
                    ? (unit, Right(Ablation.Fix(model, unit, Mean(model))))
                    : default,
            ["by squares"] = model =>
                Enumerable.Range(0, 8).MaxBy(u => Math.Pow(GoesWith(model, u), 2)) is var unit
                    ? (unit, Right(Ablation.Fix(model, unit, Mean(model))))
                    : default,
            ["the mean by a sum"] = model =>
                States(model).Row(Unit(model)) is var row
                    ? (Unit(model), Right(Ablation.Fix(model, Unit(model), row.Sum() / row.Count)))
                    : default,
            ["counted in a loop"] = model =>
            {
                var silent = Ablation.Fix(model, Unit(model), Mean(model));
                var (right, all) = (0, 0);
                foreach (
                    var (answer, depth) in StateRecord.Of(silent, Brackets.Select(e => e.Symbols)).Answers().Zip(Depths)
                )
                {
                    all++;
                    right += answer == depth ? 1 : 0;
                }

                return (Unit(model), right / (double)all);
            },
            ["as one minus the errors"] = model =>
                (
                    Unit(model),
                    1
                        - StateRecord
                            .Of(Ablation.Fix(model, Unit(model), Mean(model)), Brackets.Select(e => e.Symbols))
                            .Answers()
                            .Zip(Depths, (answer, depth) => answer == depth ? 0.0 : 1)
                            .Average()
                ),
        }.ToDictionary(
            way => way.Key,
            way =>
                (Func<Feedback>)(
                    () =>
                        way.Value(Counter.Value) is var (unit, share)
                            ? Check.CountingUnit(Counter.Value, unit, share)
                            : null!
                )
        );

    public static IReadOnlyDictionary<string, Func<Feedback>> Probes { get; } =
        new Dictionary<string, Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>>
        {
            ["the normal equations"] = (S, t, fresh) =>
                Ones(fresh).Transpose() * (Ones(S) * Ones(S).Transpose()).Solve(Ones(S) * t),
            ["QR"] = (S, t, fresh) => Ones(fresh).Transpose() * Ones(S).Transpose().QR().Solve(t),
            ["singular values"] = (S, t, fresh) => Ones(fresh).Transpose() * Ones(S).Transpose().Svd().Solve(t),
            ["the pseudoinverse"] = (S, t, fresh) =>
                Ones(fresh).Transpose() * (Ones(S).Transpose().PseudoInverse() * t),
            ["an inverse"] = (S, t, fresh) =>
                Ones(fresh).Transpose() * ((Ones(S) * Ones(S).Transpose()).Inverse() * (Ones(S) * t)),
            ["the ones on top"] = (S, t, fresh) =>
            {
                static Matrix<double> Top(Matrix<double> M) => Matrix<double>.Build.Dense(1, M.ColumnCount, 1).Stack(M);
                return Top(fresh).Transpose() * (Top(S) * Top(S).Transpose()).Solve(Top(S) * t);
            },
            ["around the means"] = (S, t, fresh) =>
            {
                var mean = S.RowSums() / S.ColumnCount;
                Matrix<double> Around(Matrix<double> M) =>
                    Matrix<double>.Build.DenseOfColumnVectors(M.EnumerateColumns().Select(column => column - mean));
                var w = (Around(S) * Around(S).Transpose()).Solve(Around(S) * (t - t.Average()));
                return (Around(fresh).Transpose() * w) + t.Average();
            },
            ["with a very small penalty"] = (S, t, fresh) =>
                Ones(fresh).Transpose()
                * ((Ones(S) * Ones(S).Transpose()) + (1e-9 * Matrix<double>.Build.DenseIdentity(S.RowCount + 1))).Solve(
                    Ones(S) * t
                ),
            ["state by state"] = (S, t, fresh) =>
            {
                var w = (Ones(S) * Ones(S).Transpose()).Cholesky().Solve(Ones(S) * t);
                return Vector<double>.Build.Dense(
                    fresh.ColumnCount,
                    m => fresh.Column(m).Select((value, h) => value * w[h]).Sum() + w[^1]
                );
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Probe(way.Value)));

    private static List<Vector<double>> Fixed(VanillaRnn rnn, IReadOnlyList<Vector<double>> x, int unit, double value)
    {
        var (s_prev, y) = (rnn.s_0, new List<Vector<double>>());
        foreach (var x_i in x)
        {
            var s_i = ((rnn.U * x_i) + (rnn.W * s_prev) + rnn.b).PointwiseTanh();
            s_i[unit] = value;
            y.Add(CrossEntropy.Softmax((rnn.V * s_i) + rnn.c));
            s_prev = s_i;
        }

        return y;
    }

    private static IReadOnlyList<Vector<double>> From(
        VanillaRnn rnn,
        IReadOnlyList<Vector<double>> x,
        int unit,
        double value,
        Vector<double> s
    )
    {
        if (x.Count == 0)
        {
            return [];
        }

        var s_i = rnn.Step(x[0], s).s_i;
        s_i[unit] = value;
        return [CrossEntropy.Softmax((rnn.V * s_i) + rnn.c), .. From(rnn, [.. x.Skip(1)], unit, value, s_i)];
    }

    private static Matrix<double> Ones(Matrix<double> M) => M.Stack(Matrix<double>.Build.Dense(1, M.ColumnCount, 1));

    private static (int[] Symbols, int[] Depths)[] Draw(int count, ulong seed)
    {
        var draw = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => BracketTask.Draw(5, 24, draw))];
    }

    // As the lesson does it.
    private static SequenceModel<double> Train(ulong seed)
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 3, 8, 6), new SeededRandom(seed));
        using var trainer = new Trainer<double>(
            model,
            new SoftmaxCrossEntropy<double>(),
            new Adam<double>(),
            new ShuffledBatches<double>(
                [.. Draw(1000, seed).Select(e => new SymbolSequence(e.Symbols, e.Depths))],
                3,
                16,
                new SeededRandom(2)
            ),
            new TrainerOptions
            {
                LearningRate = new WarmUp(50, new CosineDecay(0.01, 1450)),
                ClipNorm = 1,
                Threads = 1,
            }
        );
        trainer.Run(1500);
        return model;
    }

    private static Matrix<double> States(SequenceModel<double> model) =>
        StateRecord.Of(model, Brackets.Select(e => e.Symbols)).S;

    private static double GoesWith(SequenceModel<double> model, int unit) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(States(model).Row(unit), Depths);

    private static int Unit(SequenceModel<double> model) =>
        Enumerable.Range(0, 8).MaxBy(u => Math.Abs(GoesWith(model, u)));

    private static double Mean(SequenceModel<double> model) => States(model).Row(Unit(model)).Average();

    private static double Right(SequenceModel<double> model) =>
        StateRecord
            .Of(model, Brackets.Select(e => e.Symbols))
            .Answers()
            .Zip(Depths, (answer, depth) => answer == depth ? 1.0 : 0)
            .Average();
}

/// <summary>Right answers to two exercises of lesson 14.</summary>
internal static class Answers14
{
    public const double Context = ((3 * 10) + (1 * 40) + (3 * 30)) / 7.0;

    private delegate Vector<double> Open(Gate gate, Vector<double> x_i, Vector<double> s_prev);

    private static readonly Dictionary<string, Open> Gates = new()
    {
        ["the library's sigmoid"] = (gate, x, s) => Gate.Sigmoid(gate.Sum(x, s)),
        ["exponentials"] = (gate, x, s) => gate.Sum(x, s).Map(a => 1 / (1 + Math.Exp(-a)), Zeros.Include),
        ["the other exponentials"] = (gate, x, s) =>
            gate.Sum(x, s).Map(a => Math.Exp(a) / (Math.Exp(a) + 1), Zeros.Include),
        ["half a tanh"] = (gate, x, s) => (1 + (gate.Sum(x, s) / 2).PointwiseTanh()) / 2,
        ["sums by hand"] = (gate, x, s) => Gate.Sigmoid((gate.U * x) + (gate.W * s) + gate.b),
        ["one matrix for both"] = (gate, x, s) =>
            Gate.Sigmoid((gate.U.Append(gate.W) * Vector<double>.Build.DenseOfEnumerable(x.Concat(s))) + gate.b),
        ["loops"] = (gate, x, s) =>
        {
            var a = gate.b.Clone();
            for (var r = 0; r < a.Count; r++)
            {
                for (var k = 0; k < x.Count; k++)
                {
                    a[r] += gate.U[r, k] * x[k];
                }

                for (var k = 0; k < s.Count; k++)
                {
                    a[r] += gate.W[r, k] * s[k];
                }
            }

            return Gate.Sigmoid(a);
        },
        ["noise in the tenth digit"] = (gate, x, s) => Gate.Sigmoid(gate.Sum(x, s)) * (1 + 1e-11),
    };

    public static IReadOnlyDictionary<string, Func<Feedback>> Lstms { get; } =
        Gates.ToDictionary(
            way => way.Key,
            way =>
                (Func<Feedback>)(
                    () =>
                        Check.LstmStep(
                            (x_i, s_prev, c_prev, keep, add, show, candidate) =>
                            {
                                var c_i =
                                    way.Value(keep, x_i, s_prev).PointwiseMultiply(c_prev)
                                    + way.Value(add, x_i, s_prev)
                                        .PointwiseMultiply(candidate.Sum(x_i, s_prev).PointwiseTanh());
                                return (way.Value(show, x_i, s_prev).PointwiseMultiply(c_i.PointwiseTanh()), c_i);
                            }
                        )
                )
        );

    public static IReadOnlyDictionary<string, Func<Feedback>> Grus { get; } =
        Gates.ToDictionary(
            way => way.Key,
            way =>
                (Func<Feedback>)(
                    () =>
                        Check.GruStep(
                            (x_i, s_prev, keep, reset, candidate) =>
                            {
                                var past = (candidate.W * s_prev) + candidate.b_W!;
                                var new_i = (
                                    (candidate.U * x_i)
                                    + candidate.b
                                    + way.Value(reset, x_i, s_prev).PointwiseMultiply(past)
                                ).PointwiseTanh();
                                var keep_i = way.Value(keep, x_i, s_prev);
                                // Two formulas that are equal.
                                return way.Key.Length % 2 == 0
                                    ? keep_i.PointwiseMultiply(s_prev) + (1 - keep_i).PointwiseMultiply(new_i)
                                    : new_i + keep_i.PointwiseMultiply(s_prev - new_i);
                            }
                        )
                )
        );
}
