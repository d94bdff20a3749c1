using System.Globalization;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private const int NamesOfExercise = 200;

    /// <summary>Checks a method that predicts the next letter of a name: on test names its loss must be below that of counted pairs of letters.</summary>
    /// <param name="task">The names.</param>
    /// <param name="predict">The learner's method: from the symbols so far, shape (1 or more), the first of them 0, to a probability for each symbol, shape (K).</param>
    public static Feedback BeatsTheBigram(NamesTask? task, Func<IReadOnlyList<int>, double[]>? predict) =>
        Attempt.Judge(Texts12.BeatTheBigram, task is null || predict is null, () => BigramJudge.Fault(task!, predict!, NamesOfExercise));

    /// <summary>Checks which letter of a name surprises a network most.</summary>
    /// <param name="task">The names, for their letters' numbers.</param>
    /// <param name="model">The trained network, with D = K = the number of symbols.</param>
    /// <param name="name">A name that the learner chose.</param>
    /// <param name="place">The letter's place, from 1; one more than the name has letters for its end.</param>
    public static Feedback MostSurprising(NamesTask? task, SequenceModel<double>? model, string? name, int? place) =>
        Attempt.Judge(Texts12.Surprise, task is null || model is null || string.IsNullOrEmpty(name) || place is null, () =>
        {
            if (Tokens.Characters(name!).FirstOrDefault(letter => !task!.Vocabulary.Knows(letter)) is { } unknown) return SurpriseFaults.Unknown(unknown);
            var K = task!.Vocabulary.Count;
            if (model!.Shape.InputSize != K || model.Shape.OutputSize != K || model.Shape.Bidirectional)
                return Findings.Shape("The network", FormattableString.Invariant($"D = K = {K}, read from left to right"), FormattableString.Invariant($"D = {model.Shape.InputSize} and K = {model.Shape.OutputSize}"));
            return SurpriseFaults.Of(SurpriseFaults.Losses(task, model, name!), name!, place!.Value);
        });
}

/// <summary>Judges a prediction of the next letter.</summary>
internal static class BigramJudge
{
    private static readonly Finding LastOnly = new("last-letter-only", "Your method gives the same answer whatever came before the last symbol: it is a bigram itself.",
        "What else do you know when you have read “chr” than that the last letter is r?", "Look at before[^2], too, where there is one.");

    private static Finding NoDistribution(string why) => new("no-distribution", $"The answer is no list of probabilities: {why}.",
        "Probabilities are not negative, and sum to 1. What about a beginning that never occurred in training?", "Divide by the sum; and add a little of the bigram to the counts first, so that the sum is never 0.");

    private static Finding Impossible(string before, string letter) => new("called-impossible", $"After “{before}” your method gives “{letter}” the probability 0, and that is what came. Its loss is infinite.",
        "Counts of 0 say “not seen yet”, not “impossible”. What do you add to them?", "Add a few times the bigram's probabilities to the counts, and divide by the new sum.");

    private static Finding NotBetter(double own, double bigram) => new("not-better",
        string.Create(CultureInfo.InvariantCulture, $"It uses more than the last letter, but its loss on the test names is {own:F3} nats for each letter, and the bigram's {bigram:F3}."),
        "Is a pair that was seen once trusted too much? Or the counts smoothed so strongly that nothing is left of them?", "Mix: counts of the pair, plus about five times the bigram's probabilities.");

    public static Finding? Fault(NamesTask task, Func<IReadOnlyList<int>, double[]> predict, int names)
    {
        var K = task.Vocabulary.Count;
        var test = task.Encode(task.Split.Test.Take(names));
        double[] Ask(IReadOnlyList<int> before) => Attempt.Call($"for “{Text(task, before)}”", () => predict(before)) ?? throw Attempt.Blank();
        var (own, count, apart) = (0.0, 0, false);
        var firstAfter = new double[K][];
        foreach (var e in test)
        {
            for (var i = 0; i < e.Targets.Count; i++)
            {
                int[] before = [.. e.Symbols.Take(i + 1)];
                var p = Ask(before);
                if (p.Length != K) return Findings.Shape("The list of probabilities", $"the size {K}", $"the size {p.Length}");
                if (p.Any(value => !double.IsFinite(value) || value < 0)) return NoDistribution($"after “{Text(task, before)}” it holds {p.First(value => !double.IsFinite(value) || value < 0).ToString(CultureInfo.InvariantCulture)}");
                if (Math.Abs(p.Sum() - 1) > 1e-4) return NoDistribution(string.Create(CultureInfo.InvariantCulture, $"after “{Text(task, before)}” it sums to {p.Sum():G4}"));
                if (p[e.Targets[i]] == 0) return Impossible(Text(task, before), e.Targets[i] == 0 ? "the end" : task.Vocabulary[e.Targets[i]]);
                own -= Math.Log(p[e.Targets[i]]);
                count++;
                var last = before[^1];
                if (firstAfter[last] is null) firstAfter[last] = [.. p];
                else apart |= firstAfter[last].Zip(p).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-6);
            }
        }

        var bigram = Bigram(task, test);
        return !apart ? LastOnly : own / count < bigram ? null : NotBetter(own / count, bigram);
    }

    // As the lesson counts it: every pair once more than it was seen.
    private static double Bigram(NamesTask task, IReadOnlyList<Training.SymbolSequence> test)
    {
        var K = task.Vocabulary.Count;
        var counts = new double[K, K];
        var sums = new double[K];
        foreach (var e in task.Encode(task.Split.Train))
        {
            for (var i = 0; i < e.Targets.Count; i++)
            {
                counts[e.Symbols[i], e.Targets[i]]++;
                sums[e.Symbols[i]]++;
            }
        }

        return test.Sum(e => e.Symbols.Zip(e.Targets, (a, b) => -Math.Log((counts[a, b] + 1) / (sums[a] + K))).Sum()) / test.Sum(e => e.Targets.Count);
    }

    private static string Text(NamesTask task, IReadOnlyList<int> symbols) => string.Concat(symbols.Select(k => k == 0 ? "·" : task.Vocabulary[k]));
}

/// <summary>What to say of a letter that isn't the most surprising one.</summary>
internal static class SurpriseFaults
{
    public static Finding Unknown(string letter) => new("unknown-letter", $"“{letter}” is none of the letters that the network has learnt.",
        "The names of the data set are in small letters from a to z. How would yours be written there?", "Leave out accents, hyphens and capitals: “Zoë” becomes “zoe”.");

    /// <summary>The loss of each letter of a name, and of its end.</summary>
    public static double[] Losses(NamesTask task, SequenceModel<double> model, string name)
    {
        var e = task.Encode([name])[0];
        var K = task.Vocabulary.Count;
        var batch = SequenceBatch.OfSymbols<double>(K);
        batch.Resize(e.Symbols.Count, 1);
        for (var t = 0; t < e.Symbols.Count; t++) batch.Symbols[t] = e.Symbols[t];
        var z = model.Twin().Forward(batch).ToArray();
        return [.. e.Targets.Select((target, t) =>
        {
            var scores = z.AsSpan(t * K, K).ToArray();
            return Math.Log(scores.Sum(z_k => Math.Exp(z_k - scores.Max()))) + scores.Max() - scores[target];
        })];
    }

    public static Finding? Of(double[] losses, string name, int place)
    {
        if (place < 1 || place > losses.Length)
        {
            return new("no-place", string.Create(CultureInfo.InvariantCulture, $"“{name}” has {losses.Length - 1} letters and an end: its places go from 1 to {losses.Length}. {place} is none of them."),
                "Do you count from 0?", "The first letter has place 1, and the end the place behind the last letter.");
        }

        var most = Array.IndexOf(losses, losses.Max()) + 1;
        if (losses[place - 1] >= losses[most - 1] - 1e-9) return null;
        var what = string.Create(CultureInfo.InvariantCulture, $"The loss at place {place} of “{name}” is {losses[place - 1]:F2} nats. At another place it is larger.");
        if (place == most - 1)
        {
            return new("one-early", what, "The letter you named is the input of the step with the largest loss. Which letter is its target?",
                "Step i reads symbol i − 1 of the name and is surprised by letter i. An index that counts from 0 is one less than the place.");
        }

        return losses[place - 1] <= losses.Min() + 1e-9
            ? new("least-surprising", what + " It is the smallest of all.", "Is a high loss a sign of surprise, or of expectation?", "Look for the largest loss.")
            : new("not-the-most-surprising", what, "Which step has the largest loss?", "Print StepLosses(trained, name), and look for the largest number.");
    }
}
