using System.Reflection;

namespace RnnCourse.Exercises.Quizzes;

/// <summary>Finds a lesson's quiz: the property <c>Questions</c> of the class <c>QuizNN</c> in
/// <c>LessonNN/QuizNN.cs</c>.</summary>
internal static class QuizBook
{
    private static readonly SortedDictionary<string, Type> ByLesson = new(
        typeof(QuizBook)
            .Assembly.GetTypes()
            .Where(type => type.Name is ['Q', 'u', 'i', 'z', >= '0' and <= '9', >= '0' and <= '9'])
            .ToDictionary(type => type.Name[4..]),
        StringComparer.Ordinal
    );

    /// <summary>The numbers of all lessons that have a quiz, such as "06", in order.</summary>
    public static IReadOnlyList<string> Lessons { get; } = [.. ByLesson.Keys];

    /// <summary>The questions of a lesson, or null if it has none.</summary>
    public static IReadOnlyList<QuizQuestion>? Of(string lesson) =>
        ByLesson.TryGetValue(lesson, out var quiz)
            ? (IReadOnlyList<QuizQuestion>)
                quiz.GetProperty("Questions", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!
            : null;
}
