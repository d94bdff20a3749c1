using System.Reflection;

namespace RnnCourse.Exercises.Quizzes;

/// <summary>Finds a lesson's quiz: the property <c>Questions</c> of the class <c>QuizNN</c> in
/// <c>LessonNN/QuizNN.cs</c>.</summary>
internal static class QuizBook
{
    /// <summary>The numbers of all lessons that have a quiz, such as "06", in order.</summary>
    public static IReadOnlyList<string> Lessons { get; } =
    [
        .. typeof(QuizBook)
            .Assembly.GetTypes()
            .Select(type => type.Name)
            .Where(name => name is ['Q', 'u', 'i', 'z', >= '0' and <= '9', >= '0' and <= '9'])
            .Select(name => name[4..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The questions of a lesson, or null if it has none.</summary>
    public static IReadOnlyList<QuizQuestion>? Of(string lesson) =>
        !Lessons.Contains(lesson)
            ? null
            : (IReadOnlyList<QuizQuestion>?)
                typeof(QuizBook)
                    .Assembly.GetType($"{typeof(QuizBook).Namespace}.Quiz{lesson}")!
                    .GetProperty("Questions", BindingFlags.Static | BindingFlags.Public)!
                    .GetValue(null);
}
