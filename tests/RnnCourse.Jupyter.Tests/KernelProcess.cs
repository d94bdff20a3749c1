using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.TestPrograms;

namespace RnnCourse.Jupyter.Tests;

/// <summary>A kernel in a separate process, and the connection file with which it was started.</summary>
public sealed class KernelProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kernel").FullName;
    private readonly Process _process;

    public KernelProcess()
    {
        var ports = FreePorts(5);
        Connection = new ConnectionInfo
        {
            Ip = "127.0.0.1",
            ShellPort = ports[0],
            IoPubPort = ports[1],
            StdinPort = ports[2],
            ControlPort = ports[3],
            HeartbeatPort = ports[4],
            Key = Guid.NewGuid().ToString(),
        };
        var file = Path.Combine(_folder, "connection.json");
        File.WriteAllText(file, JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Connection))!.ToJsonString());
        _process = Process.Start(
            new ProcessStartInfo(ThisProgram.Path, [KernelProgram.Command, file])
            {
                WorkingDirectory = _folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        _process.ErrorDataReceived += (_, e) => Log.Add(e.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public ConnectionInfo Connection { get; }

    /// <summary>The lines that the kernel has logged.</summary>
    public ConcurrentBag<string> Log { get; } = [];

    /// <summary>The process's exit code, as soon as it has ended.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }
}
