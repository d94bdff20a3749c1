using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Cli.Tests;

/// <summary>Starts the real command <c>rnn</c> in a separate folder that looks like the course's repository.</summary>
public sealed class Rnn : IDisposable
{
    public Rnn()
    {
        Folder = Directory.CreateTempSubdirectory("rnn").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "notebooks"));
        File.WriteAllText(Path.Combine(Folder, "RnnCourse.sln"), "");
    }

    /// <summary>The repository's top folder, where the command runs.</summary>
    public string Folder { get; }

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Writes a lesson with these cells; one that begins with <c>#</c> and a space is text.</summary>
    public string Write(string name, params string[] cells)
    {
        var path = PathOf("notebooks", name);
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([.. cells.Select(Cell)]),
        };
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }

    /// <summary>Runs <c>rnn</c> to its end.</summary>
    public Task<Result> RunAsync(params string[] arguments) => RunAsync(Folder, arguments);

    /// <summary>Runs <c>rnn</c> with additional environment variables.</summary>
    public Task<Result> RunAsync(IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        RunAsync(Folder, variables, arguments);

    /// <summary>Runs <c>rnn</c> in another folder.</summary>
    public static Task<Result> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, new Dictionary<string, string?>(), arguments);

    private static async Task<Result> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        string[] arguments
    )
    {
        using var process = Start(folder, variables, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Result(
            process.ExitCode,
            (await output).ReplaceLineEndings("\n"),
            (await errors).ReplaceLineEndings("\n")
        );
    }

    public static Process Start(string folder, params string[] arguments) =>
        Start(folder, new Dictionary<string, string?>(), arguments);

    /// <summary>Starts <c>rnn</c> with additional environment variables; null removes one.</summary>
    public static Process Start(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(TestedProgram.Path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>
    /// Asks a command to stop. It is handled as Ctrl-C is, which doesn't reach what runs in the background, as the
    /// tests themselves may. By the system's own call: on a busy machine the command may have ended before another
    /// program has started to ask it.
    /// </summary>
    public static void AskToStop(Process process) =>
        Assert.True(TryAskToStop(process), "There is no such process any more.");

    /// <summary>Asks a command to stop, which may have ended in the meantime; returns whether it was still
    /// running.</summary>
    public static bool TryAskToStop(Process process)
    {
        const int Terminate = 15;
        return Send(process, Terminate) == 0;
    }

    /// <summary>Sends a signal; returns 0 if the process is there.</summary>
    public static int Send(Process process, int signal) => Signal(process.Id, signal);

    public JsonElement Executed(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf("artifacts", "course", name)));
        return document.RootElement.GetProperty("cells").Clone();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private static JsonNode Cell(string source, int index) =>
        source.StartsWith("# ", StringComparison.Ordinal)
            ? new JsonObject
            {
                ["cell_type"] = "markdown",
                ["id"] = $"text-{index}",
                ["metadata"] = new JsonObject(),
                ["source"] = source,
            }
            : new JsonObject
            {
                ["cell_type"] = "code",
                ["id"] = $"code-{index}",
                ["metadata"] = new JsonObject(),
                ["source"] = source,
                ["outputs"] = new JsonArray(),
                ["execution_count"] = null,
            };
}

/// <summary>What a run of <c>rnn</c> gave.</summary>
public sealed record Result(int ExitCode, string Output, string Errors);
