using System.Net;
using System.Net.Sockets;

namespace RnnCourse.Web.Tests;

/// <summary>A forwarded port, as <c>ssh -L</c> makes one: another number, the same bytes. It can fall silent, as a
/// connection does that is lost on its way.</summary>
internal sealed class Forwarder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private CancellationTokenSource _connections = new();
    private volatile bool _isSilent;

    public Forwarder(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>An address of the server as it is reached through this port.</summary>
    public Uri Through(Uri address) => new UriBuilder(address) { Host = "localhost", Port = Port }.Uri;

    /// <summary>Ends all connections; new ones are taken.</summary>
    public void Cut()
    {
        var old = _connections;
        _connections = new CancellationTokenSource();
        old.Cancel();
    }

    /// <summary>Stops passing data without closing connections.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>New connections pass again; the old ones stay lost.</summary>
    public void Recover()
    {
        _connections = new CancellationTokenSource();
        _isSilent = false;
    }

    public void Dispose()
    {
        _end.Cancel();
        _connections.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(() => ForwardAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end of the test.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        var generation = _connections;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, generation.Token);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, stop.Token);
            await Task.WhenAny(
                CopyAsync(client.GetStream(), server.GetStream(), generation, stop.Token),
                CopyAsync(server.GetStream(), client.GetStream(), generation, stop.Token)
            );
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // One side has gone.
        }
    }

    private async Task CopyAsync(
        NetworkStream from,
        NetworkStream to,
        CancellationTokenSource generation,
        CancellationToken stop
    )
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, stop) is > 0 and var count)
        {
            if (!_isSilent && generation == _connections)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), stop);
            }
        }
    }
}
