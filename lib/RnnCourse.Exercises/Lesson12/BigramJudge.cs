using System.Globalization;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises.Lesson12;

/// <summary>Judges a prediction of the next letter.</summary>
internal static class BigramJudge
{
    // Of the names that are kept for choices: enough to see whether a method knows the test names better than names it
    // cannot know.
    private const int HeldBack = 100;

    // Honest methods differ by less than 0.05 between the two; those that have counted the test names by 0.3 and more.
    private const double Suspicious = 0.15;

    // At letters that follow two others as they never do in train, an honest method loses as much in the test names as
    // in others, up to 0.7 nats; one that has counted the test names loses 2 nats less there.
    private const double SuspiciousWhereUnseen = 1;

    private static readonly Finding SameEverywhere = new(
        "same-everywhere",
        "Your method gives the same probabilities wherever it is asked: it doesn't look at what was read.",
        "before holds the symbols so far. Which of them is the last?",
        "before[^1] is the last symbol, and before[^2] the one before it. before[0] is always the dot."
    );

    private static readonly Finding LastOnly = new(
        "last-letter-only",
        "Your method gives the same answer whatever came before the last symbol: it is a bigram itself.",
        "What else do you know when you have read “chr” than that the last letter is r?",
        "Look at before[^2], too, where there is one."
    );

    private static readonly Finding NoneBefore = new(
        "first-symbol",
        "Your method throws at the first symbol, “·”: there is none before it, so an index such as "
            + "before[^2] is out of range.",
        "A name begins with the dot. What could stand for the symbol before it?",
        "before.Count > 1 ? before[^2] : 0"
    );

    private static Finding NoDistribution(string why) =>
        new(
            "no-distribution",
            $"The answer is not a list of probabilities: {why}.",
            "Probabilities are not negative, and sum to 1. What about a beginning that never occurred in training?",
            "Divide by the sum; and add a little of the bigram to the counts first, so that the sum is never 0."
        );

    private static Finding Impossible(string before, string letter) =>
        new(
            "called-impossible",
            $"After “{before}” your method gives “{letter}” the probability 0, and that is what came. "
                + "Its loss is infinite.",
            "Counts of 0 say “not seen yet”, not “impossible”. What do you add to them?",
            "Add a few times the bigram's probabilities to the counts, and divide by the new sum."
        );

    private static Finding FarWorse(double own, double bigram) =>
        new(
            "far-worse",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Its loss on the test names is {own:F3} nats for each letter, far above the bigram's "
                    + $"{bigram:F3}: something stands in the wrong place."
            ),
            "Take “emma”, and follow by hand what is counted at its third letter. Is it looked up under "
                + "the same indices?",
            "The order of the indices: the symbol before the last, the last one, and then the one to be "
                + "predicted. Rows and columns are easily swapped."
        );

    private static Finding NotBetter(double own, double bigram) =>
        new(
            "not-better",
            string.Create(
                CultureInfo.InvariantCulture,
                $"It uses more than the last letter, but its loss on the test names is {own:F3} nats for "
                    + $"each letter, and the bigram's {bigram:F3}."
            ),
            "Is a pair that was seen once trusted too much? Or the counts smoothed so strongly that "
                + "nothing is left of them?",
            "Mix: counts of the pair, plus about five times the bigram's probabilities."
        );

    private static Finding Leaks(double own, double heldBack) =>
        new(
            "test-names-counted",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Its loss is {own:F3} nats for each letter of the test names, but {heldBack:F3} on other "
                    + $"names that it can't know. Has your method counted the test names?"
            ),
            "What is measured on names that a method has seen says nothing about new ones. Which names may be counted?",
            "Count in train only."
        );

    private static Finding KnowsUnseen(double own, double others) =>
        new(
            "test-names-counted",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Some letters follow two others as they never do in train. Your method loses {own:F1} nats at those "
                    + $"of the test names, and {others:F1} at those of other names. Has it counted the test names?"
            ),
            "What is measured on names that a method has seen says nothing about new ones. Which names may be counted?",
            "Count in train only."
        );

    private static readonly Finding NotCounted = new(
        "not-counted",
        "The answer changes where letters far back change places, in names that are like none in train. Counts can't "
            + "tell such names apart; a network can. Asked for is counting alone.",
        "What can be looked up for letters that stand together nowhere in train?",
        "Count what follows each pair of letters in train, and mix that with the bigram."
    );

    public static Finding? Fault(NamesTask task, Func<IReadOnlyList<int>, double[]> predict, int names)
    {
        var test = task.Encode(task.Split.Test.Take(names));
        var asked = new ModelUnderTest(task, predict);
        if (asked.Fault(test, out var own) is { } fault)
        {
            return fault;
        }

        if (asked.Fault(task.Encode(task.Split.Dev.Take(HeldBack)), out var heldBack) is { } later)
        {
            return later;
        }

        var bigram = Bigram(task, test);
        return asked.LooksAt == 0 ? SameEverywhere
            : own > Math.Max(bigram, asked.Expected) + 0.2 ? FarWorse(own, bigram)
            : asked.LooksAt == 1 ? LastOnly
            : own < heldBack - Suspicious ? Leaks(own, heldBack)
            : KnowsTheUnseen(task, asked, names) is { } leak ? leak
            : asked.LooksBeyondCounts() ? NotCounted
            : own < bigram ? null
            : NotBetter(own, bigram);
    }

    private static Finding? KnowsTheUnseen(NamesTask task, ModelUnderTest asked, int names)
    {
        static IEnumerable<(int, int, int)> Triples(Training.SymbolSequence e) =>
            e.Targets.Select((target, i) => (i == 0 ? 0 : e.Symbols[i - 1], e.Symbols[i], target));
        var seen = task.Encode(task.Split.Train).SelectMany(Triples).ToHashSet();
        double[] Losses(IEnumerable<string> list) =>
            [
                .. task.Encode(list)
                    .SelectMany(e =>
                        Triples(e)
                            .Index()
                            .Where(place => !seen.Contains(place.Item))
                            .Select(place => asked.Loss([.. e.Symbols.Take(place.Index + 1)], e.Targets[place.Index]))
                    ),
            ];
        var (own, others) = (Losses(task.Split.Test.Take(names)), Losses(task.Split.Dev));
        return own.Length > 0 && others.Length > 0 && own.Average() < others.Average() - SuspiciousWhereUnseen
            ? KnowsUnseen(own.Average(), others.Average())
            : null;
    }

    private sealed class ModelUnderTest(NamesTask task, Func<IReadOnlyList<int>, double[]> predict)
    {
        private readonly double[]?[] _first = new double[task.Vocabulary.Count][];

        /// <summary>What the answers depend on: 0 for nothing, 1 for the last symbol, 2 for more.</summary>
        public int LooksAt { get; private set; }

        /// <summary>The mean loss that the answers themselves predict (their entropy). If the actual loss is much
        /// larger, the answers are confidently wrong, not just vague.</summary>
        public double Expected { get; private set; }

        /// <summary>Finds what is wrong with one of the answers for some names, or null; and the mean loss per
        /// letter.</summary>
        public Finding? Fault(IReadOnlyList<Training.SymbolSequence> names, out double loss)
        {
            var (sum, expected, count, K) = (0.0, 0.0, 0, task.Vocabulary.Count);
            loss = double.PositiveInfinity;
            foreach (var e in names)
            {
                for (var i = 0; i < e.Targets.Count; i++)
                {
                    int[] before = [.. e.Symbols.Take(i + 1)];
                    if (Ask(before) is not { } p)
                    {
                        return NoneBefore;
                    }

                    if (p.Length != K)
                    {
                        return Findings.Shape("The list of probabilities", $"the size {K}", $"the size {p.Length}");
                    }

                    var bad = Array.FindIndex(p, value => !double.IsFinite(value) || value < 0);
                    if (bad >= 0)
                    {
                        return NoDistribution(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"after “{Text(task, before)}” it holds {p[bad]:G4}"
                            )
                        );
                    }

                    if (Math.Abs(p.Sum() - 1) > 1e-4)
                    {
                        return NoDistribution(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"after “{Text(task, before)}” it sums to {p.Sum():G4}"
                            )
                        );
                    }

                    if (p[e.Targets[i]] == 0)
                    {
                        return Impossible(
                            Text(task, before),
                            e.Targets[i] == 0 ? "the end" : task.Vocabulary[e.Targets[i]]
                        );
                    }

                    sum -= Math.Log(p[e.Targets[i]]);
                    expected -= p.Sum(value => value == 0 ? 0 : value * Math.Log(value));
                    count++;
                    Compare(e.Symbols[i], p);
                }
            }

            (loss, Expected) = (sum / count, expected / count);
            return null;
        }

        /// <summary>The loss of one letter.</summary>
        public double Loss(int[] before, int target) =>
            -Math.Log(Math.Max(1e-12, (Ask(before) ?? throw Attempt.Blank())[target]));

        /// <summary>Whether the answer depends on the order of letters far back, which counts can't cover.</summary>
        public bool LooksBeyondCounts()
        {
            // The same first letter, the same letters, the same last seven: what counts could look at is equal, however
            // the three in between are ordered.
            foreach (var name in new[] { "qxwzkvqxzjvq", "wzvxqjzqvkxw" })
            {
                string[] orders = [name, name[0] + name[2..4] + name[1] + name[4..]];
                var answers = orders
                    .Select(order => task.Encode([order])[0].Symbols.ToArray())
                    .Select(symbols => Ask(symbols) ?? throw Attempt.Blank())
                    .ToList();
                if (answers[0].Length == answers[1].Length && Differ(answers[0], answers[1], 1e-9))
                {
                    return true;
                }
            }

            return false;
        }

        private double[]? Ask(int[] before)
        {
            try
            {
                return Attempt.Call($"for “{Text(task, before)}”", () => predict(before)) ?? throw Attempt.Blank();
            }
            catch (LearnerException e)
                when (before.Length == 1
                    && e.InnerException is ArgumentOutOfRangeException or IndexOutOfRangeException
                    && Answers([0, 1])
                )
            {
                return null;
            }
        }

        private bool Answers(int[] before)
        {
            try
            {
                return Attempt.Call("for “·” and a letter", () => predict(before)) is not null;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private void Compare(int last, double[] p)
        {
            if (_first[last] is { } same && Differ(same, p))
            {
                LooksAt = 2;
            }
            else if (LooksAt == 0 && _first.Any(other => other is not null && Differ(other, p)))
            {
                LooksAt = 1;
            }

            _first[last] ??= [.. p];
        }

        private static bool Differ(double[] p, double[] q, double by = 1e-6) =>
            p.Zip(q).Any(pair => Math.Abs(pair.First - pair.Second) > by);
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

        return test.Sum(e => e.Symbols.Zip(e.Targets, (a, b) => -Math.Log((counts[a, b] + 1) / (sums[a] + K))).Sum())
            / test.Sum(e => e.Targets.Count);
    }

    private static string Text(NamesTask task, IReadOnlyList<int> symbols) =>
        string.Concat(symbols.Select(k => k == 0 ? "·" : task.Vocabulary[k]));
}
