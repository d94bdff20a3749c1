#nullable disable // solutions are written as in a notebook cell, where nullable annotations are off
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises;
using static RnnCourse.Datasets.TinySentences;

namespace RnnCourse.Tests.Exercises;

/// <summary>Each solution that a check shows stands here as code: it is compiled, passes its check, and is the text that the check shows.</summary>
public sealed partial class SolutionsTests
{
    private sealed record SequenceTask(string Name, IReadOnlyList<Vector<double>> x, string[] Answers);

    [Fact]
    public void The_eight_tasks()
    {
        var feedback =
            // solution 01.1
            Check.EightTasks(a: Read.LastStep, b: Read.EveryStep, c: Read.EveryStep, d: Read.LastStep,
                e: Read.EveryStep, f: Read.LastStep, g: Read.EveryStep, h: Read.Neither);
        // end
        AssertCorrect(feedback);
    }

    [Fact]
    public void A_task_of_ones_own()
    {
        // solution 01.2
        var days = new[] { 11.0, 12.5, 14.0, 13.0 }.Select(t => Vector<double>.Build.Dense(1, t)).ToList();
        var weather = new SequenceTask("weather", days, new string[] { null, null, null, "warmer" });
        // end
        AssertCorrect(Check.TaskOfYourOwn(weather.x, weather.Answers));
    }

    [Fact]
    public void The_far_apart_sentences()
    {
        var feedback =
            // solution 01.3
            Check.FarApart("they still still only only just just swim", "the still still only only just just swim");
        // end
        AssertCorrect(feedback);
    }

    [Fact]
    public void The_count()
    {
        // solution 04.1
        int Count(int D, int H, int K) => H * D + K * H + H + K;
        // end
        AssertCorrect(Check.SharedParameterCount(Count));
    }

    [Fact]
    public void The_moved_outputs()
    {
        var feedback =
            // solution 04.2
            Check.MovedOutputs(afterB: 4, afterU: 1);
        // end
        AssertCorrect(feedback);
    }

    [Fact]
    public void The_blind_pair()
    {
        var network = TrainedShared();
        var feedback =
            // solution 04.3
            Check.BlindPair(network, "they fish", "the fish");
        // end
        AssertCorrect(feedback);
    }

    [Fact]
    public void The_floor()
    {
        var random = new SeededRandom(1);
        var examples = TinySentences.Train.Select(ToExample).ToList();
        // solution 04.4
        var wide = new SharedNetwork(13, 50, 7, random);
        GradientDescent.Train(wide, examples, epochs: 60, learningRate: 0.1, random);
        GradientDescent.Train(wide, examples, epochs: 30, learningRate: 0.01, random);
        // end
        AssertCorrect(Check.AtTheFloor(wide));
    }

    [Fact]
    public void The_counts_per_step()
    {
        var feedback =
            // solution 05.1
            Check.PerStepCounts(D: 5, H: 4, K: 3, for10: 1290, for100: 102900, millionFrom: 315);
        // end
        AssertCorrect(feedback);
    }

    [Fact]
    public void The_errors()
    {
        var network = TrainedPerStep(new SeededRandom(1));
        // solution 05.2
        var errors = new List<(int Step, string Word, string Tag, int There, int Elsewhere)>();
        bool At(TinySentences.Sentence s, int i, string word, string tag) =>
            i <= s.Words.Count && s.Words[i - 1] == word && s.Tags[i - 1] == tag;
        foreach (var (words, tags) in TinySentences.Test)
        {
            var said = ReadTags(network.Predict(OneHot(words)));
            for (var i = 1; i <= words.Count; i++)
            {
                if (said[i - 1] == tags[i - 1]) continue;
                var (step, word, tag) = (i, words[i - 1], tags[i - 1]);
                errors.Add((step, word, tag,
                    TinySentences.Train.Count(s => At(s, step, word, tag)),
                    TinySentences.Train.Count(s => s.Words.Where((w, j) => j + 1 != step).Contains(word))));
            }
        }
        // end
        AssertCorrect(Check.ExplainedErrors(network, errors));
    }

    [Fact]
    public void The_blind_spot()
    {
        var random = new SeededRandom(1);
        var network = TrainedPerStep(random);
        // solution 05.3
        var withoutFish3 = TinySentences.Train.Where(s => s.Words.ElementAtOrDefault(2) != "fish");
        var blindForFish = new FunctionPerStep(13, 8, 7, maxLength: 6, random);
        GradientDescent.Train(blindForFish, withoutFish3.Select(ToExample).ToList(), 60, 0.1, random);
        // end
        AssertCorrect(Check.BlindSpot(network, blindForFish, "fish", 3));
    }

    [Fact]
    public void The_padding()
    {
        // solution 05.4
        GradientDescent.Example Padded(TinySentences.Sentence sentence)
        {
            var blank = Vector<double>.Build.Dense(13);
            var x = Enumerable.Repeat(blank, 6 - sentence.Words.Count).Concat(OneHot(sentence.Words)).ToList();
            var targets = Enumerable.Repeat((int?)null, 5).Append(ToExample(sentence).targets[^1]).ToList();
            return new GradientDescent.Example(x, targets);
        }
        // end
        AssertCorrect(Check.PadInFront(Padded));
    }

    [Fact]
    public void The_step()
    {
        // solution 06.1a
        (Vector<double> s_i, Vector<double> y_i) MyStep(Vector<double> x_i, Vector<double> s_prev,
            Matrix<double> U, Matrix<double> W, Matrix<double> V, Vector<double> b, Vector<double> c)
        {
            var s_i = (U * x_i + W * s_prev + b).PointwiseTanh();
            var y_i = CrossEntropy.Softmax(V * s_i + c);
            return (s_i, y_i);
        }
        // end
        AssertCorrect(Check.RecurrentStep(MyStep));
    }

    [Fact]
    public void The_run()
    {
        // solution 06.1
        (IReadOnlyList<Vector<double>> s, IReadOnlyList<Vector<double>> y) MyRun(
            VanillaRnn rnn, IReadOnlyList<Vector<double>> x, Vector<double> s_0)
        {
            var states = new List<Vector<double>>();
            var outputs = new List<Vector<double>>();
            var s_prev = s_0;
            foreach (var x_i in x)
            {
                var s_i = (rnn.U * x_i + rnn.W * s_prev + rnn.b).PointwiseTanh();
                states.Add(s_i);
                outputs.Add(CrossEntropy.Softmax(rnn.V * s_i + rnn.c));
                s_prev = s_i;
            }
            return (states, outputs);
        }
        // end
        AssertCorrect(Check.RecurrentRun(MyRun));
    }

    [Fact]
    public void The_test_for_memory()
    {
        // solution 06.2a
        bool Remembers(Check.PredictMethod predict, VanillaRnn rnn)
        {
            var they = predict(rnn, OneHot("they", "fish"));
            var the = predict(rnn, OneHot("the", "fish"));
            return !they[^1].Equals(the[^1]);
        }
        // end
        AssertCorrect(Check.StateTest(Remembers));
    }

    [Fact]
    public void The_mended_method()
    {
        // solution 06.2
        List<Vector<double>> Mended(VanillaRnn net, IReadOnlyList<Vector<double>> xs)
        {
            var outputs = new List<Vector<double>>();
            var previous = net.s_0;
            foreach (var x_i in xs)
            {
                var (s_i, y_i) = net.Step(x_i, previous);
                outputs.Add(y_i);
                previous = s_i;
            }
            return outputs;
        }
        // end
        AssertCorrect(Check.MendedPredict(Mended));
    }

    [Fact]
    public void The_special_case()
    {
        // solution 06.3
        var special = new VanillaRnn(13, 8, 7, new SeededRandom(3));
        special.W.Clear();
        var plain = new SharedNetwork(13, 8, 7, new SeededRandom(4));
        special.U.CopyTo(plain.U);
        special.V.CopyTo(plain.V);
        special.b.CopyTo(plain.b);
        special.c.CopyTo(plain.c);
        // end
        AssertCorrect(Check.SpecialCase(special, plain));
    }

    [Fact]
    public void The_filler()
    {
        var rnn = new VanillaRnn(13, 8, 7, new SeededRandom(1));
        // solution 06.4
        double Apart(string filler)
        {
            Vector<double> After(string first) => rnn.Forward(OneHot([first, .. Enumerable.Repeat(filler, 29)])).s[^1];
            return (After("they") - After("the")).L2Norm();
        }
        var flat = new[] { "still", "only", "just" }.MaxBy(Apart);
        // end
        AssertCorrect(Check.FlatCurve(rnn, flat));
    }

    [Fact]
    public void The_network_by_hand()
    {
        // solution 06.5
        var byHand = new VanillaRnn(13, 1, 7, new SeededRandom(1));
        foreach (var parameter in byHand.Parameters) Array.Clear(parameter.Values);
        for (var k = 0; k < 6; k++)                  // the, every; they, we, can, will
            byHand.U[0, k] = k < 2 ? 12 : -12;
        byHand.W[0, 0] = 4;                          // all other words leave it as it is
        byHand.V[5, 0] = 5;                          // NOUN, where a noun phrase is open
        byHand.V[6, 0] = -5;                         // VERB, where none is
        // end
        AssertCorrect(Check.HandMade(byHand));
    }

    [Fact]
    public void The_loss()
    {
        // solution 07.1
        double MyLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
        {
            var loss = 0.0;
            for (var i = 1; i <= y.Count; i++)
                if (targets[i - 1] is { } k)
                    loss -= Math.Log(y[i - 1][k]);
            return loss;
        }
        // end
        AssertCorrect(Check.MaskedLoss(MyLoss));
    }

    [Fact]
    public void The_mean_loss()
    {
        // solution 07.2
        double MyMeanLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
        {
            var (loss, read) = (0.0, 0);
            for (var i = 1; i <= y.Count; i++)
                if (targets[i - 1] is { } k)
                {
                    loss -= Math.Log(y[i - 1][k]);
                    read++;
                }
            return read == 0 ? 0 : loss / read;
        }
        // end
        AssertCorrect(Check.MaskedMeanLoss(MyMeanLoss));
    }

    [Fact]
    public void The_softmax()
    {
        // solution 07.3
        Vector<double> MySoftmax(Vector<double> z)
        {
            var e = (z - z.Maximum()).PointwiseExp();
            return e / e.Sum();
        }
        // end
        AssertCorrect(Check.Softmax(MySoftmax));
    }

    [Fact]
    public void The_many_sequences()
    {
        // solution 07.4
        IReadOnlyList<IReadOnlyList<Vector<double>>> PredictAll(
            VanillaRnn rnn, IReadOnlyList<IReadOnlyList<Vector<double>>> sequences)
        {
            var all = new List<IReadOnlyList<Vector<double>>>();
            foreach (var x in sequences)
            {
                var s = rnn.s_0;
                var y = new List<Vector<double>>();
                foreach (var x_i in x)
                {
                    (s, var y_i) = rnn.Step(x_i, s);
                    y.Add(y_i);
                }
                all.Add(y);
            }
            return all;
        }
        // end
        AssertCorrect(Check.ManySequences(PredictAll));
    }

    [Fact]
    public void The_backward_pass()
    {
        // solution 08.1
        VanillaRnn.Gradients MyBackward(VanillaRnn rnn, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
        {
            var (x, s, y) = trace;
            Matrix<double> dU = 0 * rnn.U, dW = 0 * rnn.W, dV = 0 * rnn.V;
            Vector<double> db = 0 * rnn.b, dc = 0 * rnn.c, ds_next = 0 * rnn.s_0;
            for (var i = x.Count; i >= 1; i--)
            {
                var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]);
                var ds_i = rnn.V.Transpose() * dz_i + ds_next;
                var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
                dV += dz_i.OuterProduct(s[i]);
                dc += dz_i;
                dU += da_i.OuterProduct(x[i - 1]);
                dW += da_i.OuterProduct(s[i - 1]);
                db += da_i;
                ds_next = rnn.W.Transpose() * da_i;
            }
            return new(dU, dW, dV, db, dc, ds_next);
        }
        // end
        AssertCorrect(Check.Backward(MyBackward));
    }

    [Fact]
    public void The_clipping()
    {
        // solution 11.1
        double[] MyClip(IReadOnlyList<double[]> contributions, double limit)
        {
            var sum = new double[contributions[0].Length];
            foreach (var contribution in contributions)
                for (var k = 0; k < sum.Length; k++)
                    sum[k] += contribution[k];
            var norm = Math.Sqrt(sum.Sum(v => v * v));
            return norm > limit ? sum.Select(v => v * limit / norm).ToArray() : sum;
        }
        // end
        AssertCorrect(Check.Clip(MyClip));
    }

    [Fact]
    public void Every_exercise_has_its_solution_here() => Assert.Equal(
        typeof(Exercise).Assembly.GetTypes().Where(type => type.Name.StartsWith("Texts", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties().Select(property => ((Exercise)property.GetValue(null)).Id)).Order(),
        SolutionsOf(File.ReadAllText(Source())).Keys.Order());

    private static SharedNetwork TrainedShared()
    {
        var random = new SeededRandom(1);
        var network = new SharedNetwork(13, 8, 7, random);
        GradientDescent.Train(network, [.. TinySentences.Train.Select(ToExample)], 20, 0.1, random);
        return network;
    }

    private static FunctionPerStep TrainedPerStep(SeededRandom random)
    {
        var network = new FunctionPerStep(13, 8, 7, maxLength: 6, random);
        GradientDescent.Train(network, [.. TinySentences.Train.Select(ToExample)], 60, 0.1, random);
        return network;
    }

    private static void AssertCorrect(Feedback feedback)
    {
        Assert.True(feedback.State == FeedbackState.Correct, feedback.ToString());
        Assert.Equal(Tidy(feedback.Solution().Code), SolutionsOf(File.ReadAllText(Source()))[feedback.Exercise]);
    }

    private static Dictionary<string, string> SolutionsOf(string source) =>
        Marked().Matches(source).ToDictionary(match => match.Groups[1].Value, match => Tidy(match.Groups[2].Value));

    // Indentation differs between a cell and a method, and a cell's last expression has no semicolon; nothing else may differ.
    private static string Tidy(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)).TrimEnd(';');

    private static string Source([CallerFilePath] string path = "") => File.Exists(path) ? path : Repository.PathOf("tests/RnnCourse.Tests/Exercises/SolutionsTests.cs");

    [GeneratedRegex(@"// solution (\d\d\.\w+)\n(.*?)\n *// end\n", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
