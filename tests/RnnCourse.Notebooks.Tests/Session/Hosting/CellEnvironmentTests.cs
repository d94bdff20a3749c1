using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

public sealed class CellEnvironmentTests
{
    [Theory]
    [InlineData("PATH", true)]
    [InlineData("HOME", true)]
    [InlineData("TMPDIR", true)]
    [InlineData("LANG", true)]
    [InlineData("LC_ALL", true)]
    [InlineData("XDG_DATA_HOME", true)]
    [InlineData("DOTNET_ROOT", true)]
    [InlineData("NUGET_PACKAGES", true)]
    [InlineData("HTTPS_PROXY", true)]
    [InlineData("RNN_PROGRESS", true)]
    [InlineData("OMP_NUM_THREADS", true)]
    [InlineData("NUGET_API_KEY", false)]
    [InlineData("RNN_TOKEN", false)]
    [InlineData("JPY_API_TOKEN", false)]
    [InlineData("GITHUB_TOKEN", false)]
    [InlineData("AWS_PROFILE", false)]
    [InlineData("SSH_AUTH_SOCK", false)]
    [InlineData("CUSTOMER", false)]
    [InlineData("", false)]
    public void Cells_see_what_every_session_needs_and_nothing_else(string name, bool seen) =>
        Assert.Equal(seen, CellEnvironment.Shows(name, []));

    [Fact]
    public void Cells_see_what_is_passed_whatever_it_is_called()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = "/bin",
            ["GITHUB_TOKEN"] = "abc",
            ["CUSTOMER"] = "Ada",
            ["OTHER"] = "left out",
        };

        CellEnvironment.Reduce(environment, ["GITHUB_TOKEN", "CUSTOMER"]);

        Assert.Equal(["CUSTOMER", "GITHUB_TOKEN", "PATH"], environment.Keys.Order(StringComparer.Ordinal));
    }
}
