using RnnCourse.Cli.Open;

namespace RnnCourse.Cli.Tests.Open;

public sealed class BrowserTests
{
    private static readonly Uri Address = new("http://127.0.0.1:5000/notebook/a.html?token=t");

    [Fact]
    public void Who_sits_before_the_machine_needs_no_words() => Assert.Null(Hint([]));

    [Fact]
    public void Over_SSH_the_command_is_told_that_forwards_the_port()
    {
        var hint = Hint([], ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"));
        Assert.Contains("ssh -L 5000:127.0.0.1:5000 ", hint, StringComparison.Ordinal);
        Assert.Contains("--host localhost:8080", hint, StringComparison.Ordinal);
    }

    [Fact]
    public void In_Codespaces_the_name_is_told_under_which_the_browser_reaches_the_server()
    {
        (string, string)[] variables = [("CODESPACES", "true"), ("CODESPACE_NAME", "fuzzy-disco")];
        const string Name = "fuzzy-disco-5000.app.github.dev";
        Assert.Contains($"rnn open --host {Name}'", Hint([], variables), StringComparison.Ordinal);
        Assert.Equal(
            $"In Codespaces, open https://{Name}/notebook/a.html?token=t",
            Hint(["other.example", Name], variables)
        );
    }

    [Fact]
    public void In_WSL_the_browser_of_Windows_is_named() =>
        Assert.Contains("browser of Windows", Hint([], ("WSL_DISTRO_NAME", "Debian")), StringComparison.Ordinal);

    private static string? Hint(string[] hosts, params (string Name, string Value)[] variables) =>
        Browser.ForwardingHint(
            Address,
            hosts,
            name => variables.FirstOrDefault(variable => variable.Name == name).Value
        );
}
