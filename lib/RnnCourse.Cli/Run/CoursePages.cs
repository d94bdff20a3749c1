using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

internal static class CoursePages
{
    public static string Page(Lesson lesson, IReadOnlyList<Lesson> lessons, NotebookRun run, OutputFolder output, Repository? repository) =>
        $"<!-- {lesson.Name} {lessons.Count} {run.Count} {output.Path} {repository?.Root} -->";

    public static string Index(IReadOnlyList<Lesson> lessons) => $"<!-- {lessons.Count} -->";
}
