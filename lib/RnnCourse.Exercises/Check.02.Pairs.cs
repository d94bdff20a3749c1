using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson02;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks two sentences that no bag of words can tell apart, though the tag of "fish" differs.</summary>
    /// <param name="first">One sentence, its words with spaces between; null where there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback BagPair(string? first, string? second) =>
        Attempt.Judge(
            Texts02.Pair,
            string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () =>
            {
                string[] one = Words(first!),
                    other = Words(second!);
                if (one.Concat(other).FirstOrDefault(word => !TinySentences.Vocabulary.Contains(word)) is { } unknown)
                {
                    return SentenceFaults.Unknown(unknown);
                }

                foreach (var words in new[] { one, other })
                {
                    if (words.Count(word => word == "fish") is not 1 and var times)
                    {
                        return PairFaults.NotOneFish(string.Join(' ', words), times);
                    }
                }

                if (PairFaults.OtherWords(one, other) is { } bags)
                {
                    return bags;
                }

                if (PairFaults.TagOf("fish", one) == PairFaults.TagOf("fish", other))
                {
                    return PairFaults.SameTag("fish", PairFaults.TagOf("fish", one));
                }

                return new[] { one, other }
                    .Where(words => !PairFaults.MakesSense(words))
                    .Select(PairFaults.NoSentence)
                    .FirstOrDefault();
            }
        );

    /// <summary>Checks two sentences of the same words whose labels differ, and which a window of six places cuts to
    /// the same six words.</summary>
    /// <param name="first">One sentence, its words with spaces between; null where there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback WindowPair(string? first, string? second) =>
        Attempt.Judge(
            Texts02.Window,
            string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () =>
            {
                string[] one = Words(first!),
                    other = Words(second!);
                if (one.Concat(other).FirstOrDefault(word => !TinySentences.Vocabulary.Contains(word)) is { } unknown)
                {
                    return SentenceFaults.Unknown(unknown);
                }

                if (!one.Contains("only") || !other.Contains("only"))
                {
                    return PairFaults.NoOnly;
                }

                if (PairFaults.OtherWords(one, other) is { } bags)
                {
                    return bags;
                }

                if (!one.Take(6).SequenceEqual(other.Take(6)))
                {
                    return PairFaults.WindowsDiffer(Enumerable.Range(0, 6).First(k => one[k] != other[k]) + 1);
                }

                if (PairFaults.TagOf("only", one) == PairFaults.TagOf("only", other))
                {
                    return PairFaults.SameTag("only", PairFaults.TagOf("only", one));
                }

                return one.Length > 8 ? PairFaults.CanBeShorter(one.Length) : null;
            }
        );
}
