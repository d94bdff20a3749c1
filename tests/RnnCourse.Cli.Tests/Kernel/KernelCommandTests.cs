using System.Text.Json;

namespace RnnCourse.Cli.Tests.Kernel;

public sealed class KernelCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_kernel_is_installed_listed_and_uninstalled()
    {
        var variables = new Dictionary<string, string?> { ["JUPYTER_PATH"] = _rnn.PathOf("share", "jupyter") };
        Assert.Equal(0, (await _rnn.RunAsync(variables, "kernel", "install", "--prefix", _rnn.Folder)).ExitCode);
        var listed = await _rnn.RunAsync(variables, "kernel", "list");
        Assert.Contains("rnncourse-csharp", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _rnn.RunAsync(variables, "kernel", "uninstall", "--prefix", _rnn.Folder)).ExitCode);
        Assert.DoesNotContain(
            "rnncourse-csharp",
            (await _rnn.RunAsync(variables, "kernel", "list")).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await _rnn.RunAsync(variables, "kernel", "uninstall", "--prefix", _rnn.Folder)).ExitCode);
    }

    [Fact]
    public async Task Variables_that_cells_shall_see_are_passed_to_the_kernel()
    {
        Assert.Equal(
            0,
            (
                await _rnn.RunAsync(
                    "kernel",
                    "install",
                    "--prefix",
                    _rnn.Folder,
                    "--pass-env",
                    "DB_USER",
                    "--pass-env",
                    "DB_TOKEN"
                )
            ).ExitCode
        );
        using var spec = JsonDocument.Parse(
            await File.ReadAllBytesAsync(
                _rnn.PathOf("share", "jupyter", "kernels", "rnncourse-csharp", "kernel.json"),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(
            ["{connection_file}", "--pass-env", "DB_USER", "--pass-env", "DB_TOKEN"],
            spec.RootElement.GetProperty("argv").EnumerateArray().Select(word => word.GetString()).TakeLast(5)
        );
    }

    [Fact]
    public async Task A_name_that_another_program_has_taken_is_not_taken_away()
    {
        var foreign = Directory.CreateDirectory(_rnn.PathOf("other", "kernels", ".net-csharp")).FullName;
        File.WriteAllText(
            Path.Combine(foreign, "kernel.json"),
            """{"argv": ["dotnet"], "display_name": ".NET (C#)", "language": "C#"}"""
        );
        var variables = new Dictionary<string, string?> { ["JUPYTER_PATH"] = _rnn.PathOf("other") };

        var refused = await _rnn.RunAsync(
            variables,
            "kernel",
            "install",
            "--prefix",
            _rnn.Folder,
            "--name",
            ".net-csharp"
        );

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is taken by '.NET (C#)'", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel", "install", "--prefix", ".", "--user")]
    [InlineData("kernel", "install", "--name", "a/b")]
    [InlineData("kernel")]
    [InlineData("kernel", "run")]
    public async Task Wrong_usage_is_reported(params string[] arguments) =>
        Assert.Equal(2, (await _rnn.RunAsync(arguments)).ExitCode);

    [Fact]
    public async Task A_connection_file_that_listens_to_others_is_refused()
    {
        File.WriteAllText(
            _rnn.PathOf("c.json"),
            """
            {"transport": "tcp", "ip": "0.0.0.0", "shell_port": 5101, "iopub_port": 5102, "stdin_port": 5103, "control_port": 5104, "hb_port": 5105, "key": "k"}
            """
        );

        var refused = await _rnn.RunAsync("kernel", "run", "-f", "c.json");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--allow-remote", refused.Errors, StringComparison.Ordinal);
    }
}
