using System.Reflection;

namespace RnnCourse.Exercises;

/// <summary>The solutions of all exercises and quizzes, each as the whole source of a notebook cell. The edition with
/// solutions is made from them.</summary>
public static class Solutions
{
    private static readonly SortedDictionary<string, Exercise> All = new(
        typeof(Solutions)
            .Assembly.GetTypes()
            .Where(type => type.Name is ['T', 'e', 'x', 't', 's', >= '0' and <= '9', >= '0' and <= '9'])
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public))
            .Select(property => (Exercise)property.GetValue(null)!)
            .ToDictionary(exercise => exercise.Id),
        StringComparer.Ordinal
    );

    /// <summary>The ids of all exercises, such as "06.1a", in order.</summary>
    public static IReadOnlyList<string> Exercises { get; } = [.. All.Keys];

    /// <summary>The solution of an exercise.</summary>
    /// <param name="exercise">Its id, such as "06.1a".</param>
    /// <returns>The source of a cell whose last expression is the check; null if there is no such exercise.</returns>
    public static string? Of(string exercise) => All.GetValueOrDefault(exercise)?.Solution;

    /// <summary>The hints of an exercise, the mildest first, for any answer.</summary>
    /// <param name="exercise">Its id, such as "06.1a".</param>
    /// <returns>Two sentences or more; null if there is no such exercise.</returns>
    public static IReadOnlyList<string>? HintsOf(string exercise) =>
        All.TryGetValue(exercise, out var found) ? [found.Hint, found.MoreHint] : null;

    /// <summary>An exercise.</summary>
    /// <param name="exercise">Its id.</param>
    internal static Exercise Get(string exercise) => All[exercise];

    /// <summary>The quiz of a lesson with its right answers.</summary>
    /// <param name="lesson">The lesson's number, such as "06".</param>
    /// <returns>The source of a cell; null if the lesson has no quiz.</returns>
    public static string? OfQuiz(string lesson) =>
        QuizBook.Of(lesson) is { } questions
            ? $"""
                // The right letters
                Quiz.Answers("{lesson}", first: "{questions[0].Right}", second: "{questions[
                    1
                ].Right}", third: "{questions[2].Right}")
                """
            : null;
}
