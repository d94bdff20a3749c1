using RnnCourse.Cli.Tests;
using RnnCourse.Notebooks.Format;

[assembly: AssemblyFixture(typeof(CourseExecution))]

namespace RnnCourse.Cli.Tests;

/// <summary>
/// Both editions of the course, executed once by the real command for all tests that look at the results. It is the
/// longest thing that the tests do, so no test executes a lesson for itself where the results of this run can tell as
/// much.
/// </summary>
/// <remarks>
/// Of the edition with solutions, which mostly has the same cells, one lesson is executed, another one after each
/// change of a lesson; the gate executes all. <c>RNN_LESSONS=07</c>, or <c>06,07</c>, executes these lessons only, in
/// both editions, for who works on them.
/// </remarks>
public sealed class CourseExecution : IDisposable
{
    private static readonly string[] Chosen = (Environment.GetEnvironmentVariable("RNN_LESSONS") ?? "").Split(
        ',',
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("course").FullName;
    private readonly Lazy<Task<Result>> _run;

    public CourseExecution() => _run = new Lazy<Task<Result>>(ExecuteAsync);

    /// <summary>Whether <c>RNN_LESSONS</c> names lessons.</summary>
    public static bool IsChoice => Chosen.Length > 0;

    /// <summary>The names of the lessons that are executed.</summary>
    public static IReadOnlyList<string> Lessons { get; } =
    [
        .. Repository
            .Lessons.Select(path => Path.GetFileName(path)!)
            .Where(name => !IsChoice || Chosen.Contains(name[..2])),
    ];

    /// <summary>The names of those of them that are executed with their solutions, too.</summary>
    public static IReadOnlyList<string> ExecutedSolutions { get; } = Draw(WithSolutions());

    /// <summary>The names of those that have an edition with solutions. A test of one that isn't executed is skipped.
    /// </summary>
    public static IReadOnlyList<TheoryDataRow<string>> SolvedLessons { get; } =
    [
        .. WithSolutions()
            .Select(name => new TheoryDataRow<string>(name)
            {
                Skip = ExecutedSolutions.Contains(name)
                    ? null
                    : $"Only one solved lesson is executed. RNN_LESSONS={name[..2]} executes this one, and CI=true "
                        + "all of them.",
            }),
    ];

    /// <summary>The run: its exit code and its output.</summary>
    public Task<Result> RunAsync() => _run.Value;

    /// <summary>Where a lesson is stored.</summary>
    public static string StoredPath(string lesson, bool isSolved) =>
        Path.Combine([Repository.Root, "notebooks", .. isSolved ? ["solutions"] : Array.Empty<string>(), lesson]);

    /// <summary>A lesson as it is stored.</summary>
    public static Notebook Stored(string lesson, bool isSolved) => NotebookReader.Read(StoredPath(lesson, isSolved));

    /// <summary>A lesson with the outputs of the run.</summary>
    public async Task<Notebook> ExecutedAsync(string lesson, bool isSolved)
    {
        await _run.Value;
        return NotebookReader.Read(ExecutedPath(lesson, isSolved, ".ipynb"));
    }

    /// <summary>The page that the run made of a lesson, or of the index.</summary>
    public async Task<string> PageAsync(string lesson, bool isSolved)
    {
        await _run.Value;
        return await File.ReadAllTextAsync(ExecutedPath(lesson, isSolved, ".html"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<string> WithSolutions() =>
        [.. Lessons.Where(name => File.Exists(StoredPath(name, isSolved: true)))];

    private static IReadOnlyList<string> Draw(IReadOnlyList<string> solved) =>
        Gate.IsRunning || IsChoice
            ? solved
            : Gate.Draw(
                solved,
                share: solved.Count,
                string.Concat(solved.Select(name => File.ReadAllText(StoredPath(name, isSolved: true))))
            );

    private string ExecutedPath(string lesson, bool isSolved, string extension) =>
        Path.Combine([
            _folder,
            .. isSolved ? ["solutions"] : Array.Empty<string>(),
            Path.ChangeExtension(lesson, extension),
        ]);

    private Task<Result> ExecuteAsync()
    {
        IEnumerable<string> notebooks =
        [
            .. Lessons.Select(name => StoredPath(name, isSolved: false)),
            .. ExecutedSolutions.Select(name => StoredPath(name, isSolved: true)),
        ];
        return Rnn.RunAsync(Repository.Root, ["run", "--output", _folder, .. notebooks]);
    }
}
