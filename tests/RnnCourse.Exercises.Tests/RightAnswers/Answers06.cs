using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 06.</summary>
internal static class Answers06
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Steps { get; } =
        new Dictionary<string, Check.StepMethod>
        {
            ["two lines"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["softmax without a shift"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
                var e = ((V * s_i) + c).PointwiseExp();
                return (s_i, e / e.Sum());
            },
            ["one matrix for both"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var both = Vector<double>.Build.DenseOfEnumerable(x_i.Concat(s_prev));
                var s_i = ((U.Append(W) * both) + b).PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["biases as columns"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var all = Vector<double>.Build.DenseOfEnumerable([.. x_i, .. s_prev, 1.0]);
                var s_i = (U.Append(W).Append(b.ToColumnMatrix()) * all).PointwiseTanh();
                var z_i = V.Append(c.ToColumnMatrix()) * Vector<double>.Build.DenseOfEnumerable(s_i.Append(1));
                return (s_i, CrossEntropy.Softmax(z_i));
            },
            ["loops over numbers"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = Vector<double>.Build.Dense(b.Count);
                for (var r = 0; r < b.Count; r++)
                {
                    var a = b[r];
                    for (var k = 0; k < x_i.Count; k++)
                    {
                        a += U[r, k] * x_i[k];
                    }

                    for (var k = 0; k < s_prev.Count; k++)
                    {
                        a += W[r, k] * s_prev[k];
                    }

                    s_i[r] = Math.Tanh(a);
                }

                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["tanh by exponentials"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).Map(a =>
                    (Math.Exp(a) - Math.Exp(-a)) / (Math.Exp(a) + Math.Exp(-a))
                );
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["rows from the left"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((x_i * U.Transpose()) + (s_prev * W.Transpose()) + b).PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((s_i * V.Transpose()) + c));
            },
            ["sums of columns"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = x_i.Select((value, k) => value * U.Column(k))
                    .Concat(s_prev.Select((value, k) => value * W.Column(k)))
                    .Aggregate(b, (sum, part) => sum + part)
                    .PointwiseTanh();
                return (s_i, CrossEntropy.Softmax((V * s_i) + c));
            },
            ["rounded to nine digits"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                var s_i = ((U * x_i) + (W * s_prev) + b).Map(a => Math.Round(Math.Tanh(a), 9));
                return (s_i, CrossEntropy.Softmax((V * s_i) + c).Map(p => Math.Round(p, 9)));
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.RecurrentStep(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Runs { get; } =
        new Dictionary<string, Check.RunMethod>
        {
            ["foreach"] = (rnn, x, s_0) =>
            {
                var (s, y) = (new List<Vector<double>>(), new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    s.Add(State(rnn, x_i, s.Count == 0 ? s_0 : s[^1]));
                    y.Add(Output(rnn, s[^1]));
                }

                return (s, y);
            },
            ["for, in arrays"] = (rnn, x, s_0) =>
            {
                var (s, y) = (new Vector<double>[x.Count], new Vector<double>[x.Count]);
                for (var i = 1; i <= x.Count; i++)
                {
                    s[i - 1] = State(rnn, x[i - 1], i == 1 ? s_0 : s[i - 2]);
                    y[i - 1] = Output(rnn, s[i - 1]);
                }

                return (s, y);
            },
            ["while"] = (rnn, x, s_0) =>
            {
                var states = new List<Vector<double>> { s_0 };
                while (states.Count <= x.Count)
                {
                    states.Add(State(rnn, x[states.Count - 1], states[^1]));
                }

                return ([.. states.Skip(1)], [.. states.Skip(1).Select(s => Output(rnn, s))]);
            },
            ["LINQ with a state outside"] = (rnn, x, s_0) =>
            {
                var s = s_0;
                List<Vector<double>> states = [.. x.Select(x_i => s = State(rnn, x_i, s))];
                return (states, [.. states.Select(state => Output(rnn, state))]);
            },
            ["Aggregate"] = (rnn, x, s_0) =>
            {
                var states = x.Aggregate(
                    new List<Vector<double>> { s_0 },
                    (list, x_i) => [.. list, State(rnn, x_i, list[^1])]
                );
                return ([.. states.Skip(1)], [.. states.Skip(1).Select(s => Output(rnn, s))]);
            },
            ["recursion"] = (rnn, x, s_0) =>
            {
                var states = From(rnn, x, s_0, 0).ToList();
                return (states, [.. states.Select(s => Output(rnn, s))]);
            },
            ["a generator"] = (rnn, x, s_0) =>
            {
                IEnumerable<Vector<double>> States()
                {
                    var s = s_0;
                    foreach (var x_i in x)
                    {
                        yield return s = State(rnn, x_i, s);
                    }
                }

                return ([.. States()], [.. States().Select(s => Output(rnn, s))]);
            },
            ["all inputs multiplied at once"] = (rnn, x, s_0) =>
            {
                if (x.Count == 0)
                {
                    return ([], []);
                }

                var UX = rnn.U * Matrix<double>.Build.DenseOfColumnVectors(x);
                var (s, states) = (s_0, new List<Vector<double>>());
                for (var i = 0; i < x.Count; i++)
                {
                    states.Add(s = (UX.Column(i) + (rnn.W * s) + rnn.b).PointwiseTanh());
                }

                return (states, [.. states.Select(state => Output(rnn, state))]);
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.RecurrentRun(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Tests { get; } =
        new Dictionary<string, Func<Check.PredictMethod, VanillaRnn, bool>>
        {
            ["they and the"] = (predict, rnn) => Differ(predict, rnn, "they fish", "the fish"),
            ["longer sentences"] = (predict, rnn) => Differ(predict, rnn, "they still fish", "the still fish"),
            ["by the norm"] = (predict, rnn) =>
                (Last(predict, rnn, "they fish") - Last(predict, rnn, "the fish")).L2Norm() > 0,
            ["by the sum of differences"] = (predict, rnn) =>
                (Last(predict, rnn, "we swim") - Last(predict, rnn, "every swim")).PointwiseAbs().Sum() > 1e-12,
            ["as numbers"] = (predict, rnn) =>
                Last(predict, rnn, "they cook").Zip(Last(predict, rnn, "the cook")).Any(p => p.First != p.Second),
            ["as an inequality of sequences"] = (predict, rnn) =>
                !Last(predict, rnn, "can fish").SequenceEqual(Last(predict, rnn, "every fish")),
            ["any of many"] = (predict, rnn) =>
                TinySentences.Vocabulary.Select(word => Last(predict, rnn, $"{word} fish")[0]).Distinct().Count() > 1,
            ["with the first output alone of a repeated word"] = (predict, rnn) =>
                predict(rnn, TinySentences.OneHot("fish", "fish")) is var y && !y[0].Equals(y[1]),
            ["against the start"] = (predict, rnn) =>
                !Last(predict, rnn, "they fish").Equals(rnn.Step(TinySentences.OneHot("fish")[0], rnn.s_0).y_i),
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.StateTest(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Mended { get; } =
        new Dictionary<string, Check.PredictMethod>
        {
            ["the library's"] = (rnn, x) => rnn.Predict(x),
            ["its trace"] = (rnn, x) => rnn.Forward(x).y,
            ["a loop"] = (rnn, x) =>
            {
                var (s, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    (s, var y_i) = rnn.Step(x_i, s);
                    y.Add(y_i);
                }

                return y;
            },
            ["LINQ"] = (rnn, x) =>
            {
                var s = rnn.s_0;
                return
                [
                    .. x.Select(x_i =>
                    {
                        (s, var y_i) = rnn.Step(x_i, s);
                        return y_i;
                    }),
                ];
            },
            ["recursion"] = (rnn, x) => [.. From(rnn, x, rnn.s_0, 0).Select(s => Output(rnn, s))],
            ["each output from the beginning"] = (rnn, x) =>
                [.. x.Select((_, i) => rnn.Predict([.. x.Take(i + 1)])[i])],
            ["Aggregate"] = (rnn, x) =>
                x.Aggregate(
                    (s: rnn.s_0, y: new List<Vector<double>>()),
                    (so, x_i) => rnn.Step(x_i, so.s) is var (s_i, y_i) ? (s_i, [.. so.y, y_i]) : so
                ).y,
            ["states first, outputs later"] = (rnn, x) => [.. rnn.Forward(x).s.Skip(1).Select(s => Output(rnn, s))],
            ["in an array"] = (rnn, x) =>
            {
                var (s, y) = (rnn.s_0, new Vector<double>[x.Count]);
                for (var i = 0; i < y.Length; i++)
                {
                    (s, y[i]) = rnn.Step(x[i], s);
                }

                return y;
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.MendedPredict(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> SpecialCases { get; } =
        new Dictionary<string, Func<(VanillaRnn, SharedNetwork)>>
        {
            ["copied with CopyTo"] = () => Special(1, 8),
            ["another seed"] = () => Special(2, 8),
            ["a small state"] = () => Special(3, 1),
            ["a large state"] = () => Special(4, 40),
            ["copied the other way"] = () => Special(5, 8, back: true),
            ["number by number"] = () => Special(6, 8, numbers: true),
            ["with biases"] = () => Special(7, 8, biases: true),
            ["a state to start from"] = () => Special(8, 8, start: 0.7),
            ["trained before W is cleared"] = () =>
            {
                var rnn = new VanillaRnn(13, 8, 7, new SeededRandom(9));
                GradientDescent.Train(
                    rnn,
                    [.. TinySentences.Train.Select(TinySentences.ToExample)],
                    3,
                    0.1,
                    new SeededRandom(1)
                );
                return Special(9, 8, of: rnn);
            },
        }.ToDictionary(
            way => way.Key,
            way => (Func<Feedback>)(() => way.Value() is var (rnn, plain) ? Check.SpecialCase(rnn, plain) : null!)
        );

    public static IReadOnlyDictionary<string, Func<Feedback>> HandMade { get; } =
        new (string Name, int H, int Unit, double Push, double Keep, double Read, int Sign, double Start)[]
        {
            ("one number", 1, 0, 12, 4, 5, 1, 0),
            ("the other way round", 1, 0, 12, 4, 5, -1, 0),
            ("from −1", 1, 0, 12, 4, 5, 1, -1),
            ("from 1", 1, 0, 12, 4, 5, 1, 1),
            ("two numbers", 2, 1, 12, 4, 5, 1, 0),
            ("three numbers", 3, 0, 8, 3, 2, 1, 0),
            ("four numbers", 4, 3, 12, 4, 5, -1, 0.5),
            ("smaller weights", 1, 0, 3, 1.5, 1, 1, 0),
            ("larger weights", 1, 0, 100, 50, 30, 1, 0),
        }.ToDictionary(
            way => way.Name,
            way =>
                (Func<Feedback>)(
                    () =>
                    {
                        var net = new VanillaRnn(13, way.H, 7, new SeededRandom(1));
                        foreach (var parameter in net.Parameters)
                        {
                            Array.Clear(parameter.Values);
                        }

                        for (var k = 0; k < 6; k++)
                        {
                            net.U[way.Unit, k] = way.Sign * (k < 2 ? way.Push : -way.Push);
                        }

                        net.W[way.Unit, way.Unit] = way.Keep;
                        (net.V[5, way.Unit], net.V[6, way.Unit]) = (way.Sign * way.Read, -way.Sign * way.Read);
                        net.s_0[way.Unit] = way.Start;
                        return Check.HandMade(net);
                    }
                )
        );

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new("06.1a", new Dictionary<string, Func<Feedback>>([.. Steps, .. Answers06Loops.Steps])),
        new("06.1b", Runs),
        new("06.2a", Tests),
        new("06.2b", Mended),
        new("06.3", SpecialCases),
        new("06.5", HandMade),
    ];

    private static Vector<double> State(VanillaRnn rnn, Vector<double> x_i, Vector<double> s_prev) =>
        ((rnn.U * x_i) + (rnn.W * s_prev) + rnn.b).PointwiseTanh();

    private static Vector<double> Output(VanillaRnn rnn, Vector<double> s_i) =>
        CrossEntropy.Softmax((rnn.V * s_i) + rnn.c);

    private static IEnumerable<Vector<double>> From(
        VanillaRnn rnn,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s,
        int i
    )
    {
        if (i == x.Count)
        {
            return [];
        }

        var s_i = rnn.Step(x[i], s).s_i;
        return [s_i, .. From(rnn, x, s_i, i + 1)];
    }

    private static Vector<double> Last(Check.PredictMethod predict, VanillaRnn rnn, string sentence) =>
        predict(rnn, TinySentences.OneHot(sentence.Split(' ')))[^1];

    private static bool Differ(Check.PredictMethod predict, VanillaRnn rnn, string one, string other) =>
        !Last(predict, rnn, one).Equals(Last(predict, rnn, other));

    private static (VanillaRnn, SharedNetwork) Special(
        ulong seed,
        int H,
        bool back = false,
        bool numbers = false,
        bool biases = false,
        double start = 0,
        VanillaRnn? of = null
    )
    {
        var rnn = of ?? new VanillaRnn(13, H, 7, new SeededRandom(seed));
        var plain = new SharedNetwork(13, H, 7, new SeededRandom(seed + 100));
        rnn.W.Clear();
        if (biases)
        {
            rnn.b[0] = 0.5;
            rnn.c[3] = -1;
        }

        rnn.s_0.MapInplace(_ => start, Zeros.Include);
        foreach (var parameter in plain.Parameters)
        {
            var own = rnn.Parameters.Single(other => other.Name == parameter.Name);
            if (numbers)
            {
                for (var k = 0; k < own.Values.Length; k++)
                {
                    parameter.Values[k] = own.Values[k];
                }
            }
            else if (back)
            {
                parameter.Values.CopyTo(own.Values, 0);
            }
            else
            {
                own.Values.CopyTo(parameter.Values, 0);
            }
        }

        return (rnn, plain);
    }
}
