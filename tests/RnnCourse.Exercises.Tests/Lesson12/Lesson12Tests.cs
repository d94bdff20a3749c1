using System.Collections.Concurrent;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises.Tests.Lesson12;

/// <summary>The wrong answers that the checks of lesson 12 know, each with its own words, and right ones in other
/// forms.</summary>
public sealed class Lesson12Tests : AnswersTests<Lesson12Tests>, IAnswers
{
    private static readonly Lazy<NamesTask> Names = new(() => new NamesTask(new TaskData()));

    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["temperature-ignored"] = () => Check.Temperature((z, T) => Softmax(z, 1)),
            ["temperature-ignored/outside exp"] = () =>
                Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp(z_k - z.Max()) / T))),
            ["multiplied"] = () => Check.Temperature((z, T) => Softmax(z, 1 / T)),
            ["divided-after-softmax"] = () => Check.Temperature((z, T) => [.. Softmax(z, 1).Select(p => p / T)]),
            ["softmax-forgotten"] = () => Check.Temperature((z, T) => [.. z.Select(z_k => z_k / T)]),
            ["not-normalised"] = () => Check.Temperature((z, T) => [.. z.Select(z_k => Math.Exp(z_k / T))]),
            ["no-shift"] = () => Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp(z_k / T)))),
            ["only-the-largest"] = () => Check.Temperature((z, T) => [.. z.Select(z_k => z_k == z.Max() ? 1.0 : 0)]),
            ["shape/temperature"] = () => Check.Temperature((z, T) => [1]),
            ["differs/temperature"] = () => Check.Temperature((z, T) => Softmax(z, T * T)),
            ["differs/two to the power"] = () =>
                Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Pow(2, (z_k - z.Max()) / T)).ToArray())),
            ["all-zero/zeros"] = () => Check.Temperature((z, T) => new double[z.Length]),
            ["temperature-ignored/subtracted"] = () =>
                Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp(z_k - z.Max() - T)).ToArray())),
            ["multiplied/as powers"] = () =>
                Check.Temperature((z, T) => Normalised(Softmax(z, 1).Select(p => Math.Pow(p, T)).ToArray())),
            ["not-normalised/by the largest"] = () =>
                Check.Temperature((z, T) => [.. Softmax(z, T).Select(p => p / Softmax(z, T).Max())]),
            ["no-shift/largest not divided"] = () =>
                Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp((z_k / T) - z.Max())).ToArray())),
            ["no-shift/by the smallest"] = () =>
                Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp((z_k - z.Min()) / T)).ToArray())),
            ["sign-flipped"] = () => Check.Temperature((z, T) => Softmax([.. z.Select(z_k => -z_k)], T)),
            ["exp-forgotten"] = () => Check.Temperature((z, T) => Normalised(z.Select(z_k => z_k / T).ToArray())),
            ["logarithms"] = () => Check.Temperature((z, T) => [.. Softmax(z, T).Select(p => Math.Log(p))]),
            ["changed/temperature"] = () =>
                Check.Temperature(
                    (z, T) =>
                    {
                        z[0] += 1;
                        return z;
                    }
                ),
            ["exp-of-sum"] = () => Check.Perplexity(p => Math.Exp(p.Sum(p_i => -Math.Log(p_i)))),
            ["loss-itself"] = () => Check.Perplexity(p => p.Average(p_i => -Math.Log(p_i))),
            ["sign-lost"] = () => Check.Perplexity(p => Math.Exp(p.Average(Math.Log))),
            ["mean-of-inverses"] = () => Check.Perplexity(p => p.Average(p_i => 1 / p_i)),
            ["inverse-of-mean"] = () => Check.Perplexity(p => 1 / p.Average()),
            ["other-base"] = () => Check.Perplexity(p => Math.Pow(2, p.Average(p_i => -Math.Log(p_i)))),
            ["other-base/bits"] = () => Check.Perplexity(p => Math.Exp(p.Average(p_i => -Math.Log2(p_i)))),
            ["exp-of-sum/product"] = () => Check.Perplexity(p => 1 / p.Aggregate((a, b) => a * b)),
            ["inverse-of-mean/loop"] = () => Check.Perplexity(p => p.Length / p.Sum()),
            ["other-base/ten"] = () => Check.Perplexity(p => Math.Exp(p.Average(p_i => -Math.Log10(p_i)))),
            ["other-base/ten of nats"] = () => Check.Perplexity(p => Math.Pow(10, p.Average(p_i => -Math.Log(p_i)))),
            ["loss-in-bits"] = () => Check.Perplexity(p => p.Average(p_i => -Math.Log2(p_i))),
            ["sum-of-losses"] = () => Check.Perplexity(p => -p.Sum(Math.Log)),
            ["mean-logarithm"] = () => Check.Perplexity(p => p.Average(Math.Log)),
            ["mean-probability"] = () => Check.Perplexity(p => p.Average()),
            ["mean-probability/exp"] = () => Check.Perplexity(p => Math.Exp(p.Average())),
            ["weighted-by-p"] = () => Check.Perplexity(p => Math.Exp(p.Sum(p_i => -p_i * Math.Log(p_i)))),
            ["weighted-by-p/mean"] = () => Check.Perplexity(p => Math.Exp(p.Average(p_i => -p_i * Math.Log(p_i)))),
            ["one-left-out/first"] = () => Check.Perplexity(p => Math.Exp(p.Skip(1).Average(p_i => -Math.Log(p_i)))),
            ["one-left-out/last"] = () => Check.Perplexity(p => Math.Exp(p.SkipLast(1).Average(p_i => -Math.Log(p_i)))),
            ["divided-by-another-count"] = () => Check.Perplexity(p => Math.Exp(-p.Sum(Math.Log) / (p.Length - 1))),
            ["not-finite/perplexity"] = () => Check.Perplexity(p => double.NaN),
            ["constant/perplexity"] = () => Check.Perplexity(p => 12.5),
            ["last-letter-only"] = () => Check.BeatsTheBigram(Names.Value, before => Counted(before, 1, 1)),
            ["same-everywhere/how frequent a letter is"] = () =>
                Check.BeatsTheBigram(Names.Value, before => Counted([0, 1], 1, 1)),
            ["same-everywhere/alike"] = () =>
                Check.BeatsTheBigram(Names.Value, before => [.. Enumerable.Repeat(1 / 27.0, 27)]),
            ["same-everywhere/after the dot"] = () =>
                Check.BeatsTheBigram(Names.Value, before => Counted([before[0]], 1, 1)),
            ["far-worse/the letter before last alone"] = () =>
                Check.BeatsTheBigram(Names.Value, before => Counted([before.Count > 1 ? before[^2] : 0], 1, 1)),
            ["far-worse/indices swapped"] = () =>
                Check.BeatsTheBigram(
                    Names.Value,
                    before => Counted([before[^1], before.Count > 1 ? before[^2] : 0], 2, 1)
                ),
            ["far-worse/columns for rows"] = () =>
                Check.BeatsTheBigram(
                    Names.Value,
                    before => Normalised(Enumerable.Range(0, 27).Select(k => Counted([k], 1, 1)[before[^1]]).ToArray())
                ),
            ["first-symbol"] = () =>
                Check.BeatsTheBigram(Names.Value, before => Counted([before[^2], before[^1]], 2, 1)),
            ["index/always"] = () => Check.BeatsTheBigram(Names.Value, before => [before[27]]),
            ["test-names-counted"] = () =>
                Check.BeatsTheBigram(Names.Value, before => Looked(Names.Value.Split.Test, before)),
            ["test-names-counted/beside the others"] = () =>
                Check.BeatsTheBigram(
                    Names.Value,
                    before => Looked([.. Names.Value.Split.Train.Take(3000), .. Names.Value.Split.Test], before)
                ),
            ["test-names-counted/letters in threes, beside train"] = () =>
                Check.BeatsTheBigram(Names.Value, before => CountedWithTest(before)),
            ["not-counted/an untrained network"] = () =>
                Check.BeatsTheBigram(Names.Value, before => UntrainedAfter(before)),
            ["not-counted/a trained network"] = () => Check.BeatsTheBigram(Names.Value, before => TrainedAfter(before)),
            ["no-distribution/counts"] = () =>
                Check.BeatsTheBigram(Names.Value, before => [.. Counted(before, 2, 1).Select(p => 100 * p)]),
            ["no-distribution/logarithms"] = () =>
                Check.BeatsTheBigram(Names.Value, before => [.. Counted(before, 2, 1).Select(p => Math.Log(p))]),
            ["no-distribution"] = () => Check.BeatsTheBigram(Names.Value, before => new double[27]),
            ["no-distribution/negative"] = () =>
                Check.BeatsTheBigram(Names.Value, before => [-1, 2, .. new double[25]]),
            ["no-distribution/NaN"] = () =>
                Check.BeatsTheBigram(Names.Value, before => [double.NaN, .. new double[26]]),
            ["called-impossible"] = () => Check.BeatsTheBigram(Names.Value, before => [1, .. new double[26]]),
            ["not-better"] = () =>
                Check.BeatsTheBigram(
                    Names.Value,
                    before => Normalised(Counted(before, 2, 1).Select(p => p + 1).ToArray())
                ),
            ["shape/bigram"] = () => Check.BeatsTheBigram(Names.Value, before => [1]),
            ["unknown-letter"] = () => Check.MostSurprising(Names.Value, Network(), "zoë", 1),
            ["no-place"] = () => Check.MostSurprising(Names.Value, Network(), "emma", 0),
            ["no-place/behind the end"] = () => Check.MostSurprising(Names.Value, Network(), "emma", 6),
            ["one-early"] = () => Check.MostSurprising(Names.Value, Network(), "emma", Most("emma") - 1),
            ["least-surprising"] = () => Check.MostSurprising(Names.Value, Network(), "emma", Least("emma")),
            ["shape/surprise"] = () =>
                Check.MostSurprising(
                    Names.Value,
                    new(new ModelShape(CellKind.Rnn, 3, 4, 3), new SeededRandom(1)),
                    "emma",
                    1
                ),
        };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["temperature, as powers of the probabilities"] = () =>
                Check.Temperature((z, T) => Normalised(Softmax(z, 1).Select(p => Math.Pow(p, 1 / T)))),
            ["temperature, shifted after dividing"] = () =>
                Check.Temperature((z, T) => Softmax([.. z.Select(z_k => z_k / T)], 1)),
            ["temperature, by the logarithm of the sum"] = () =>
                Check.Temperature(
                    (z, T) =>
                    {
                        var sum = (z.Max() / T) + Math.Log(z.Sum(z_k => Math.Exp((z_k - z.Max()) / T)));
                        return [.. z.Select(z_k => Math.Exp((z_k / T) - sum))];
                    }
                ),
            ["temperature, in single precision"] = () =>
                Check.Temperature(
                    (z, T) => Normalised(z.Select(z_k => (double)MathF.Exp((float)((z_k - z.Max()) / T))).ToArray())
                ),
            ["perplexity, in a loop"] = () =>
                Check.Perplexity(p =>
                {
                    var sum = 0.0;
                    foreach (var p_i in p)
                    {
                        sum -= Math.Log(p_i);
                    }

                    return Math.Exp(sum / p.Length);
                }),
            ["perplexity, as a geometric mean"] = () =>
                Check.Perplexity(p => Math.Pow(p.Aggregate((a, b) => a * b), -1.0 / p.Length)),
            ["perplexity, in bits"] = () => Check.Perplexity(p => Math.Pow(2, p.Average(p_i => -Math.Log2(p_i)))),
            ["three letters"] = () => Check.BeatsTheBigram(Names.Value, before => Counted(before, 2, 1)),
            ["all that was read so far"] = () =>
                Check.BeatsTheBigram(Names.Value, before => Looked(Names.Value.Split.Train, before)),
            ["half and half"] = () =>
                Check.BeatsTheBigram(
                    Names.Value,
                    before => [.. Counted(before, 2, 1).Zip(Counted(before, 1, 1), (p, q) => (p + q) / 2)]
                ),
            ["the last letter and how far it is"] = () =>
                Check.BeatsTheBigram(
                    Names.Value,
                    before =>
                        Normalised(
                            Counted(before, 1, 1)
                                .Select(
                                    (p, k) =>
                                        k > 0 ? p
                                        : before.Count > 5 ? 1.5 * p
                                        : 0.6 * p
                                )
                                .ToArray()
                        )
                ),
            ["the end surprises"] = () => Check.MostSurprising(Names.Value, Network(), "emma", Most("emma")),
        };

    public static IReadOnlyList<Feedback> Blanks =>
        [
            Check.Temperature(null),
            Check.Temperature((_, _) => throw new NotImplementedException()),
            Check.Temperature((_, _) => null!),
            Check.Perplexity(null),
            Check.Perplexity(_ => throw new NotImplementedException()),
            Check.BeatsTheBigram(Names.Value, _ => throw new NotImplementedException()),
            Check.BeatsTheBigram(null, _ => []),
            Check.MostSurprising(Names.Value, Network(), "", 1),
            Check.MostSurprising(Names.Value, Network(), "emma", null),
        ];

    private static double[] Normalised(IEnumerable<double> values) => [.. values.Select(value => value / values.Sum())];

    private static double[] Softmax(double[] z, double T) =>
        Normalised(z.Select(z_k => Math.Exp((z_k - z.Max()) / T)).ToArray());

    private static readonly Lazy<SequenceModel<double>> Untrained = new(() =>
        new(new ModelShape(CellKind.Rnn, 27, 16, 27), new SeededRandom(2))
    );

    private static readonly Lazy<SequenceModel<double>> Trained = new(() =>
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 27, 32, 27), new SeededRandom(1));
        using var trainer = new Training.Trainer<double>(
            model,
            new Losses.SoftmaxCrossEntropy<double>(),
            new Optimisers.Adam<double>(),
            new Training.ShuffledBatches<double>(
                Names.Value.Encode(Names.Value.Split.Train),
                27,
                32,
                new SeededRandom(2)
            ),
            new Training.TrainerOptions { LearningRate = new Training.ConstantRate(0.005), ClipNorm = 1 }
        );
        trainer.Run(400);
        return model;
    });

    private static double[] UntrainedAfter(IReadOnlyList<int> before) => NetworkAfter(before, Untrained.Value);

    private static double[] TrainedAfter(IReadOnlyList<int> before) => NetworkAfter(before, Trained.Value);

    private static double[] CountedWithTest(IReadOnlyList<int> before) => Counted(before, 2, 5, AndTest.Value);

    private static double[] NetworkAfter(IReadOnlyList<int> before, SequenceModel<double> model)
    {
        var batch = SequenceBatch.OfSymbols<double>(27);
        batch.Resize(before.Count, 1);
        for (var t = 0; t < before.Count; t++)
        {
            batch.Symbols[t] = before[t];
        }

        return Softmax(model.Twin().Forward(batch)[^27..].ToArray(), 1);
    }

    private static readonly Lazy<Dictionary<(int, int), double[]>> Followers = new(() =>
        FollowersIn(Names.Value.Split.Train)
    );

    private static readonly Lazy<Dictionary<(int, int), double[]>> AndTest = new(() =>
        FollowersIn([.. Names.Value.Split.Train, .. Names.Value.Split.Test])
    );

    private static Dictionary<(int, int), double[]> FollowersIn(IReadOnlyList<string> names)
    {
        var followers = new Dictionary<(int, int), double[]>();
        foreach (var (symbols, targets) in Names.Value.Encode(names))
        {
            for (var i = 0; i < targets.Count; i++)
            {
                foreach (var key in new[] { (-1, symbols[i]), (i == 0 ? 0 : symbols[i - 1], symbols[i]) })
                {
                    if (!followers.TryGetValue(key, out var counts))
                    {
                        followers[key] = counts = new double[27];
                    }

                    counts[targets[i]]++;
                }
            }
        }

        return followers;
    }

    // The share of each follower of the last symbols, mixed with the followers of the last symbol alone, whose counts
    // are each increased by one.
    private static double[] Counted(
        IReadOnlyList<int> before,
        int symbols,
        double mixed,
        Dictionary<(int, int), double[]>? followers = null
    )
    {
        followers ??= Followers.Value;
        var bigram = Normalised(followers[(-1, before[^1])].Select(count => count + 1).ToArray());
        if (symbols == 1)
        {
            return bigram;
        }

        var own = followers.GetValueOrDefault((before.Count > 1 ? before[^2] : 0, before[^1])) ?? new double[27];
        return Normalised(own.Select((count, k) => count + (mixed * bigram[k])).ToArray());
    }

    // The followers in the names that begin like this one, mixed with the bigram.
    private static double[] Looked(IReadOnlyList<string> names, IReadOnlyList<int> before)
    {
        if (!Beginnings.TryGetValue(names[0] + names.Count, out var beginnings))
        {
            Beginnings[names[0] + names.Count] = beginnings = [];
            foreach (var (_, targets) in Names.Value.Encode(names))
            {
                for (var i = 0; i < targets.Count; i++)
                {
                    var key = string.Join(' ', targets.Take(i));
                    if (!beginnings.TryGetValue(key, out var counts))
                    {
                        beginnings[key] = counts = new double[27];
                    }

                    counts[targets[i]]++;
                }
            }
        }

        var own = beginnings.GetValueOrDefault(string.Join(' ', before.Skip(1))) ?? new double[27];
        return Normalised(own.Zip(Counted(before, 1, 1), (count, p) => count + (2 * p)).ToArray());
    }

    private static readonly ConcurrentDictionary<string, Dictionary<string, double[]>> Beginnings = new();

    // Untrained, since its surprises don't matter here. A bias makes the end the least likely symbol.
    private static SequenceModel<double> Network()
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 27, 4, 27), new SeededRandom(1));
        model.Output.c.Values[0] = -5;
        return model;
    }

    private static int Most(string name) => name.Length + 1;

    private static int Least(string name) =>
        Enumerable
            .Range(1, name.Length)
            .First(place => Check.MostSurprising(Names.Value, Network(), name, place).Fault == "least-surprising");
}
