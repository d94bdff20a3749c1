using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class UserFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-format-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_new_bytes_take_the_place_of_the_old_and_nothing_else_stays()
    {
        var path = Path.Combine(_folder, "a.ipynb");
        File.WriteAllText(path, "old");
        UserFile.Write(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var path = Path.Combine(_folder, "none", "a.ipynb");

        Assert.Contains(
            "There is no folder",
            Assert.Throws<NotebookFileException>(() => UserFile.Write(path, "x"u8)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_of_the_same_name_stays_and_no_temporary_file_does()
    {
        var path = Path.Combine(_folder, "a.ipynb");
        Directory.CreateDirectory(path);

        Assert.Contains(
            "This is a folder",
            Assert.Throws<NotebookFileException>(() => UserFile.Write(path, "x"u8)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_read_only_file_stays_as_it_is()
    {
        var path = Path.Combine(_folder, "a.ipynb");
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            Assert.Contains(
                "read-only",
                Assert.Throws<NotebookFileException>(() => UserFile.Write(path, "x"u8)).Message,
                StringComparison.Ordinal
            );
            Assert.Equal("old", File.ReadAllText(path));
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    [Fact]
    public void A_read_only_folder_gives_a_plain_message()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc, a folder in which no one can make files.");

        var exception = Assert.Throws<NotebookFileException>(() => UserFile.Write("/proc/a.ipynb", "x"u8));

        Assert.Contains("Nothing was written", exception.Message, StringComparison.Ordinal);
        Assert.Equal("/proc/a.ipynb", exception.File);
    }

    [Theory]
    [InlineData('n')]
    [InlineData('é')]
    public void A_name_may_be_as_long_as_the_system_allows(char letter)
    {
        var path = Path.Combine(_folder, new string(letter, letter == 'n' ? 249 : 124) + ".ipynb");
        UserFile.Write(path, "old"u8);
        UserFile.Write(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Where_links_are_not_wanted_one_is_refused_and_what_it_leads_to_stays()
    {
        var target = Path.Combine(_folder, "target");
        var link = Path.Combine(_folder, "link");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);

        Assert.Contains(
            "This is a link to",
            Assert.Throws<NotebookFileException>(() => UserFile.WriteNoLink(link, "new"u8)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("old", File.ReadAllText(target));
        UserFile.WriteNoLink(target, "new"u8);
        Assert.Equal("new", File.ReadAllText(target));
    }

    [Fact]
    public void A_symbolic_link_stays_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");

        var target = Path.Combine(_folder, "target.ipynb");
        var link = Path.Combine(_folder, "link.ipynb");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        UserFile.Write(link, "new"u8);

        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }
}
