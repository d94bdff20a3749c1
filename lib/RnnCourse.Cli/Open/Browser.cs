using System.ComponentModel;
using System.Diagnostics;

namespace RnnCourse.Cli.Open;

/// <summary>Opens the user's browser, if the user can see one.</summary>
internal static class Browser
{
    /// <summary>Opens an address if that is wanted and possible; otherwise the user can copy it from the
    /// screen.</summary>
    public static void OpenIfWanted(Uri address, bool isWanted)
    {
        if (!isWanted || Starter(address) is not { } start)
        {
            return;
        }

        try
        {
            using var started = Process.Start(start);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            Console.WriteLine("No browser could be opened; open the address yourself.");
        }
    }

    /// <summary>What a user at another machine must do; null if the user seems to be at this one.</summary>
    /// <param name="address">The address on this machine.</param>
    /// <param name="hosts">The host names of forwarded ports that the server accepts.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static string? ForwardingHint(Uri address, IReadOnlyList<string> hosts, Func<string, string?> variable)
    {
        var port = address.Port;
        if (variable("CODESPACES") == "true" && variable("CODESPACE_NAME") is { Length: > 0 } codespace)
        {
            var domain = variable("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN") ?? "app.github.dev";
            var host = $"{codespace}-{port}.{domain}";
            return hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
                ? $"In Codespaces, open https://{host}{address.PathAndQuery}"
                : "In Codespaces, your browser reaches this server under another name, which it must know: end it "
                    + $"with Ctrl-C, run 'rnn open --host {host}', and open https://{host}{address.PathAndQuery}";
        }

        if (variable("SSH_CONNECTION") is { Length: > 0 })
        {
            return $"From your own machine: ssh -L {port}:127.0.0.1:{port} {Environment.UserName}@"
                + $"{Environment.MachineName}, then open the address there. If {port} is taken there, use another "
                + "number on the left, such as 8080, and start this with --host localhost:8080.";
        }

        return variable("WSL_DISTRO_NAME") is { Length: > 0 }
            ? "In WSL, open the address in the browser of Windows: it reaches this server by the same address, unless "
                + ".wslconfig says localhostForwarding=false."
            : null;
    }

    private static ProcessStartInfo? Starter(Uri address)
    {
        // Set by remote editors, to open the browser on the machine that the user sits before.
        if (Environment.GetEnvironmentVariable("BROWSER") is { Length: > 0 } browser)
        {
            return Quiet(browser, address);
        }

        if (OperatingSystem.IsWindows())
        {
            return new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true };
        }

        if (OperatingSystem.IsMacOS())
        {
            return Quiet("open", address);
        }

        var hasScreen =
            Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        return hasScreen ? Quiet("xdg-open", address)
            : Environment.GetEnvironmentVariable("WSL_DISTRO_NAME") is { Length: > 0 } ? Quiet("wslview", address)
            : null;
    }

    private static ProcessStartInfo Quiet(string program, Uri address) =>
        new(program, [address.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true };
}
