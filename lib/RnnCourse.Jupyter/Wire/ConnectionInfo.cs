using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnCourse.Jupyter.Wire;

/// <summary>The contents of a connection file: the address and ports to listen on, and the key with which messages are
/// signed.</summary>
public sealed record ConnectionInfo
{
    /// <summary>The transport; only <c>tcp</c> is supported.</summary>
    [JsonPropertyName("transport")]
    public string Transport { get; init; } = "tcp";

    /// <summary>The address to listen on.</summary>
    [JsonPropertyName("ip")]
    public required string Ip { get; init; }

    /// <summary>Port of the shell channel.</summary>
    [JsonPropertyName("shell_port")]
    public required int ShellPort { get; init; }

    /// <summary>Port of the channel on which outputs are published.</summary>
    [JsonPropertyName("iopub_port")]
    public required int IoPubPort { get; init; }

    /// <summary>Port of the channel on which the kernel asks for input.</summary>
    [JsonPropertyName("stdin_port")]
    public required int StdinPort { get; init; }

    /// <summary>Port of the control channel: interrupt and shutdown.</summary>
    [JsonPropertyName("control_port")]
    public required int ControlPort { get; init; }

    /// <summary>Port of the heartbeat.</summary>
    [JsonPropertyName("hb_port")]
    public required int HeartbeatPort { get; init; }

    /// <summary>The key; empty means that messages are not signed.</summary>
    [JsonPropertyName("key")]
    public string Key { get; init; } = "";

    /// <summary>How messages are signed; only <c>hmac-sha256</c> is supported.</summary>
    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init; } = "hmac-sha256";

    /// <summary>Reads a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowRemote">Whether to accept an address that other machines can reach.</param>
    /// <returns>Its contents.</returns>
    /// <exception cref="ConnectionFileException">The file can't be read, isn't a connection file, or asks for something
    /// that this kernel doesn't support; the message says what.
    /// </exception>
    public static ConnectionInfo Read(string path, bool allowRemote)
    {
        ConnectionInfo info;
        try
        {
            info =
                JsonSerializer.Deserialize<ConnectionInfo>(File.ReadAllBytes(path))
                ?? throw new JsonException("it holds null");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ConnectionFileException($"{path} can't be used as a connection file: {e.Message}", e);
        }

        if (info.Refusal(allowRemote) is { } reason)
        {
            throw new ConnectionFileException($"{path}: {reason}");
        }

        return info;
    }

    /// <summary>The address of a channel, in the form that sockets need.</summary>
    /// <param name="port">The channel's port.</param>
    /// <returns>The address, such as <c>tcp://127.0.0.1:5000</c>.</returns>
    public string Endpoint(int port) =>
        IPAddress.TryParse(Host, out var address)
        && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"tcp://[{Host}]:{port}"
            : $"tcp://{Host}:{port}";

    private string Host => Ip == "localhost" ? "127.0.0.1" : Ip;

    private string? Refusal(bool allowRemote)
    {
        if (Transport != "tcp")
        {
            return $"the transport '{Transport}' is not supported; use tcp.";
        }

        if (SignatureScheme != "hmac-sha256")
        {
            return $"the signature scheme '{SignatureScheme}' is not supported; use hmac-sha256.";
        }

        int[] ports = [ShellPort, IoPubPort, StdinPort, ControlPort, HeartbeatPort];
        if (ports.Any(port => port is < 1 or > 65_535) || ports.Distinct().Count() < ports.Length)
        {
            return $"the five ports must be different numbers from 1 to 65535, but are {string.Join(", ", ports)}.";
        }

        if (!allowRemote && !(IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address)))
        {
            return $"the address '{Ip}' can be reached from other machines. Anyone who can send to a kernel can run "
                + "any code here. "
                + "If this is intended, start the kernel with --allow-remote.";
        }

        return null;
    }
}
