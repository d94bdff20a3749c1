using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 06.</summary>
internal static class Values06
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>>
        {
            ["06.2a"] = StateTests,
            ["06.3"] = SpecialCases,
            ["06.4"] = FlatCurves,
            ["06.5"] = HandMade,
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
}
