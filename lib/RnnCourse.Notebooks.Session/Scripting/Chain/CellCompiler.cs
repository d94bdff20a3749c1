using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using RnnCourse.Notebooks.Session.Interrupting.Rewriting;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>Compiles a session's cells as the script dialect of C#.</summary>
internal sealed class CellCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);
    private static readonly EmitOptions EmitOptions = new(
        debugInformationFormat: DebugInformationFormat.PortablePdb,
        pdbChecksumAlgorithm: default(HashAlgorithmName)
    );

    private readonly string _prefix = $"{CellLoader.Mark}*{Guid.NewGuid()}-";
    private CSharpCompilationOptions? _options;
    private readonly HashSet<string> _nativeMethods = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Makes the compilation of a cell, without emitting code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="filePath">Its name in errors.</param>
    /// <param name="options">The imports and references that no earlier cell had.</param>
    /// <param name="previous">The cell whose names it can use; null for the first.</param>
    public CSharpCompilation Compile(string code, string filePath, ScriptOptions options, CSharpCompilation? previous)
    {
        if (previous is null)
        {
            var first = (CSharpCompilation)
                CSharpScript.Create<object>(code, options.WithFilePath(filePath)).GetCompilation();
            _options = first.Options;
            return first;
        }

        // Some of Roslyn's options for scripts aren't public; they are copied from the first compilation.
        var number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        return CSharpCompilation.CreateScriptCompilation(
            _prefix + number,
            CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, filePath),
            options.MetadataReferences,
            _options!.WithScriptClassName("Submission#" + number).WithUsings(options.Imports),
            previous,
            typeof(object)
        );
    }

    /// <summary>Emits the code of a compiled cell, usually with checks for interrupts.</summary>
    /// <param name="compilation">The cell.</param>
    /// <param name="cellsAsk">Whether to insert the checks.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>The cell and no errors; or null and the errors.</returns>
    public (EmittedCell? Cell, IReadOnlyList<Diagnostic> Errors) Emit(
        CSharpCompilation compilation,
        bool cellsAsk,
        CancellationToken cancellation
    )
    {
        // Code with syntax errors isn't analysed further.
        var errors = Errors(compilation.GetParseDiagnostics(cancellation));
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(code, symbols, options: EmitOptions, cancellationToken: cancellation);
        if (!emitted.Success)
        {
            return (null, Errors(emitted.Diagnostics));
        }

        var (image, lines) = (code.ToArray(), symbols.ToArray());
        if (cellsAsk)
        {
            (image, lines) = CellRewriter.Rewrite(image, lines, _nativeMethods);
        }

        return (new EmittedCell(compilation.AssemblyName!, image, lines), []);
    }

    private static List<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
}
