using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using RnnCourse.Notebooks.Display;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Scripting;

/// <summary>
/// Executes the cells of one notebook, one after the other, in the C# script dialect of .NET notebooks: top-level await, a
/// last expression as the result, <c>#r</c>, <c>#load</c> and <c>#!import</c>. What a cell declares, later cells can use,
/// also when the cell failed half-way.
/// </summary>
/// <remarks>
/// A session runs its cells in its own process and can neither stop nor survive a cell that ends the process: see
/// <see cref="Running.NotebookRunner"/> for that. It is not safe for use by several threads at once.
/// </remarks>
public sealed class ScriptSession : IDisposable
{
    // The namespaces that .NET Interactive opens for every cell, and the display helpers.
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive.Formatting", typeof(DisplayHelpers).FullName!,
    ];

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly ReferenceFinder _finder;
    private readonly ScriptSessionOptions _settings;
    private readonly SourceBook _sources = new();
    private readonly HashSet<string> _referenced = new(StringComparer.Ordinal);
    private readonly Stack<string> _importing = new();
    private ScriptOptions _options;
    private ScriptState<object>? _state;

    /// <summary>Makes a session with nothing executed yet.</summary>
    /// <param name="settings">Where files are looked for.</param>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    public ScriptSession(ScriptSessionOptions settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _finder = new ReferenceFinder(settings.BaseDirectory, settings.MissingLibraryHint);
        _options = ScriptOptions.Default
            .WithReferences(HostAssemblies.Framework.Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)))
            .WithImports(Imports)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithMetadataResolver(new ScriptReferenceResolver(_finder))
            .WithSourceResolver(new CellSourceResolver(settings.BaseDirectory));

        AddHostAssembly(typeof(DisplayHelpers).Assembly);
        AddHostAssembly(typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly);
        AddHostAssembly(typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly);
    }

    /// <summary>Compiles and runs something small, so that the first cell need not wait for the compiler to load.</summary>
    /// <returns>A task that ends when the session is warm.</returns>
    public async Task WarmUpAsync()
    {
        const string Sample = "var numbers = new List<int> { 1, 2 }; string Name(int i) => $\"{i}\"; numbers.Select(Name).ToArray()";
        _ = await ExecuteAsync(new CellSource("warm-up", "1")).ConfigureAwait(false);
        var aside = _state!.Script.ContinueWith<object>(Sample, _options.WithFilePath("warm-up"));
        aside.Compile();
        _ = await aside.RunFromAsync(_state, static _ => true).ConfigureAwait(false);
    }

    /// <summary>Executes one cell.</summary>
    /// <param name="cell">The cell's code and name.</param>
    /// <returns>Its result, or why it failed. Exceptions of the cell come back as an error, they are not thrown.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public async Task<CellOutcome> ExecuteAsync(CellSource cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        _sources.Add(cell);
        try
        {
            var (code, directives) = CellDirectives.Split(cell);
            foreach (var directive in directives)
            {
                if (await FollowAsync(cell, directive).ConfigureAwait(false) is { } failure)
                {
                    return CellOutcome.Failed(failure);
                }
            }

            return await RunAsync(cell, code).ConfigureAwait(false);
        }
        catch (DirectiveException e)
        {
            return CellOutcome.Failed(e.ToError());
        }
    }

    /// <summary>Tells of an exception that happened outside the cell's own run, such as while its result was shown.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="cell">The cell that it belongs to.</param>
    /// <returns>The error, as <see cref="ExecuteAsync"/> would give it.</returns>
    public CellError Describe(Exception exception, CellSource cell) => RuntimeErrors.Describe(exception, cell, _sources);

    /// <inheritdoc/>
    public void Dispose() => _loader.Dispose();

    private async Task<CellOutcome> RunAsync(CellSource cell, string code)
    {
        var options = _options.WithFilePath(cell.FilePath);
        var script = _state is null
            ? CSharpScript.Create<object>(code, options, globalsType: null, _loader)
            : _state.Script.ContinueWith<object>(code, options);

        var errors = script.Compile().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            return CellOutcome.Failed(CompileErrors.Describe(errors, cell, _sources));
        }

        // Catching here keeps the variables that the cell had set before it threw.
        _state = _state is null
            ? await script.RunAsync(null, static _ => true).ConfigureAwait(false)
            : await script.RunFromAsync(_state, static _ => true).ConfigureAwait(false);

        if (_state.Exception is { } thrown)
        {
            return CellOutcome.Failed(RuntimeErrors.Describe(thrown, cell, _sources));
        }

        return EndsInValue(script.GetCompilation(), cell.FilePath) ? new CellOutcome(true, _state.ReturnValue, null) : CellOutcome.Nothing;
    }

    // The value of an expression that ends the cell without a semicolon; a call that returns nothing has none.
    private static bool EndsInValue(Compilation compilation, string filePath)
    {
        var tree = compilation.SyntaxTrees.First(t => t.FilePath == filePath);
        return tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last,
        }
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type is not { SpecialType: SpecialType.System_Void };
    }

    private async Task<CellError?> FollowAsync(CellSource cell, Directive directive)
    {
        if (directive.Kind == DirectiveKind.Import)
        {
            return await ImportAsync(cell, directive).ConfigureAwait(false);
        }

        try
        {
            AddLibrary(_finder.Find(directive.Argument));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            throw new DirectiveException(cell, directive.Line, directive.Text, e.Message);
        }
    }

    private async Task<CellError?> ImportAsync(CellSource cell, Directive directive)
    {
        var path = Path.GetFullPath(Path.Combine(_settings.BaseDirectory, directive.Argument));
        if (_importing.Contains(path))
        {
            throw new DirectiveException(cell, directive.Line, directive.Text, $"{directive.Argument} imports itself.");
        }

        IReadOnlyList<CellSource> sources;
        try
        {
            sources = ImportedSources.Read(path, directive.Argument);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotebookFormatException)
        {
            throw new DirectiveException(cell, directive.Line, directive.Text, e.Message);
        }

        _importing.Push(path);
        try
        {
            foreach (var source in sources)
            {
                if ((await ExecuteAsync(source).ConfigureAwait(false)).Error is { } error)
                {
                    return error;
                }
            }

            return null;
        }
        finally
        {
            _importing.Pop();
        }
    }

    private void AddLibrary(FoundLibrary library)
    {
        if (library.Loaded is { } own)
        {
            AddHostAssembly(own);
        }
        else if (_referenced.Add(library.Path))
        {
            _options = _options.AddReferences(MetadataReference.CreateFromFile(library.Path));
        }
    }

    private void AddHostAssembly(System.Reflection.Assembly assembly)
    {
        if (_referenced.Add(assembly.Location))
        {
            _loader.RegisterDependency(assembly);
            _options = _options.AddReferences(MetadataReference.CreateFromFile(assembly.Location));
        }
    }
}
