using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Compiles a program, so that its errors are reported when it is made, not when a reader runs it.</summary>
internal static class ProgramCheck
{
    // The lines '#:' are for the tool that builds the program.
    private static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(
        LanguageVersion.Latest
    ).WithFeatures([KeyValuePair.Create("FileBasedProgram", "true")]);

    /// <summary>Compiles it.</summary>
    /// <exception cref="ExportException">The program has an error; the message names the cell.</exception>
    public static void Run(
        ProgramWriter program,
        string notebook,
        ImmutableArray<MetadataReference> references,
        MetadataReferenceResolver resolver
    )
    {
        var tree = CSharpSyntaxTree.ParseText(program.Text, ParseOptions);
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication).WithMetadataReferenceResolver(
            resolver
        );
        var compilation = CSharpCompilation.Create("program", [tree], references, options);
        if (
            compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error)
            is not { } error
        )
        {
            return;
        }

        var line = error.Location.GetLineSpan().StartLinePosition.Line;
        var cell = program.CellAt(line + 1);
        var place =
            cell.Length > 0
                ? $"{notebook} ({char.ToLowerInvariant(cell[0])}{cell[1..]})"
                : $"{notebook} (above the first cell)";
        throw new ExportException(
            $"{place}: As a program, this does not compile: {error.Id}: "
                + $"{error.GetMessage(CultureInfo.InvariantCulture)}\n"
                + $"    {tree.GetText().Lines[line].ToString().Trim()}"
        );
    }
}
