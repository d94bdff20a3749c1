using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Compiles the pieces of a notebook one after the other, as a session does, without executing them.</summary>
internal sealed class ScriptChain(ScriptOptions options)
{
    private Script<object>? _last;

    /// <summary>All files that the pieces compile against.</summary>
    public ImmutableArray<MetadataReference> References => options.MetadataReferences;

    /// <summary>Compiles the next piece.</summary>
    /// <returns>The piece with its syntax tree and semantic model.</returns>
    /// <exception cref="ExportException">The piece doesn't compile.</exception>
    public BoundPart Add(CodePart part, IReadOnlyList<MetadataReference> references)
    {
        options = options.AddReferences(references);
        var own = options.WithFilePath(part.Source.FilePath);
        var script = _last is null
            ? CSharpScript.Create<object>(part.Code, own)
            : _last.ContinueWith<object>(part.Code, own);
        var compilation = script.GetCompilation();
        if (
            compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is
            { } error
        )
        {
            throw new ExportException(
                part.Source,
                error.Location.GetLineSpan().StartLinePosition.Line + 1,
                $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)} Make the notebook run first."
            );
        }

        _last = script;
        var tree = compilation.SyntaxTrees.Single();
        return new BoundPart(part, tree.GetCompilationUnitRoot(), compilation.GetSemanticModel(tree));
    }
}
