namespace RnnCourse.Cli.Precompiling;

/// <summary>A library of this program, and the path of its translation into machine code.</summary>
/// <param name="Source">The library as it was built or published.</param>
/// <param name="Translated">The translation. The path names the version, so a file that exists is up to date.</param>
internal sealed record PrecompilableLibrary(string Source, string Translated);

/// <summary>The libraries to translate and how. The build writes the plan beside the program
/// (<c>Precompiling.targets</c>).</summary>
/// <param name="RestoreProject">The project whose restore fetches the ahead-of-time compiler.</param>
/// <param name="CompilerPackage">The compiler's package, which differs by platform.</param>
/// <param name="CompilerVersion">Its version.</param>
/// <param name="PackageFolder">The package folder of the machine.</param>
/// <param name="FrameworkFolder">The libraries of .NET that the translation refers to.</param>
/// <param name="OutputFolder">The folder for translations of our own libraries, the lock, and the reason of a
/// failure.</param>
/// <param name="Libraries">The libraries to translate.</param>
/// <param name="References">All libraries of the program.</param>
internal sealed record PrecompilationPlan(
    string RestoreProject,
    string CompilerPackage,
    string CompilerVersion,
    string PackageFolder,
    string FrameworkFolder,
    string OutputFolder,
    IReadOnlyList<PrecompilableLibrary> Libraries,
    IReadOnlyList<string> References
)
{
    /// <summary>The path of the plan, beside the program.</summary>
    public static string FileName => Path.Combine(AppContext.BaseDirectory, "rnn.precompilation");

    /// <summary>The libraries that have yet to be translated.</summary>
    public IEnumerable<PrecompilableLibrary> Missing => Libraries.Where(library => !File.Exists(library.Translated));

    /// <summary>The file with the reason of the last failure.</summary>
    public string FailureFile => Path.Combine(OutputFolder, CompilerVersion, "failed.txt");

    /// <summary>The compiler's folder in the package folder.</summary>
    public string CompilerFolder => Path.Combine(PackageFolder, CompilerPackage.ToLowerInvariant(), CompilerVersion);

    /// <summary>The plan of this program, or null if the build wrote none, as for an installed tool.</summary>
    public static PrecompilationPlan? Read() => File.Exists(FileName) ? Parse(File.ReadAllLines(FileName)) : null;

    /// <summary>Reads a plan: a keyword and its values on each line, with tabs between them.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <returns>The plan, or null if a required line is missing.</returns>
    public static PrecompilationPlan? Parse(IEnumerable<string> lines)
    {
        var values = lines.Select(line => line.Split('\t')).ToLookup(words => words[0], words => words[1..]);
        string? Single(string keyword) =>
            values[keyword].FirstOrDefault() is [{ Length: > 0 } value, ..] ? value : null;
        return
            Single("restore") is { } restore
            && values["compiler"].FirstOrDefault() is [var package, var version]
            && Single("packages") is { } packages
            && Single("framework") is { } framework
            && Single("output") is { } output
            ? new PrecompilationPlan(
                restore,
                package,
                version,
                packages,
                framework,
                output,
                [
                    .. values["library"]
                        .Where(words => words.Length == 2)
                        .Select(words => new PrecompilableLibrary(words[0], words[1])),
                ],
                [.. values["reference"].Select(words => words[0])]
            )
            : null;
    }
}
