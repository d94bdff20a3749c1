using System.Globalization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class AbandonedFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-left-").FullName;

    // No process has this id: systems count to a few millions.
    private const int Gone = int.MaxValue;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_killed_process_left_goes_with_the_next_write_of_the_same_file()
    {
        var left = Left("a.ipynb", Gone);

        Write("b.ipynb");
        Assert.True(File.Exists(left));
        Write("a.ipynb");
        Assert.False(File.Exists(left));
        Assert.Equal("new", File.ReadAllText(Path.Combine(_folder, "a.ipynb")));
    }

    [Fact]
    public void What_is_left_is_known_by_the_names_that_are_given()
    {
        var target = Path.Combine(_folder, "a.ipynb");
        var name = Path.GetFileName(AbandonedFiles.NewName(target));
        var left = Make(
            name.Replace($".{Environment.ProcessId}-", $".{Gone}-", StringComparison.Ordinal),
            TimeSpan.FromHours(1)
        );
        AbandonedFiles.Remove(target);

        Assert.False(File.Exists(left));
    }

    [Fact]
    public void What_may_be_being_written_stays()
    {
        var elsewhere = Left("a.ipynb", Gone, writtenBefore: TimeSpan.FromSeconds(5));
        Write("a.ipynb");
        Assert.True(File.Exists(elsewhere));

        var slowly = Left("a.ipynb", Environment.ProcessId, writtenBefore: TimeSpan.Zero);
        AbandonedFiles.Remove(Path.Combine(_folder, "a.ipynb"), DateTime.UtcNow.AddHours(1));
        Assert.True(File.Exists(slowly));
        Assert.False(File.Exists(elsewhere));
    }

    [Fact]
    public void A_process_that_started_later_did_not_write_it()
    {
        var left = Left("a.ipynb", Environment.ProcessId, writtenBefore: TimeSpan.FromDays(365));
        Write("a.ipynb");

        Assert.False(File.Exists(left));
    }

    [Theory]
    [InlineData(".a.ipynb.tmp")]
    [InlineData(".a.ipynb.2147483647.tmp")]
    [InlineData(".a.ipynb.2147483647-abc.tmp")]
    [InlineData(".a.ipynb.2147483647-abcdefghij_.tmp")]
    [InlineData(".a.ipynb.x-abcdefghijk.tmp")]
    [InlineData(".a.ipynb.2147483647-abcdefghijk-l.tmp")]
    [InlineData(".aXipynb.2147483647-abcdefghijk.tmp")]
    [InlineData(".a.ipynb.old.2147483647-abcdefghijk.tmp")]
    [InlineData("a.ipynb.2147483647-abcdefghijk.tmp")]
    [InlineData(".a.ipynb.2147483647-abcdefghijk.tmp2")]
    public void Files_of_others_stay(string name)
    {
        var file = Make(name, TimeSpan.FromDays(1));
        Write("a.ipynb");

        Assert.True(File.Exists(file));
    }

    [Fact]
    public void Stars_in_a_name_stand_for_themselves()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");

        var foreign = Left("ab.ipynb", Gone);
        var own = Left("a******************************.ipynb", Gone);
        Write("a******************************.ipynb");

        Assert.True(File.Exists(foreign));
        Assert.False(File.Exists(own));
    }

    private void Write(string name) => UserFile.Write(Path.Combine(_folder, name), "new"u8);

    private string Left(string target, int writer, TimeSpan? writtenBefore = null) =>
        Make(
            string.Create(CultureInfo.InvariantCulture, $".{target}.{writer}-abcdefghijk.tmp"),
            writtenBefore ?? TimeSpan.FromHours(1)
        );

    private string Make(string name, TimeSpan writtenBefore)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, "half");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow - writtenBefore);
        return file;
    }
}
