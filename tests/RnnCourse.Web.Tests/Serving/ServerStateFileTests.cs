using RnnCourse.Web.Serving;

namespace RnnCourse.Web.Tests.Serving;

public sealed class ServerStateFileTests
{
    [Fact]
    public void Port_and_token_are_found_again_by_the_folders_next_server()
    {
        using var folder = new TestFolder();
        var key = new ServerKey(5050, ServerStateFile.NewToken());
        using (var first = ServerStateFile.Claim(folder.State, folder.Notebooks, out _)!)
        {
            Assert.Null(first.Known);
            first.Save(key);
        }

        using var second = ServerStateFile.Claim(folder.State, folder.Notebooks, out _)!;
        Assert.Equal(key, second.Known);
        using var other = ServerStateFile.Claim(folder.State, folder.PathOf("elsewhere"), out _)!;
        Assert.Null(other.Known);
    }

    [Fact]
    public void A_second_server_of_a_folder_learns_of_the_first()
    {
        using var folder = new TestFolder();
        var key = new ServerKey(5050, ServerStateFile.NewToken());
        using var first = ServerStateFile.Claim(folder.State, folder.Notebooks, out _)!;
        first.Save(key);
        Assert.Null(
            ServerStateFile.Claim(folder.State, folder.Notebooks + Path.DirectorySeparatorChar, out var running)
        );
        Assert.Equal(key, running);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("""{"Port":0,"Token":"x"}""")]
    [InlineData("""{"Port":5050,"Token":"short"}""")]
    public void What_cannot_be_read_counts_as_nothing(string text)
    {
        using var folder = new TestFolder();
        using (var first = ServerStateFile.Claim(folder.State, folder.Notebooks, out _)!)
        {
            first.Save(new ServerKey(5050, ServerStateFile.NewToken()));
        }

        var file = Assert.Single(Directory.EnumerateFiles(folder.State, "*.json"));
        File.WriteAllText(file, text);
        using var second = ServerStateFile.Claim(folder.State, folder.Notebooks, out _)!;
        Assert.Null(second.Known);
    }

    [Fact]
    public void Only_the_user_can_read_the_token()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("On Windows the folder of the user's data protects it.");
            return;
        }

        using var folder = new TestFolder();
        using var claimed = ServerStateFile.Claim(folder.State, folder.Notebooks, out _)!;
        claimed.Save(new ServerKey(5050, ServerStateFile.NewToken()));
        var file = Assert.Single(Directory.EnumerateFiles(folder.State, "*.json"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder.State)
        );
    }

    [Fact]
    public void A_token_has_at_least_128_bits_and_is_new_each_time()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => ServerStateFile.NewToken()).ToList();
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.True(Convert.FromHexString(token).Length * 8 >= 128));
    }
}
