using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 07.</summary>
internal static class Values07
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["07.5"] = Verdicts };

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
}
