using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Writes the part above the first cell: how to run the program, what it is built with, its <c>using</c>
/// lines.</summary>
internal static class ProgramHead
{
    private static readonly string[] Usings =
    [
        "using System;",
        "using System.Collections;",
        "using System.Collections.Generic;",
        "using System.Linq;",
        "using System.Text;",
        "using System.Threading.Tasks;",
        $"using static {typeof(DisplayHelpers).FullName};",
        $"using static {typeof(HostHelpers).FullName};",
    ];

    // What a repository above the program sets for its own code must not change what a notebook means: there, nothing
    // is nullable, no warning stops a run, named cultures are themselves, and values are shown by reflection.
    private static readonly string[] Properties =
    [
        // That of the engine, which the program calls.
        "TargetFramework=" + Framework(),
        "DisableTransitiveProjectReferences=false",
        "ImplicitUsings=disable",
        "Nullable=disable",
        "LangVersion=latest",
        "InvariantGlobalization=false",
        "PredefinedCulturesOnly=false",
        "PublishAot=false",
        "WarningLevel=0",
        "TreatWarningsAsErrors=false",
        "WarningsAsErrors=",
        "RunAnalyzers=false",
        "EnforceCodeStyleInBuild=false",
        "GenerateDocumentationFile=false",
        "RestorePackagesWithLockFile=false",
        "RestoreLockedMode=false",
        // What restore warns of would be printed among the cells' output; the projects' own builds say it.
        "NuGetAudit=false",
        "NoWarn=$(NoWarn);NU1701",
        // The versions that the projects were built with are in the projects; pins of another repository would put its
        // own in their place.
        "CentralPackageTransitivePinningEnabled=false",
    ];

    /// <summary>The lines.</summary>
    public static string Write(ExportSettings settings, ProgramReferences references, IEnumerable<RewrittenPart> parts)
    {
        var program = Path.GetFullPath(settings.ProgramPath);
        var folder = Path.GetDirectoryName(program)!;
        var notebook = Path.GetFullPath(settings.NotebookPath);
        var text = new StringBuilder();
        text.Append("// Made from ")
            .Append(Path.GetFileName(notebook))
            .Append(": change the notebook, and export it again.\n");
        text.Append("// Run it: dotnet run -c Release ").Append(Path.GetFileName(program)).Append("\n\n");
        foreach (var project in references.Projects.Append(Path.GetFullPath(settings.DisplayProject)).Distinct())
        {
            text.Append("#:project ").Append(From(folder, project)).Append('\n');
        }

        foreach (var (name, version) in references.Packages)
        {
            text.Append("#:package ").Append(name).Append('@').Append(version).Append('\n');
        }

        if (references.Packages.Any())
        {
            // Versions of its own, where the repository has one list of versions for all.
            text.Append("#:property ManagePackageVersionsCentrally=false\n");
        }

        if (references.Sources.Count > 0)
        {
            text.Append("#:property RestoreAdditionalProjectSources=")
                .AppendJoin(';', references.Sources.Select(source => Place(source, notebook)))
                .Append('\n');
        }

        foreach (var property in Properties)
        {
            text.Append("#:property ").Append(property).Append('\n');
        }

        text.Append('\n').Append(UsingLines(parts)).Append('\n');
        text.Append("// Paths in the cells start from the notebook's folder.\n");
        text.Append(
                "Environment.CurrentDirectory = System.IO.Path.Combine(\n    "
                    + "(string)AppContext.GetData(\"EntryPointFileDirectoryPath\"), "
            )
            .Append(Quoted(From(folder, Path.GetDirectoryName(notebook)!)))
            .Append(");\n\n// Numbers and dates look the same on each machine, unless a cell names a culture.\n")
            .Append(typeof(InvariantCulture).FullName)
            .Append('.')
            .Append(nameof(InvariantCulture.BecomeDefault))
            .Append("();");
        return text.ToString();
    }

    private static string Framework()
    {
        var name = new FrameworkName(
            typeof(ProgramHead).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName
        );
        return $"net{name.Version.Major}.{name.Version.Minor}";
    }

    private static string UsingLines(IEnumerable<RewrittenPart> parts)
    {
        var lines = Usings.ToDictionary(line => line, _ => "", StringComparer.Ordinal);
        foreach (var (line, comment) in parts.SelectMany(part => part.Usings))
        {
            lines.TryAdd(line, comment);
        }

        // Namespaces, then types, then other names, as people order them; as they came within these.
        var ordered = lines.OrderBy(line =>
            line.Key.Contains('=', StringComparison.Ordinal) ? 2
            : line.Key.StartsWith("using static ", StringComparison.Ordinal) ? 1
            : 0
        );
        return string.Concat(ordered.Select(line => $"{line.Key}   {line.Value}".TrimEnd() + "\n"));
    }

    private static string From(string folder, string path) =>
        Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static string Place(string source, string notebook) =>
        source.Contains("://", StringComparison.Ordinal)
            ? source
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(notebook)!, source));

    private static string Quoted(string text) =>
        Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
