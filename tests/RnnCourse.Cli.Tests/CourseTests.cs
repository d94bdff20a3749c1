namespace RnnCourse.Cli.Tests;

/// <summary>The course itself: every lesson runs clean, and running it again gives the same bytes.</summary>
public sealed class CourseTests : IDisposable
{
    private readonly string _first = Directory.CreateTempSubdirectory("course").FullName;
    private readonly string _second = Directory.CreateTempSubdirectory("course").FullName;

    public void Dispose()
    {
        Directory.Delete(_first, recursive: true);
        Directory.Delete(_second, recursive: true);
    }

    [Fact]
    public async Task Every_lesson_runs_clean_and_twice_the_same()
    {
        var root = Repository.Root;
        var lessons = Repository.Lessons.Select(Path.GetFileName).ToList();
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("RNN_SKIP_COURSE_RUN") == "1",
            "RNN_SKIP_COURSE_RUN=1: whoever set it runs the course in another way, as the gate does by 'rnn verify'.");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(root, "artifacts", "bin", "RnnCourse.Plotting", "release")),
            "The lessons use the release build of the library: dotnet build -c Release.");

        // Side by side, as each is a process of its own.
        var runs = await Task.WhenAll(Rnn.RunAsync(root, "run", "--output", _first), Rnn.RunAsync(root, "run", "--output", _second));

        foreach (var run in runs)
        {
            Assert.True(run.ExitCode == ExitCode.Success, run.Output + run.Errors);
        }

        foreach (var lesson in lessons.Append("index"))
        {
            foreach (var file in lesson == "index" ? ["index.html"] : new[] { lesson!, Path.ChangeExtension(lesson!, ".html") })
            {
                var bytes = await File.ReadAllTextAsync(Path.Combine(_first, file), TestContext.Current.CancellationToken);
                Assert.True(bytes == await File.ReadAllTextAsync(Path.Combine(_second, file), TestContext.Current.CancellationToken), $"{file} differs between two runs.");
            }
        }
    }
}
