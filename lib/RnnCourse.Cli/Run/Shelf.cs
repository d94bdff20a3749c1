namespace RnnCourse.Cli.Run;

/// <summary>The notebooks that a run deals with, in reading order.</summary>
internal static class Shelf
{
    /// <summary>
    /// The notebooks to run. If one of them is a lesson of the course, with or without solutions, the other lessons
    /// stand beside it, so that a run of one lesson leaves the links and the index of the whole course as they should
    /// be.
    /// </summary>
    public static IReadOnlyList<Lesson> Fill(IReadOnlyList<string> paths, OutputFolder output, Repository? repository)
    {
        var asked = paths.DistinctBy(Path.GetFullPath).ToList();
        var full = asked.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        var course = repository?.Lessons() ?? [];
        if (!course.Concat(repository?.SolvedLessons() ?? []).Any(full.Contains))
        {
            return [.. asked.Select(path => Lesson.Read(path, output, repository, runsNow: true))];
        }

        var byPath = asked.ToDictionary(Path.GetFullPath);
        return
        [
            .. course.Select(path =>
                Lesson.Read(byPath.GetValueOrDefault(path, path), output, repository, runsNow: full.Contains(path))
            ),
            .. asked
                .Where(path => !course.Contains(Path.GetFullPath(path)))
                .Select(path => Lesson.Read(path, output, repository, runsNow: true)),
        ];
    }
}
