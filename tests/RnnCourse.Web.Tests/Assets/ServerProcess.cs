using System.Diagnostics;
using RnnCourse.TestPrograms;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>A server of a folder in a separate process, so that it can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process)
    {
        _process = process;
        Address = new Uri(process.StandardOutput.ReadLine()!);
    }

    /// <summary>The address of the list of notebooks, with the token.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server at the port that the folder's last server had, if there was one.</summary>
    public static ServerProcess Start(TestFolder folder)
    {
        var start = new ProcessStartInfo(
            ThisProgram.Path,
            [TestedProgram.ServerCommand, folder.Notebooks, folder.State]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>The address of a notebook, with the token.</summary>
    public Uri AddressOf(string notebook) => new(Address, $"/notebook/{notebook}.html{Address.Query}");

    /// <summary>Ends the process without a warning.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
