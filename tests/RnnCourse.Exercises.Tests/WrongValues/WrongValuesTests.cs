using RnnCourse.Exercises.Tests.Mutants;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Exercises that are answered by numbers, sentences, choices, or by whatever has no mutants: a generator of
/// their own makes wrong answers to each. All are refused, and nearly all are told why.</summary>
public sealed class WrongValuesTests(ITestOutputHelper output)
{
    private const int MinAnswers = 12;

    private static readonly IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> Generators = new Dictionary<
        string,
        Func<IEnumerable<Feedback>>
    >([
        .. Values00.All,
        .. Values01.All,
        .. Values02.All,
        .. Values03.All,
        .. Values04.All,
        .. Values05.All,
        .. Values06.All,
        .. Values07.All,
        .. Values08.All,
        .. Values10.All,
        .. Values11.All,
        .. Values12.All,
        .. Values13.All,
        .. Values14.All,
    ]);

    public static TheoryData<string> Exercises => [.. Generators.Keys];

    [Theory]
    [MemberData(nameof(Exercises))]
    public void Wrong_answers_are_refused_and_told_why(string exercise)
    {
        var all = Generators[exercise]().ToList();
        var generic = all.Where(feedback =>
                feedback.Fault is not { } fault || fault.EndsWith("differs", StringComparison.Ordinal)
            )
            .ToList();
        output.WriteLine($"{exercise}: {all.Count} wrong answers, {all.Count - generic.Count} named");
        Assert.All(all, feedback => Assert.Equal(exercise, feedback.Exercise));
        Assert.All(
            all.Index(),
            one => Assert.True(one.Item.State == FeedbackState.NotYet, $"number {one.Index}: {one.Item}")
        );
        Assert.True(all.Count >= MinAnswers, $"Only {all.Count} wrong answers; {MinAnswers} are asked for.");
        Assert.True(
            generic.Count <= all.Count / 10,
            $"{generic.Count} of {all.Count} name nothing:\n{string.Join('\n', generic)}"
        );
    }

    [Fact]
    public void Every_exercise_without_mutants_has_a_generator() =>
        Assert.Empty(Solutions.Exercises.Except(MutantsTests.Exercises).Except(Generators.Keys));
}
