using System.ComponentModel;
using System.Diagnostics;

namespace RnnCourse.Cli.Open;

/// <summary>Opens the user's browser, where one can be seen.</summary>
internal static class Browser
{
    /// <summary>Opens an address if that is wanted and possible; otherwise the user has it on the screen.</summary>
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

    /// <summary>What somebody must do who sits before another machine; null for who doesn't.</summary>
    public static string? ForwardingHint(Uri address)
    {
        if (Environment.GetEnvironmentVariable("CODESPACES") == "true")
        {
            return "In Codespaces, open the forwarded port and append the address's end (?token=…). If the page "
                + "refuses, start again with --host and the name that the browser shows.";
        }

        return Environment.GetEnvironmentVariable("SSH_CONNECTION") is { Length: > 0 }
            ? $"From your own machine: ssh -L {address.Port}:127.0.0.1:{address.Port} {Environment.UserName}@"
                + $"{Environment.MachineName}, then open the address there."
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
