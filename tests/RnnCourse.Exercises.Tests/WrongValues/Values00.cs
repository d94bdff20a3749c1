using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 00.</summary>
internal static class Values00
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["00.1"] = Commonest };

    private static IEnumerable<Feedback> Commonest()
    {
        var words = TinySentences.Train.SelectMany(s => s.Words).CountBy(word => word).ToList();
        return words
            .Where(pair => pair.Value < words.Max(other => other.Value))
            .Select(pair => Check.CommonestWord(pair.Key))
            .Concat(new[] { "swam", "dog", "FISH!" }.Select(Check.CommonestWord));
    }
}
