using RnnCourse.Core;
using RnnCourse.Exercises;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Exercises.Lesson12;

/// <summary>The wrong answers that the checks of lesson 12 know, each with its own words, and right ones in other forms.</summary>
public sealed class Lesson12Tests : AnswersTests<Lesson12Tests>, IAnswers
{
    private static readonly Lazy<NamesTask> Names = new(() => new NamesTask(new TaskData()));

    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } = new Dictionary<string, Func<Feedback>>
    {
        ["temperature-ignored"] = () => Check.Temperature((z, T) => Softmax(z, 1)),
        ["temperature-ignored/outside exp"] = () => Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp(z_k - z.Max()) / T))),
        ["multiplied"] = () => Check.Temperature((z, T) => Softmax(z, 1 / T)),
        ["divided-after-softmax"] = () => Check.Temperature((z, T) => [.. Softmax(z, 1).Select(p => p / T)]),
        ["softmax-forgotten"] = () => Check.Temperature((z, T) => [.. z.Select(z_k => z_k / T)]),
        ["not-normalised"] = () => Check.Temperature((z, T) => [.. z.Select(z_k => Math.Exp(z_k / T))]),
        ["no-shift"] = () => Check.Temperature((z, T) => Normalised(z.Select(z_k => Math.Exp(z_k / T)))),
        ["only-the-largest"] = () => Check.Temperature((z, T) => [.. z.Select(z_k => z_k == z.Max() ? 1.0 : 0)]),
        ["shape/temperature"] = () => Check.Temperature((z, T) => [1]),
        ["differs/temperature"] = () => Check.Temperature((z, T) => Softmax(z, T * T)),
        ["changed/temperature"] = () => Check.Temperature((z, T) =>
        {
            z[0] += 1;
            return z;
        }),
        ["exp-of-sum"] = () => Check.Perplexity(p => Math.Exp(p.Sum(p_i => -Math.Log(p_i)))),
        ["loss-itself"] = () => Check.Perplexity(p => p.Average(p_i => -Math.Log(p_i))),
        ["sign-lost"] = () => Check.Perplexity(p => Math.Exp(p.Average(Math.Log))),
        ["mean-of-inverses"] = () => Check.Perplexity(p => p.Average(p_i => 1 / p_i)),
        ["inverse-of-mean"] = () => Check.Perplexity(p => 1 / p.Average()),
        ["other-base"] = () => Check.Perplexity(p => Math.Pow(2, p.Average(p_i => -Math.Log(p_i)))),
        ["other-base/bits"] = () => Check.Perplexity(p => Math.Exp(p.Average(p_i => -Math.Log2(p_i)))),
        ["not-finite/perplexity"] = () => Check.Perplexity(p => double.NaN),
        ["differs/perplexity"] = () => Check.Perplexity(p => 12.5),
        ["last-letter-only"] = () => Check.BeatsTheBigram(Names.Value, before => Counted(before, 1, 1)),
        ["no-distribution"] = () => Check.BeatsTheBigram(Names.Value, before => new double[27]),
        ["no-distribution/negative"] = () => Check.BeatsTheBigram(Names.Value, before => [-1, 2, .. new double[25]]),
        ["no-distribution/NaN"] = () => Check.BeatsTheBigram(Names.Value, before => [double.NaN, .. new double[26]]),
        ["called-impossible"] = () => Check.BeatsTheBigram(Names.Value, before => [1, .. new double[26]]),
        ["not-better"] = () => Check.BeatsTheBigram(Names.Value, before => Normalised(Counted(before, 2, 1).Select(p => p + 1).ToArray())),
        ["shape/bigram"] = () => Check.BeatsTheBigram(Names.Value, before => [1]),
        ["unknown-letter"] = () => Check.MostSurprising(Names.Value, Network(), "zoë", 1),
        ["no-place"] = () => Check.MostSurprising(Names.Value, Network(), "emma", 0),
        ["no-place/behind the end"] = () => Check.MostSurprising(Names.Value, Network(), "emma", 6),
        ["one-early"] = () => Check.MostSurprising(Names.Value, Network(), "emma", Most("emma") - 1),
        ["least-surprising"] = () => Check.MostSurprising(Names.Value, Network(), "emma", Least("emma")),
        ["shape/surprise"] = () => Check.MostSurprising(Names.Value, new(new ModelShape(CellKind.Rnn, 3, 4, 3), new SeededRandom(1)), "emma", 1),
    };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } = new Dictionary<string, Func<Feedback>>
    {
        ["temperature, as powers of the probabilities"] = () => Check.Temperature((z, T) => Normalised(Softmax(z, 1).Select(p => Math.Pow(p, 1 / T)))),
        ["perplexity, as a geometric mean"] = () => Check.Perplexity(p => Math.Pow(p.Aggregate((a, b) => a * b), -1.0 / p.Length)),
        ["perplexity, in bits"] = () => Check.Perplexity(p => Math.Pow(2, p.Average(p_i => -Math.Log2(p_i)))),
        ["three letters"] = () => Check.BeatsTheBigram(Names.Value, before => Counted(before, 2, 1)),
        ["the end surprises"] = () => Check.MostSurprising(Names.Value, Network(), "emma", Most("emma")),
    };

    public static IReadOnlyList<Feedback> Blanks =>
    [
        Check.Temperature(null), Check.Temperature((_, _) => throw new NotImplementedException()), Check.Temperature((_, _) => null!), Check.Perplexity(null),
        Check.Perplexity(_ => throw new NotImplementedException()), Check.BeatsTheBigram(Names.Value, _ => throw new NotImplementedException()), Check.BeatsTheBigram(null, _ => []),
        Check.MostSurprising(Names.Value, Network(), "", 1), Check.MostSurprising(Names.Value, Network(), "emma", null),
    ];

    private static double[] Normalised(IEnumerable<double> values) => [.. values.Select(value => value / values.Sum())];

    private static double[] Softmax(double[] z, double T) => Normalised(z.Select(z_k => Math.Exp((z_k - z.Max()) / T)).ToArray());

    private static readonly Lazy<Dictionary<(int, int), double[]>> Followers = new(() =>
    {
        var followers = new Dictionary<(int, int), double[]>();
        foreach (var (symbols, targets) in Names.Value.Encode(Names.Value.Split.Train))
        {
            for (var i = 0; i < targets.Count; i++)
            {
                foreach (var key in new[] { (-1, symbols[i]), (i == 0 ? 0 : symbols[i - 1], symbols[i]) })
                {
                    if (!followers.TryGetValue(key, out var counts)) followers[key] = counts = new double[27];
                    counts[targets[i]]++;
                }
            }
        }

        return followers;
    });

    // The share of each follower of the last symbols, mixed with what follows the last one alone; of that, each count has one added.
    private static double[] Counted(IReadOnlyList<int> before, int symbols, double mixed)
    {
        var bigram = Normalised(Followers.Value[(-1, before[^1])].Select(count => count + 1).ToArray());
        if (symbols == 1) return bigram;
        var own = Followers.Value.GetValueOrDefault((before.Count > 1 ? before[^2] : 0, before[^1])) ?? new double[27];
        return Normalised(own.Select((count, k) => count + (mixed * bigram[k])).ToArray());
    }

    // Untrained: what it is surprised by is of no matter here. A bias makes the end the least likely symbol.
    private static SequenceModel<double> Network()
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 27, 4, 27), new SeededRandom(1));
        model.Output.c.Values[0] = -5;
        return model;
    }

    private static int Most(string name) => name.Length + 1;

    private static int Least(string name) => Enumerable.Range(1, name.Length).First(place => Check.MostSurprising(Names.Value, Network(), name, place).Fault == "least-surprising");
}
