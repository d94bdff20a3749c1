using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>
/// Lets the .NET SDK find packages, with all packages that they need, for this framework and machine. The SDK takes
/// exact versions from the machine's package folder without using the network, and all others from the configured
/// sources.
/// </summary>
/// <param name="baseDirectory">The notebook's folder; NuGet settings there and in the folders above apply.</param>
internal sealed partial class PackageRestore(string baseDirectory)
{
    /// <summary>Finds several packages together, so that the packages that they need suit all of them.</summary>
    /// <exception cref="IOException">A package can't be found; the message names the package, its version, and what to
    /// do.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled; the SDK's process has ended.</exception>
    public async Task<FoundPackages> RunAsync(
        IReadOnlyList<PackageRequest> requests,
        IReadOnlyList<string> moreSources,
        CancellationToken cancellation
    )
    {
        var (found, errors) = await TryAsync(requests, moreSources, onlySource: null, cancellation)
            .ConfigureAwait(false);
        if (
            found is null
            && errors.Any(error => error.Code == "NU1103")
            && requests.Any(request => request.Version is null)
        )
        {
            // The newest version is requested of a package that has only previews.
            var withPreviews = requests
                .Select(request => request.Version is null ? request with { Version = "*-*" } : request)
                .ToList();
            (found, errors) = await TryAsync(withPreviews, moreSources, onlySource: null, cancellation)
                .ConfigureAwait(false);
        }

        var silent = moreSources
            .Where(source =>
                errors.Any(error =>
                    error.Code is "NU1301" or "NU1801" && error.Text.Contains(source, StringComparison.Ordinal)
                )
            )
            .ToList();
        if (found is null && silent.Count > 0)
        {
            // A source added by a #i line may be wrong while another source has the package.
            return await RunAsync(requests, [.. moreSources.Except(silent)], cancellation).ConfigureAwait(false) with
            {
                LeftOut = silent,
            };
        }

        if (found is null && errors.Any(error => error.Code is "NU1301" or "NU1801") && PackageFolder() is { } folder)
        {
            // Without a network, the newest package is the newest that the machine has.
            (found, _) = await TryAsync(requests, [], folder, cancellation).ConfigureAwait(false);
        }

        return found ?? throw new IOException(Explain(requests, errors));
    }

    private async Task<(FoundPackages? Found, IReadOnlyList<(string Code, string Text)> Errors)> TryAsync(
        IReadOnlyList<PackageRequest> requests,
        IReadOnlyList<string> moreSources,
        string? onlySource,
        CancellationToken cancellation
    )
    {
        var folder = Directory.CreateTempSubdirectory("notebook-packages").FullName;
        try
        {
            RestoreProject.Write(folder, requests, moreSources, onlySource);
            var output = await RunSdkAsync(folder, cancellation).ConfigureAwait(false);
            var errors = ErrorLine()
                .Matches(output)
                .Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()))
                .Distinct()
                .ToList();
            var assets = Path.Combine(folder, "obj", "project.assets.json");
            return errors.Count == 0 && File.Exists(assets)
                ? (RestoredAssets.Read(assets, requests), [])
                : (null, errors.Count > 0 ? errors : [("", LastLine(output))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"The list of packages that the .NET SDK wrote can't be read: {e.Message}", e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> RunSdkAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(SdkProgram())
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                [
                    "restore",
                    RestoreProject.FileName,
                    "--verbosity",
                    "quiet",
                    "-nodeReuse:false",
                    "-p:RestoreRootConfigDirectory=" + RestoreProject.Literal(Path.GetFullPath(baseDirectory)),
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        // Environment variables that a build set for this process would mislead the build tool.
        foreach (
            var name in start
                .Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "2";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                throw;
            }

            return await output.ConfigureAwait(false) + "\n" + await error.ConfigureAwait(false);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException(
                $"Packages are found by the .NET SDK, and its program '{start.FileName}' can't be started: {e.Message}",
                e
            );
        }
    }

    // The SDK beside the framework that runs this process; failing that, the one that the shell would find.
    private static string SdkProgram()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }

    private static string? PackageFolder()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder) ? folder : null;
    }

    internal static string Explain(
        IReadOnlyList<PackageRequest> requests,
        IReadOnlyList<(string Code, string Text)> errors
    )
    {
        var about = requests
            .Where(request =>
                errors.Any(error => error.Text.Contains(request.Name, StringComparison.OrdinalIgnoreCase))
            )
            .ToList();
        var names = string.Join(" and ", (about.Count > 0 ? about : requests).Select(request => $"'{request}'"));
        var codes = errors.Select(error => error.Code).ToHashSet(StringComparer.Ordinal);
        var advice =
            codes.Overlaps(["NU1301", "NU1801"])
                ? "It is not on this machine, and no source of packages answers. Connect to the network and "
                    + "run the cell again, or reference a library by its path: #r \"folder/library.dll\"."
            : codes.Contains("NU1101")
                ? "No source of packages has one of this name. Check the name; 'dotnet nuget list source' "
                    + "lists the sources."
            : codes.Overlaps(["NU1102", "NU1103"]) ? "No source of packages has this version. Ask for another one."
            : codes.Overlaps(["NU1605", "NU1107", "NU1608"])
                ? "The requested packages need incompatible versions of other packages. Ask for compatible "
                    + "versions."
            : codes.Overlaps(["NU1202", "NU1213"])
                ? $"It is not made for .NET {Environment.Version.Major}. Ask for a version that is."
            : "The .NET SDK could not restore it.";
        var details = string.Join(
            '\n',
            errors.Select(error => error.Code.Length > 0 ? $"{error.Code}: {error.Text}" : error.Text).Take(5)
        );
        return $"The package {names} can't be had. {advice}\n{details}";
    }

    private static string LastLine(string output) =>
        output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "It gave no reason.";

    [GeneratedRegex(@"error (NU\d{4}|MSB\d{4}|NETSDK\d{4}): (.*?)( \[[^\[\]]*proj\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
