using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Chain;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>
/// The session's code for the language services: a document for each executed cell that declared names, each continuing
/// the one before, and one more for the code that is being typed. It is built at the first request; later, only new
/// cells are added.
/// </summary>
internal sealed class CodeModel(ScriptSession session) : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly Dictionary<string, PortableExecutableReference> _references = new(StringComparer.Ordinal);
    private readonly List<(ExecutedCell Cell, ProjectId Project)> _cells = [];
    private AdhocWorkspace? _workspace;
    private EditedCode? _edited;

    /// <summary>Opens a document with the code, in which the executed cells' names are known.</summary>
    public Document Open(string code)
    {
        _workspace ??= new AdhocWorkspace(MefHostServices.DefaultHost);
        FollowSession(_workspace);
        var (cells, options) = (_workspace.CurrentSolution, session.Options);
        if (_edited is { } typed && typed.Cells == cells && typed.Options == options)
        {
            // A new text of the same document, so that the compiler reuses what it knows about the libraries.
            var text = SourceText.From(MagicLines.CommentOut(code));
            _edited = typed with { Document = typed.Document.WithText(text) };
        }
        else
        {
            var project = Describe("typed", options);
            var document = Add(cells, project, code).GetProject(project.Id)!.Documents.Single();
            _edited = new EditedCode(cells, options, document);
        }

        return _edited.Document;
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace?.Dispose();

    private void FollowSession(AdhocWorkspace workspace)
    {
        var executed = new List<ExecutedCell>();
        for (var cell = session.Executed; cell is not null; cell = cell.Previous)
        {
            executed.Add(cell);
        }

        executed.Reverse();

        // The session may have dropped cells that can no longer be named; the cells after them were then compiled
        // again.
        var same = _cells.Zip(executed).TakeWhile(pair => pair.First.Cell == pair.Second).Count();
        foreach (var (_, project) in _cells.Skip(same).Reverse())
        {
            workspace.TryApplyChanges(workspace.CurrentSolution.RemoveProject(project));
        }

        _cells.RemoveRange(same, _cells.Count - same);
        foreach (var cell in executed.Skip(same))
        {
            var project = Describe($"cell {_cells.Count}", cell.Options);
            workspace.TryApplyChanges(Add(workspace.CurrentSolution, project, cell.Code));
            _cells.Add((cell, project.Id));
        }
    }

    private static Solution Add(Solution solution, ProjectInfo project, string code) =>
        solution
            .AddProject(project)
            .AddDocument(
                DocumentInfo.Create(
                    DocumentId.CreateNewId(project.Id),
                    project.Name,
                    sourceCodeKind: SourceCodeKind.Script,
                    loader: TextLoader.From(
                        TextAndVersion.Create(SourceText.From(MagicLines.CommentOut(code)), VersionStamp.Default)
                    )
                )
            );

    private ProjectInfo Describe(string name, ScriptOptions options) =>
        ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            name,
            name,
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                usings: options.Imports,
                allowUnsafe: true,
                metadataReferenceResolver: new DocumentedReferences(session.References, WithDocumentation)
            ),
            parseOptions: ParseOptions,
            projectReferences: _cells.Count == 0 ? [] : [new ProjectReference(_cells[^1].Project)],
            metadataReferences: options
                .MetadataReferences.OfType<PortableExecutableReference>()
                .Select(WithDocumentation),
            isSubmission: true
        );

    private PortableExecutableReference WithDocumentation(PortableExecutableReference reference)
    {
        if (reference.FilePath is not { } path)
        {
            return reference;
        }

        if (!_references.TryGetValue(path, out var known))
        {
            var documentation = Documentation.FindFor(path);
            known = MetadataReference.CreateFromFile(
                path,
                documentation: documentation is null ? null : XmlDocumentationProvider.CreateFromFile(documentation)
            );
            _references.Add(path, known);
        }

        return known;
    }

    // The code that is being typed, and what it continues.
    private sealed record EditedCode(Solution Cells, ScriptOptions Options, Document Document);

    // The #r lines of code that has not run yet: libraries are found as for a cell, together with the documentation
    // beside them.
    private sealed class DocumentedReferences(
        MetadataReferenceResolver found,
        Func<PortableExecutableReference, PortableExecutableReference> document
    ) : MetadataReferenceResolver
    {
        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference,
            string? baseFilePath,
            MetadataReferenceProperties properties
        ) => [.. found.ResolveReference(reference, baseFilePath, properties).Select(document)];

        public override bool ResolveMissingAssemblies => true;

        public override PortableExecutableReference? ResolveMissingAssembly(
            MetadataReference definition,
            AssemblyIdentity referenceIdentity
        ) => found.ResolveMissingAssembly(definition, referenceIdentity) is { } known ? document(known) : null;

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
