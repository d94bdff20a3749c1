using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Inspection;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Tasks;
using RnnCourse.Training;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lessons 06 to 14.</summary>
internal static class Values06To14
{
    private static readonly Lazy<NamesTask> Names = new(() => new NamesTask(new TaskData()));

    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["06.2a"] = StateTests,
            ["06.3"] = SpecialCases,
            ["06.4"] = FlatCurves,
            ["06.5"] = HandMade,
            ["07.5"] = Verdicts,
            ["08.2"] = Vanishing,
            ["08.4"] = Measures,
            ["10.3"] = Radii,
            ["10.4"] = Growing,
            ["11.2"] = Windows,
            ["11.4"] = Orthogonals,
            ["12.3"] = Predictions,
            ["12.4"] = Surprises,
            ["13.2"] = CountingUnits,
            ["13.3"] = Probes,
            ["14.2"] = CellCounts,
            ["14.3"] = Attention,
        };

    private static IEnumerable<Feedback> StateTests()
    {
        // Which outputs of which two sentences are compared, and how.
        (string One, string Other)[] pairs = [("they fish", "the fish"), ("they still swim", "the still swim")];
        foreach (var (one, other) in pairs)
        {
            foreach (var at in new Index[] { 0, ^1 })
            {
                bool Equal(Check.PredictMethod predict, VanillaRnn rnn, string a, string b) =>
                    predict(rnn, TinySentences.OneHot(a.Split(' ')))[at]
                        .Equals(predict(rnn, TinySentences.OneHot(b.Split(' ')))[at]);
                if (at.Equals(new Index(0)))
                {
                    yield return Check.StateTest((predict, rnn) => !Equal(predict, rnn, one, other));
                    yield return Check.StateTest(
                        (predict, rnn) => !Equal(predict, rnn, one, one[..one.LastIndexOf(' ')] + " cook")
                    );
                }

                yield return Check.StateTest((predict, rnn) => Equal(predict, rnn, one, other));
                yield return Check.StateTest((predict, rnn) => Equal(predict, rnn, one, one));
                yield return Check.StateTest((predict, rnn) => !Equal(predict, rnn, one, one));
            }
        }

        yield return Check.StateTest((_, _) => true);
        yield return Check.StateTest((_, _) => false);
        yield return Check.StateTest((predict, rnn) => predict(rnn, TinySentences.OneHot("they", "fish")).Count == 2);
        yield return Check.StateTest(
            (predict, rnn) => predict(rnn, TinySentences.OneHot("they", "fish")).All(y => Math.Abs(y.Sum() - 1) < 1e-9)
        );
    }

    private static IEnumerable<Feedback> SpecialCases()
    {
        (VanillaRnn Rnn, SharedNetwork Plain) Right()
        {
            var rnn = new VanillaRnn(13, 8, 7, new SeededRandom(1));
            var plain = new SharedNetwork(13, 8, 7, new SeededRandom(2));
            rnn.W.Clear();
            rnn.b[1] = rnn.c[2] = 0.3;
            foreach (var parameter in plain.Parameters)
            {
                rnn.Parameters.Single(p => p.Name == parameter.Name).Values.CopyTo(parameter.Values, 0);
            }

            return (rnn, plain);
        }

        Feedback Judge(Action<VanillaRnn, SharedNetwork> change)
        {
            var (rnn, plain) = Right();
            change(rnn, plain);
            return Check.SpecialCase(rnn, plain);
        }

        foreach (var name in new[] { "U", "V", "b", "c" })
        {
            yield return Judge((_, plain) => plain.Parameters.Single(p => p.Name == name).Values[0] += 0.1);
            yield return Judge((_, plain) => Array.Clear(plain.Parameters.Single(p => p.Name == name).Values));
        }

        yield return Judge((rnn, _) => rnn.W[0, 0] = 1e-9);
        yield return Judge((rnn, _) => rnn.W[7, 3] = -1);
        yield return Judge(
            (rnn, plain) =>
            {
                rnn.U.Clear();
                plain.U.Clear();
            }
        );
        yield return Judge(
            (rnn, plain) =>
            {
                rnn.V.Clear();
                plain.V.Clear();
            }
        );
        yield return Check.SpecialCase(Right().Rnn, new SharedNetwork(13, 9, 7, new SeededRandom(1)));
        yield return Check.SpecialCase(new VanillaRnn(13, 8, 7, new SeededRandom(1)), Right().Plain);
    }

    private static IEnumerable<Feedback> FlatCurves()
    {
        var rnn = new VanillaRnn(13, 8, 7, new SeededRandom(1));
        string[] fillers = ["still", "only", "just"];
        double Apart(string filler)
        {
            Vector<double> After(string first) =>
                rnn.Forward(TinySentences.OneHot([first, .. Enumerable.Repeat(filler, 29)])).s[^1];
            return (After("they") - After("the")).L2Norm();
        }

        var right = fillers.MaxBy(Apart);
        return TinySentences
            .Vocabulary.Concat(["", "Still", "ONLY", "swam"])
            .Where(word => word != right)
            .Select(word => Check.FlatCurve(rnn, word));
    }

    private static IEnumerable<Feedback> HandMade()
    {
        foreach (var push in new double[] { -12, 0 })
        {
            foreach (var keep in new[] { 4, 0.2 })
            {
                foreach (var read in new double[] { 5, 0 })
                {
                    yield return Check.HandMade(Switch(push, keep, read, 1));
                }
            }
        }

        foreach (var keep in new[] { -4, -1.5, 0, 0.1, 0.3 })
        {
            yield return Check.HandMade(Switch(12, keep, 5, 1));
        }

        foreach (var H in new[] { 5, 8 })
        {
            yield return Check.HandMade(Switch(12, 4, 5, H));
        }

        yield return Check.HandMade(Switch(12, 4, -5, 1));
    }

    private static VanillaRnn Switch(double push, double keep, double read, int H)
    {
        var net = new VanillaRnn(13, H, 7, new SeededRandom(1));
        foreach (var parameter in net.Parameters)
        {
            Array.Clear(parameter.Values);
        }

        for (var k = 0; k < 6; k++)
        {
            net.U[0, k] = k < 2 ? push : -push;
        }

        net.W[0, 0] = keep;
        (net.V[5, 0], net.V[6, 0]) = (read, -read);
        return net;
    }

    private static IEnumerable<Feedback> Verdicts()
    {
        static bool HasNoun(TinySentences.Sentence s) => s.Tags.Contains("NOUN");
        var net = new VanillaRnn(13, 8, 2, new SeededRandom(7));
        GradientDescent.Train(
            net,
            [
                .. TinySentences.Train.Select(s => new GradientDescent.Example(
                    TinySentences.OneHot(s.Words),
                    [.. s.Words.Select((_, i) => i == s.Words.Count - 1 ? (int?)(HasNoun(s) ? 1 : 0) : null)]
                )),
            ],
            60,
            0.03,
            new SeededRandom(8)
        );
        foreach (var word in new[] { "fish", "swim", "cook", "guide" })
        {
            yield return Check.Verdict(net, s => s.Words[^1] == word);
            yield return Check.Verdict(net, s => s.Words.Contains(word) && s.Words[0] == "the");
        }

        yield return Check.Verdict(net, s => !HasNoun(s));
        yield return Check.Verdict(net, _ => true);
        yield return Check.Verdict(net, _ => false);
        yield return Check.Verdict(net, s => s.Words.Count == 6);
        yield return Check.Verdict(new VanillaRnn(13, 8, 2, new SeededRandom(1)), HasNoun);
        yield return Check.Verdict(new VanillaRnn(13, 8, 7, new SeededRandom(1)), HasNoun);
        yield return Check.Verdict(new VanillaRnn(12, 8, 2, new SeededRandom(1)), HasNoun);
        yield return Check.Verdict(net, s => s.Words[7] == "the");
    }

    private static IEnumerable<Feedback> Vanishing()
    {
        string[] names = ["dU", "dW", "dV", "db", "dc", "ds_0"];
        string[][] right =
        [
            ["dU", "dW", "db", "ds_0"],
            ["ds_0"],
            ["dU", "dW", "db", "ds_0"],
            ["dW"],
        ];
        string?[] texts = [.. right.Select(list => string.Join(' ', list))];
        for (var k = 0; k < 4; k++)
        {
            foreach (var name in names)
            {
                // One name more, or one less.
                string?[] given = [.. texts];
                given[k] = string.Join(
                    ' ',
                    right[k].Contains(name) ? right[k].Where(n => n != name) : right[k].Append(name)
                );
                yield return Check.Vanishing(given[0], given[1], given[2], given[3]);
            }

            string?[] open = [.. texts];
            open[k] = null;
            yield return Check.Vanishing(open[0], open[1], open[2], open[3]);
            open[k] = "dX";
            yield return Check.Vanishing(open[0], open[1], open[2], open[3]);
        }
    }

    private static IEnumerable<Feedback> Measures()
    {
        // The number that is subtracted, and the divisor.
        (Func<double, double, double, double> Difference, double Factor)[] differences =
        [
            ((above, here, below) => above - below, 0.5),
            ((above, here, below) => above - here, 1),
            ((above, here, below) => here - below, 1),
            ((above, here, below) => below - above, 0.5),
        ];
        foreach (var (difference, factor) in differences)
        {
            foreach (var divisor in new Func<double, double>[] { h => h, h => 2 * h, h => 1, h => 2 / h, h => 4 * h })
            {
                if (
                    divisor(1) * factor == 1
                    && divisor(2) == 4
                    && difference(1, 0, 0) == 1
                    && difference(0, 0, 1) == -1
                )
                {
                    continue;
                }

                yield return Measure((above, here, below, h) => difference(above, here, below) / divisor(h), 1e-5);
            }
        }

        foreach (var h in new[] { 0.1, 1e-2, 1e-3, 1e-11, 1e-13, 0 })
        {
            yield return Measure((above, here, below, step) => (above - below) / (2 * step), h);
        }
    }

    private static Feedback Measure(Func<double, double, double, double, double> slope, double h) =>
        Check.Measure(
            (loss, values) =>
            {
                var slopes = new double[values.Length];
                for (var k = 0; k < values.Length; k++)
                {
                    var value = values[k];
                    var here = loss();
                    values[k] = value + h;
                    var above = loss();
                    values[k] = value - h;
                    var below = loss();
                    values[k] = value;
                    slopes[k] = slope(above, here, below, h);
                }

                return slopes;
            }
        );

    private static IEnumerable<Feedback> Radii()
    {
        var net = new VanillaRnn(8, 64, 2, new SeededRandom(5));
        return new[]
        {
            double.NaN,
            double.NegativeInfinity,
            double.PositiveInfinity,
            -1.5,
            0,
            1e-9,
            0.5,
            0.9,
            1,
            1.1,
            1.2,
            2.5,
            3,
            10,
            1e6,
        }.Select(radius => Check.KeepsLag20(net, radius));
    }

    private static IEnumerable<Feedback> Growing()
    {
        static Matrix<double> Of(double a, double b, double c, double d) =>
            Matrix<double>.Build.DenseOfArray(
                new[,]
                {
                    { a, b },
                    { c, d },
                }
            );
        foreach (var radius in new[] { 0.95, 1, 1.5, 20 })
        {
            yield return Check.GrowsBeforeItFalls(Of(radius, 10, 0, radius));
            yield return Check.GrowsBeforeItFalls(Of(radius, 0, 0, radius));
        }

        foreach (var radius in new[] { 0, 0.5, 0.9 })
        {
            yield return Check.GrowsBeforeItFalls(Of(radius, 0, 0, radius));
            yield return Check.GrowsBeforeItFalls(Of(radius, 1, 0, radius));
            yield return Check.GrowsBeforeItFalls(Of(0, radius, -radius, 0));
        }

        yield return Check.GrowsBeforeItFalls(Matrix<double>.Build.Dense(2, 3));
        yield return Check.GrowsBeforeItFalls(Of(double.NaN, 0, 0, 0));
    }

    private static IEnumerable<Feedback> Windows()
    {
        static SequenceModel<float> Untrained(int symbols) =>
            new(new ModelShape(CellKind.Rnn, symbols, 4, symbols), new SeededRandom(1));
        foreach (var tau in new[] { -1, 0, 1, 6, 11, 12, 14, 20, 24, 1000 })
        {
            yield return Check.WindowForLag12(tau, Untrained(2));
        }

        yield return Check.WindowForLag12(13, null);
        yield return Check.WindowForLag12(13, Untrained(2));
        yield return Check.WindowForLag12(13, Untrained(3));
        yield return Check.WindowForLag12(13, new(new ModelShape(CellKind.Gru, 2, 32, 2), new SeededRandom(3)));
    }

    private static IEnumerable<Feedback> Orthogonals()
    {
        static Matrix<double> Normal(int size, SeededRandom random) =>
            Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());
        Func<int, SeededRandom, Matrix<double>>[] wrong =
        [
            Normal,
            (size, random) => Normal(size, random) / Math.Sqrt(size),
            (size, random) => Normal(size, random).NormalizeColumns(2),
            (size, random) => Normal(size, random).NormalizeRows(2),
            (size, random) => Normal(size, random).QR().R,
            (size, random) => 2 * Normal(size, random).QR().Q,
            (size, random) => Normal(size, random).QR().Q * 0.9,
            (size, _) => Matrix<double>.Build.DenseIdentity(size),
            (size, _) => Normal(size, new SeededRandom(1)).QR().Q,
            (size, _) => 0 * Matrix<double>.Build.Dense(size, size),
            (size, random) => RecurrentWeights.WithSpectralRadius(Normal(size, random), 1),
            (size, random) => Normal(size + 1, random).QR().Q,
            (size, random) => Normal(size, random) * double.NaN,
            (size, random) => Normal(size, random) is var M ? M + M.Transpose() : null!,
        ];
        return wrong.Select(method => Check.OrthogonalStart(method));
    }

    private static double[] Normalised(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return [.. all.Select(value => value / all.Sum())];
    }

    private static IEnumerable<Feedback> Predictions()
    {
        var task = Names.Value;
        Dictionary<string, double[]> Count(IEnumerable<string> names)
        {
            var after = new Dictionary<string, double[]>();
            foreach (var (symbols, targets) in task.Encode(names))
            {
                for (var i = 0; i < targets.Count; i++)
                {
                    foreach (var length in new[] { 1, 2, 3 })
                    {
                        var key = Key([.. symbols.Take(i + 1)], length);
                        if (!after.TryGetValue(key, out var counts))
                        {
                            after[key] = counts = new double[27];
                        }

                        counts[targets[i]]++;
                    }
                }
            }

            return after;
        }

        static string Key(IReadOnlyList<int> before, int length) =>
            length + ":" + string.Join(' ', Enumerable.Repeat(0, 3).Concat(before).TakeLast(length));
        double[] Mixed(Dictionary<string, double[]> after, IReadOnlyList<int> before, int length, double weight)
        {
            var bigram = Normalised((after.GetValueOrDefault(Key(before, 1)) ?? new double[27]).Select(c => c + 1));
            return length == 1
                ? bigram
                : Normalised(
                    (after.GetValueOrDefault(Key(before, length)) ?? new double[27]).Zip(
                        bigram,
                        (count, p) => count + (weight * p)
                    )
                );
        }

        var train = Count(task.Split.Train);
        foreach (
            var cheat in new[]
            {
                Count([.. task.Split.Train, .. task.Split.Test]),
                Count(task.Split.Test),
                Count([.. task.Split.Train, .. task.Split.Test.Take(200)]),
            }
        )
        {
            foreach (var weight in new[] { 1.0, 5 })
            {
                yield return Check.BeatsTheBigram(task, before => Mixed(cheat, before, 2, weight));
            }

            yield return Check.BeatsTheBigram(task, before => Mixed(cheat, before, 3, 3));
        }

        yield return Check.BeatsTheBigram(task, before => Mixed(train, before, 1, 1));
        yield return Check.BeatsTheBigram(task, before => Mixed(train, [before[0]], 1, 1));
        yield return Check.BeatsTheBigram(task, _ => Normalised(Enumerable.Repeat(1.0, 27)));
        yield return Check.BeatsTheBigram(task, before => Mixed(train, before, 3, 1e-9));
        yield return Check.BeatsTheBigram(task, before => [.. Mixed(train, before, 2, 5).Select(p => 2 * p)]);
        yield return Check.BeatsTheBigram(task, before => [.. Mixed(train, before, 2, 5).Skip(1)]);
        yield return Check.BeatsTheBigram(task, before => [.. Mixed(train, before, 2, 5).Select(p => Math.Log(p))]);
        var net = new SequenceModel<double>(new ModelShape(CellKind.Gru, 27, 16, 27), new SeededRandom(4));
        yield return Check.BeatsTheBigram(
            task,
            before =>
            {
                var batch = SequenceBatch.OfSymbols<double>(27);
                batch.Resize(before.Count, 1);
                for (var t = 0; t < before.Count; t++)
                {
                    batch.Symbols[t] = before[t];
                }

                return CrossEntropy
                    .Softmax(Vector<double>.Build.Dense(net.Twin().Forward(batch)[^27..].ToArray()))
                    .ToArray();
            }
        );
    }

    private static IEnumerable<Feedback> Surprises()
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 27, 4, 27), new SeededRandom(1));
        model.Output.c.Values[0] = -5; // the end surprises most
        foreach (var name in new[] { "emma", "siobhan", "zoe" })
        {
            foreach (var place in Enumerable.Range(0, name.Length + 3).Where(place => place != name.Length + 1))
            {
                yield return Check.MostSurprising(Names.Value, model, name, place);
            }
        }

        yield return Check.MostSurprising(Names.Value, model, "zoë", 1);
        yield return Check.MostSurprising(Names.Value, model, "Emma", 5);
    }

    private static IEnumerable<Feedback> CountingUnits()
    {
        static (int[] Symbols, int[] Depths)[] Draw(int count, ulong seed)
        {
            var draw = new SeededRandom(seed);
            return [.. Enumerable.Range(0, count).Select(_ => BracketTask.Draw(5, 24, draw))];
        }

        // As in the lesson.
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 3, 8, 6), new SeededRandom(2));
        var untrained = model.Twin();
        yield return Check.CountingUnit(untrained, 5, 0.5);
        using var trainer = new Trainer<double>(
            model,
            new SoftmaxCrossEntropy<double>(),
            new Adam<double>(),
            new ShuffledBatches<double>(
                [.. Draw(1000, 2).Select(e => new SymbolSequence(e.Symbols, e.Depths))],
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
        var brackets = Draw(100, 99);
        double[] depths = [.. brackets.SelectMany(e => e.Depths).Select(depth => (double)depth)];
        var states = StateRecord.Of(model, brackets.Select(e => e.Symbols)).S;
        double[] goesWith =
        [
            .. states.EnumerateRows().Select(row => MathNet.Numerics.Statistics.Correlation.Pearson(row, depths)),
        ];
        double Right(SequenceModel<double> m) =>
            StateRecord
                .Of(m, brackets.Select(e => e.Symbols))
                .Answers()
                .Zip(depths, (answer, depth) => answer == depth ? 1.0 : 0)
                .Average();
        double Without(int u) => Right(Ablation.Fix(model, u, states.Row(u).Average()));
        var unit = Enumerable.Range(0, 8).MaxBy(u => Math.Abs(goesWith[u]));
        var right = Without(unit);
        foreach (
            var other in Enumerable
                .Range(-1, 10)
                .Where(u => u is < 0 or > 7 || Math.Abs(goesWith[u]) < Math.Abs(goesWith[unit]) - 0.01)
        )
        {
            yield return Check.CountingUnit(model, other, other is < 0 or > 7 ? right : Without(other));
        }

        foreach (var share in new double?[] { null, Right(model), 100 * right, -right, 1 - right, double.NaN })
        {
            if (share is not { } value || !(Math.Abs(value - right) < 0.01))
            {
                yield return Check.CountingUnit(model, unit, share);
            }
        }
    }

    private static IEnumerable<Feedback> Probes()
    {
        static Matrix<double> Ones(Matrix<double> M) => M.Stack(Matrix<double>.Build.Dense(1, M.ColumnCount, 1));
        static Vector<double> Weights(Matrix<double> A, Vector<double> t) => (A * A.Transpose()).Solve(A * t);
        Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>[] wrong =
        [
            (S, t, fresh) => fresh.Transpose() * Weights(S, t),
            (S, t, fresh) => fresh.Transpose() * Weights(Ones(S), t).SubVector(0, S.RowCount),
            (S, t, fresh) => Weights(Ones(S), t),
            (S, t, fresh) => Weights(S, t),
            (S, t, fresh) => Ones(S).Transpose() * Weights(Ones(S), t),
            (S, t, fresh) => Ones(fresh).Transpose() * (Ones(S) * t),
            (S, t, fresh) => Vector<double>.Build.Dense(fresh.ColumnCount, t.Average()),
            (S, t, fresh) => (fresh.Transpose() * Weights(S, t)) + t.Average(),
            (S, t, fresh) => t.SubVector(0, fresh.ColumnCount),
            (S, t, fresh) => -(Ones(fresh).Transpose() * Weights(Ones(S), t)),
            (S, t, fresh) => 2 * (Ones(fresh).Transpose() * Weights(Ones(S), t)),
            (S, t, fresh) => 0 * (Ones(fresh).Transpose() * Weights(Ones(S), t)),
            (S, t, fresh) => (Ones(fresh).Transpose() * Weights(Ones(S), t)) * double.NaN,
            (S, t, fresh) => t,
        ];
        return wrong.Select(method => Check.Probe(method));
    }

    private static IEnumerable<Feedback> CellCounts()
    {
        foreach (var sets in new[] { 1, 2, 3, 4, 5 })
        {
            foreach (var biases in new[] { 0, 1, 3, 4, 5 })
            {
                if ((sets, biases) != (4, 4))
                {
                    yield return Check.CellParameters(
                        (D, H) => (sets * H * (D + H)) + (biases * H),
                        (D, H) => (3 * H * (D + H)) + (4 * H)
                    );
                }

                if ((sets, biases) != (3, 4))
                {
                    yield return Check.CellParameters(
                        (D, H) => 4 * H * (D + H + 1),
                        (D, H) => (sets * H * (D + H)) + (biases * H)
                    );
                }
            }
        }

        yield return Check.CellParameters((D, H) => 4 * H * (D + H + 1), null);
    }

    private static IEnumerable<Feedback> Attention()
    {
        double[] right = [3.0 / 7, 1.0 / 7, 3.0 / 7];
        const double context = 160 / 7.0;
        double[][] wrong =
        [
            [3, 1, 3],
            [Math.Log(3), 0, Math.Log(3)],
            [1.0 / 3, 1.0 / 3, 1.0 / 3],
            [0.5, 0, 0.5],
            [1.0 / 7, 3.0 / 7, 3.0 / 7],
            [3.0 / 7, 3.0 / 7, 1.0 / 7],
            [0.75, 0.25, 0],
            [1, 0, 0],
            [0.43, 0.14],
            [43, 14, 43],
            [-3.0 / 7, -1.0 / 7, -3.0 / 7],
        ];
        foreach (var weights in wrong)
        {
            yield return Check.AttentionByHand(weights, context);
        }

        foreach (var answer in new double?[] { null, 80.0 / 3, 80, 160, 30, double.NaN })
        {
            yield return Check.AttentionByHand(right, answer);
        }
    }
}
