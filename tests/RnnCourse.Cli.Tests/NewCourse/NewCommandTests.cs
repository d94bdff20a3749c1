namespace RnnCourse.Cli.Tests.NewCourse;

public sealed class NewCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("new").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_copy_holds_lessons_solutions_data_the_library_and_nothing_half_done()
    {
        var made = await Rnn.RunAsync(_folder, "new", "my course");
        Assert.True(made.ExitCode == ExitCode.Success, made.Output + made.Errors);
        Assert.Contains("rnn open", made.Output, StringComparison.Ordinal);

        var copy = Path.Combine(_folder, "my course");
        foreach (var lesson in Repository.Lessons.Select(path => Path.GetFileName(path)!))
        {
            AssertSame(copy, "notebooks", lesson);
            AssertSame(copy, "notebooks", "solutions", lesson);
        }

        AssertSame(copy, "notebooks", "NOTATION.md");
        AssertSame(copy, "notebooks", "figures", "unrolled-network.svg");
        AssertSame(copy, "datasets", "names", "train.txt");
        AssertSame(copy, "datasets", "code", "SHA256SUMS");
        AssertSame(copy, "lib", "RnnCourse", "Core", "VanillaRnn.cs");
        AssertSame(copy, "artifacts", "bin", "RnnCourse.Exercises", "release", "RnnCourse.Exercises.dll");
        AssertSame(copy, "LICENSE");
        Assert.True(File.Exists(Path.Combine(copy, "RnnCourse.course")));
        Assert.Contains("rnn open", ReadmeOf(copy), StringComparison.Ordinal);
        Assert.Equal([copy], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task What_is_there_already_is_left_alone()
    {
        var (file, full) = (Path.Combine(_folder, "a-file"), Path.Combine(_folder, "full"));
        Directory.CreateDirectory(full);
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(full, "x"), "mine", TestContext.Current.CancellationToken);
        foreach (var name in new[] { "a-file", "full", "." })
        {
            var refused = await Rnn.RunAsync(_folder, "new", name);
            Assert.Equal(ExitCode.Usage, refused.ExitCode);
            Assert.Contains("exists already", refused.Errors, StringComparison.Ordinal);
        }

        Assert.Equal([file, full], Directory.GetFileSystemEntries(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_empty_folder_is_filled()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        Assert.Equal(ExitCode.Success, (await Rnn.RunAsync(_folder, "new", "empty/")).ExitCode);
        Assert.True(File.Exists(Path.Combine(folder, "README.md")));
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("a", "b")]
    public async Task Anything_but_one_folder_is_wrong_usage(params string[] folders) =>
        Assert.Equal(ExitCode.Usage, (await Rnn.RunAsync(_folder, ["new", .. folders])).ExitCode);

    [Fact]
    public async Task Lessons_of_a_copy_run_with_its_own_library_and_data()
    {
        Assert.Equal(ExitCode.Success, (await Rnn.RunAsync(_folder, "new", "course")).ExitCode);
        var copy = Path.Combine(_folder, "course");
        var verified = await Rnn.RunAsync(copy, "verify", "notebooks/03-wishlist.ipynb");
        Assert.True(verified.ExitCode == ExitCode.Success, verified.Output + verified.Errors);
    }

    private static void AssertSame(string copy, params string[] parts) =>
        Assert.Equal(
            File.ReadAllBytes(Path.Combine([Repository.Root, .. parts])),
            File.ReadAllBytes(Path.Combine([copy, .. parts]))
        );

    private static string ReadmeOf(string copy) => File.ReadAllText(Path.Combine(copy, "README.md"));
}
