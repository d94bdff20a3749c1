namespace RnnCourse.Cli.Tests;

/// <summary>The notebooks beside the lessons, for teachers: they run, and show what is stored.</summary>
public sealed class ExtrasTests
{
    [Fact]
    public async Task Extra_notebooks_show_what_is_stored()
    {
        var extras = Directory.GetFiles(Path.Combine(Repository.Root, "notebooks", "extras"), "*.ipynb");
        Assert.NotEmpty(extras);
        var result = await Rnn.RunAsync(Repository.Root, ["verify", .. extras]);
        Assert.True(result.ExitCode == ExitCode.Success, result.Output + result.Errors);
    }
}
