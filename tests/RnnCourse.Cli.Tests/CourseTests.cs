using System.Text.Json.Nodes;

namespace RnnCourse.Cli.Tests;

/// <summary>The course itself: every lesson runs clean, and running it again gives the same bytes, but for what a cell has timed.</summary>
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

        foreach (var lesson in lessons)
        {
            Assert.True(Outputs(_first, lesson!) == Outputs(_second, lesson!), $"{lesson} differs between two runs.");
            if (!HasTimings(lesson!))
            {
                Assert.True(Page(_first, lesson!) == Page(_second, lesson!), $"The page of {lesson} differs between two runs.");
            }
        }

        Assert.True(Page(_first, "index") == Page(_second, "index"), "The index differs between two runs.");
    }

    // What a cell has timed is new in each run, and says so by its tag.
    private static string Outputs(string folder, string lesson)
    {
        var notebook = Read(Path.Combine(folder, lesson));
        foreach (var cell in notebook["cells"]!.AsArray().Where(IsTiming))
        {
            cell!["outputs"] = new JsonArray();
        }

        return notebook.ToJsonString();
    }

    private static string Page(string folder, string lesson) => File.ReadAllText(Path.Combine(folder, Path.ChangeExtension(lesson, ".html")));

    private static bool HasTimings(string lesson) => Read(Path.Combine(Repository.Root, "notebooks", lesson))["cells"]!.AsArray().Any(IsTiming);

    private static bool IsTiming(JsonNode? cell) => cell!["metadata"]!["tags"] is JsonArray tags && tags.Any(tag => (string?)tag == "timing");

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllBytes(path))!;
}
