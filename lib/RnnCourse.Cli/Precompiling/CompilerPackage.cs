using System.Security.Cryptography;

namespace RnnCourse.Cli.Precompiling;

/// <summary>
/// The package of the ahead-of-time compiler (crossgen2). It is the only package with a program that runs without being
/// in a lock file, so it is checked before each use: by its hash if that is known, otherwise by its author's signature.
/// </summary>
internal static class CompilerPackage
{
    /// <summary>The SHA-512 of packages by platform, in Base64, as NuGet writes it.</summary>
    private static readonly Dictionary<string, string> Hashes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.NETCore.App.Crossgen2.linux-x64/10.0.12"] =
            "hBrbpFloNh3BlCDLxPff3ElYmGUuQM2ZTKlYRtGXYak9e+0nDMSmtQcxApMf06f8M4mGyEsGCSscW0BnuJuE2g==",
    };

    /// <summary>The SHA-256 of the certificate with which Microsoft signed this version's packages.</summary>
    private const string AuthorFingerprint = "566A31882BE208BE4422F7CFD66ED09F5D4524A5994F50CCC8B05EC0528C1353";

    /// <summary>Finds the compiler in its verified package; fetches the package first if it is missing.</summary>
    /// <param name="plan">What to translate.</param>
    /// <param name="cancellation">Cancels the download.</param>
    /// <returns>The command that starts the compiler: a program and its first arguments.</returns>
    /// <exception cref="PrecompilationException">The package cannot be fetched, or fails the check.</exception>
    public static async Task<string[]> FindCompilerAsync(PrecompilationPlan plan, CancellationToken cancellation)
    {
        var file = Path.Combine(
            plan.CompilerFolder,
            $"{plan.CompilerPackage}.{plan.CompilerVersion}.nupkg".ToLowerInvariant()
        );
        if (!File.Exists(file))
        {
            await RestoreAsync(plan, cancellation);
        }

        if (!File.Exists(file))
        {
            throw new PrecompilationException(
                $"The package {plan.CompilerPackage} {plan.CompilerVersion} is not in {plan.PackageFolder}, "
                    + "although it was restored."
            );
        }

        await VerifyAsync(plan, file, cancellation);
        var tools = Path.Combine(plan.CompilerFolder, "tools");
        var program = Path.Combine(tools, OperatingSystem.IsWindows() ? "crossgen2.exe" : "crossgen2");
        var library = Path.Combine(tools, "crossgen2.dll");
        return File.Exists(program) ? [program]
            : File.Exists(library) ? [DotnetProgram, library]
            : throw new PrecompilationException(
                $"{tools} does not contain the program crossgen2. Delete the folder {plan.CompilerFolder}."
            );
    }

    /// <summary>Checks a package file.</summary>
    /// <param name="plan">Names the package.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Cancels the check.</param>
    /// <returns>A task that ends when the package is verified.</returns>
    /// <exception cref="PrecompilationException">The package fails the check.</exception>
    public static async Task VerifyAsync(PrecompilationPlan plan, string file, CancellationToken cancellation)
    {
        if (Hashes.TryGetValue($"{plan.CompilerPackage}/{plan.CompilerVersion}", out var expected))
        {
            await using var content = File.OpenRead(file);
            var actual = Convert.ToBase64String(await SHA512.HashDataAsync(content, cancellation));
            if (actual != expected)
            {
                throw new PrecompilationException(
                    $"{file} is not the published package: its SHA-512 is {actual}, not {expected}. Delete the "
                        + $"folder {plan.CompilerFolder}."
                );
            }

            return;
        }

        // The exit code alone is not enough: it is 0 for a file that is not a package at all.
        var verification = await ProcessResult.RunAsync(
            [
                DotnetProgram,
                "nuget",
                "verify",
                file,
                "--all",
                "--certificate-fingerprint",
                AuthorFingerprint,
                "--verbosity",
                "normal",
            ],
            cancellation
        );
        if (
            verification.ExitCode != 0
            || !verification.Output.Contains("Successfully verified package", StringComparison.Ordinal)
        )
        {
            throw new PrecompilationException($"{file} is not signed by its author: {verification.LastLine}");
        }
    }

    private static async Task RestoreAsync(PrecompilationPlan plan, CancellationToken cancellation)
    {
        var restore = await ProcessResult.RunAsync(
            [
                DotnetProgram,
                "restore",
                plan.RestoreProject,
                "--verbosity",
                "quiet",
                "-nodeReuse:false",
                $"-p:PrecompilerPackage={plan.CompilerPackage}",
                $"-p:PrecompilerVersion={plan.CompilerVersion}",
            ],
            cancellation
        );
        if (restore.ExitCode != 0)
        {
            throw new PrecompilationException(
                $"The package {plan.CompilerPackage} {plan.CompilerVersion} could not be fetched: {restore.LastLine}"
            );
        }
    }

    private static string DotnetProgram =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
