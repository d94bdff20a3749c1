using System.Runtime.InteropServices;
using RnnCourse.Cli.Precompiling;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Serving;

namespace RnnCourse.Cli.Open;

/// <summary>The user's settings for <c>rnn open</c>.</summary>
/// <param name="Notebook">A lesson, a file or a folder; null for the list of lessons.</param>
/// <param name="Port">The port; 0 for any.</param>
/// <param name="Work">The folder of the user's copies, or null.</param>
/// <param name="Hosts">Host names of forwarded ports.</param>
/// <param name="OpensBrowser">Whether to open a browser.</param>
/// <param name="PassedVariables">Environment variables that are passed to cells in addition to those that every session
/// needs.</param>
internal sealed record OpenSettings(
    string? Notebook,
    int Port,
    string? Work,
    IReadOnlyList<string> Hosts,
    bool OpensBrowser,
    IReadOnlyList<string> PassedVariables
);

/// <summary>Carries out <c>rnn open</c>: serves until it is interrupted.</summary>
internal static class OpenRun
{
    /// <summary>The environment variable with the folder in which ports and tokens are stored; for tests, and for users
    /// who want another folder.</summary>
    public const string StateVariable = "RNN_SERVERS";

    private static readonly TimeSpan PrecompilationDelay = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(OpenSettings settings, CancellationToken stop)
    {
        try
        {
            var (notebooks, name) = OpenTarget.Find(settings.Notebook, settings.Work);
            return await ServeAsync(settings, notebooks, name, stop);
        }
        catch (UserErrorException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
        catch (Exception e)
            when (e is NotebookFormatException or NotebookFileException or IOException or UnauthorizedAccessException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
    }

    private static async Task<int> ServeAsync(
        OpenSettings settings,
        INotebookSource notebooks,
        string? name,
        CancellationToken stop
    )
    {
        var stateFolder = FindStateFolder();
        NotebookServer server;
        try
        {
            server = await NotebookServer.StartAsync(
                new NotebookServerOptions(notebooks, NotebookRunnerFactory.SessionCommand, stateFolder)
                {
                    Port = settings.Port,
                    Hosts = settings.Hosts,
                    MissingLibraryHint = NotebookRunnerFactory.MissingLibraryHint,
                    PassedVariables = settings.PassedVariables,
                }
            );
        }
        catch (ServerRunsException e)
        {
            var address = new Uri(e.Address, NotebookServer.PathOf(name) + e.Address.Query);
            Console.WriteLine($"These notebooks are open already: {address}");
            if (settings.Hosts.Count > 0 || (settings.Port > 0 && settings.Port != address.Port))
            {
                Console.WriteLine("That server keeps its own --port and --host: end it with Ctrl-C to use others.");
            }

            Browser.OpenIfWanted(address, settings.OpensBrowser);
            return ExitCode.Success;
        }

        using var fileSizeLimit = IgnoreFileSizeLimit();
        await using (server)
        {
            // Called before the address is shown, so that a notebook that can't be opened is reported here.
            if (name is not null)
            {
                _ = server.Prepare(name);
            }

            var address = server.AddressOf(name);
            Console.WriteLine($"Open {address}");
            Console.WriteLine($"Your work is saved in {Shown(notebooks.Folder)}. Ctrl-C ends the server.");
            var hint = Browser.ForwardingHint(address, settings.Hosts, Environment.GetEnvironmentVariable);
            if (hint is not null)
            {
                Console.WriteLine(hint);
            }

            Browser.OpenIfWanted(address, settings.OpensBrowser);

            try
            {
                // Later, so that it does not slow down what the user waits for.
                await Task.Delay(PrecompilationDelay, stop);
                BackgroundPrecompilation.StartIfWanted();
                await Task.Delay(Timeout.Infinite, stop);
            }
            catch (OperationCanceledException)
            {
                // The usual way to stop.
            }
        }

        if (server.Unsaved.Count > 0)
        {
            var reasons = string.Join(' ', server.Unsaved);
            return ErrorMessage.Write(
                $"Not everything could be saved. {reasons} The open pages still hold it: leave them open, fix the "
                    + "cause, and run 'rnn open' again.",
                ExitCode.File
            );
        }

        Console.WriteLine("Everything is saved.");
        return ExitCode.Success;
    }

    // If the size of files is limited (ulimit -f), the system would end the server; with this, the write fails and the
    // page says so.
    private static PosixSignalRegistration? IgnoreFileSizeLimit()
    {
        const PosixSignal SizeExceeded = (PosixSignal)25;
        return OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
            ? PosixSignalRegistration.Create(SizeExceeded, signal => signal.Cancel = true)
            : null;
    }

    private static string Shown(string folder) =>
        Terminal.Relative(folder) is var relative && relative == "." ? "this folder" : Terminal.Printable(relative);

    // If nothing can be stored, everything else still works.
    private static string FindStateFolder()
    {
        var folder = StateFolder();
        try
        {
            NotebookServer.CheckStateFolder(folder);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine(
                $"Port and token can't be stored in {Terminal.Printable(folder)} ({e.Message}): after a restart, open "
                    + $"pages won't find the server. {StateVariable} names another folder."
            );
            return PrivateFolder();
        }
    }

    private static string StateFolder() =>
        Environment.GetEnvironmentVariable(StateVariable) is { Length: > 0 } chosen
            ? Path.GetFullPath(chosen)
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify
                )
                    is { Length: > 0 } data
                    ? data
                    : PrivateFolder(),
                "RnnCourse",
                "servers"
            );

    // A folder with a fixed name that everybody may write to could hold somebody else's key.
    private static string PrivateFolder() => Directory.CreateTempSubdirectory("rnn-").FullName;
}
