using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.CSharp;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting.Chain;
using RnnCourse.Notebooks.Session.Scripting.Extensions;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>
/// Executes the cells of one notebook, one after the other, in the C# script dialect of .NET notebooks: top-level
/// await, a last expression as the result, <c>#r</c>, <c>#load</c> and <c>#!import</c>. Later cells can use what a cell
/// declares, even if the cell failed half-way.
/// </summary>
/// <remarks>
/// A session runs its cells in its own process and can neither stop nor survive a cell that ends the process: see
/// <c>NotebookRunner</c> for that. It is not safe for use by several threads at once.
/// </remarks>
public sealed partial class ScriptSession : IDisposable
{
    // The namespaces that .NET Interactive opens for every cell, and the display helpers.
    private static readonly string[] Imports =
    [
        "System",
        "System.Text",
        "System.Collections",
        "System.Collections.Generic",
        "System.Threading.Tasks",
        "System.Linq",
        typeof(DisplayHelpers).FullName!,
        typeof(HostHelpers).FullName!,
    ];

    private readonly CellLoader _loader = new();
    private readonly CellChain _chain;
    private readonly ImportStack _imports;
    private readonly SessionReferences _references;
    private readonly Kernel _kernel = new CSharpKernel();
    private readonly CellRunner _runner = new();
    private readonly CellSources _sources = new();
    private readonly HashSet<MetadataReference> _inherited = [];
    private readonly Dictionary<string, RepeatableCell> _repeatable = new(StringComparer.Ordinal);
    private RepeatableCell? _ran;
    private bool _runsSubmitted;

    /// <summary>Creates a session in which nothing has been executed yet.</summary>
    /// <param name="settings">The folders in which files are looked up.</param>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    public ScriptSession(ScriptSessionOptions settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        StrayExceptions.Prepare();
        AppContext.SetData(Interruption.LibraryKey, (Action)Interruption.ThrowIfInterrupted);
        AppContext.SetData(ControlDescription.LibraryKey, (Func<string, string?>)CellControls.Ask);
        _imports = new ImportStack(settings.BaseDirectory, settings.LibraryFolder);
        _references = new SessionReferences(settings, _imports, _loader);
        _chain = new CellChain(_loader, settings.LastingCells, settings.InsertsInterruptChecks);
    }

    /// <summary>
    /// The last of the executed cells whose names later cells can use, linked to the earlier ones; null before the
    /// first. Used to complete and explain code.
    /// </summary>
    public ExecutedCell? Executed => _chain.Last;

    /// <summary>The references and imports with which the next cell will be compiled.</summary>
    public ScriptOptions Options => _references.Options;

    /// <summary>Resolves <c>#r</c> lines without loading anything, for code that is being written.</summary>
    internal MetadataReferenceResolver References => new ScriptReferenceResolver(_references.Finder);

    /// <summary>The <c>#!</c> lines that extensions have added, by their names.</summary>
    internal IReadOnlyDictionary<string, ExtensionCommand> AddedCommands => _kernel.Commands;

    /// <summary>The options with which cells are compiled before they reference any library besides the
    /// framework.</summary>
    /// <param name="finder">Finds libraries.</param>
    /// <param name="imports">The folders in which files are looked up.</param>
    /// <param name="found">Called with each library to which a loaded file or another library refers; null if nothing
    /// is executed.</param>
    internal static ScriptOptions CreateOptions(
        ReferenceFinder finder,
        ImportStack imports,
        Action<string>? found = null
    ) =>
        ScriptOptions
            .Default.WithReferences(HostAssemblies.Framework)
            .WithImports(Imports)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithMetadataResolver(new ScriptReferenceResolver(finder, found))
            .WithSourceResolver(new CellSourceResolver(imports));

    /// <summary>Executes a trivial cell, so that the compiler is loaded before the first real one.</summary>
    /// <returns>A task that ends when the compiler is loaded.</returns>
    public Task LoadCompilerAsync() => ExecuteAsync(new CellSource("warm-up", "1"));

    /// <summary>Executes what many cells contain, outside the chain of cells, so that its machine code exists before
    /// the first real one.</summary>
    /// <returns>A task that ends when the session is warm.</returns>
    public async Task WarmUpAsync()
    {
        const string Sample =
            "var numbers = new List<int> { 1, 2 }; string Name(int i) => $\"{i}\"; numbers.Select(Name).ToArray()";
        if (_chain.Compile(Sample, "warm-up", NextOptions).Cell is { } aside)
        {
            _ = await _runner.RunAsync(new CellExecution(), aside.RunAsync).ConfigureAwait(false);
        }
    }

    /// <summary>Executes one cell. Its outputs, and the results of all its parts except the last, go to
    /// <see cref="DisplayTarget"/>.</summary>
    /// <param name="cell">The cell's code and name.</param>
    /// <returns>Its result, or why it failed. Exceptions of the cell are returned as an error, not thrown.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public async Task<CellOutcome> ExecuteAsync(CellSource cell)
    {
        var execution = new CellExecution();
        try
        {
            return await ExecuteAsync(cell, execution).ConfigureAwait(false);
        }
        finally
        {
            execution.End();
        }
    }

    /// <summary>Executes one cell so that it can be interrupted.</summary>
    /// <param name="cell">The cell's code and name.</param>
    /// <param name="execution">The execution that can be interrupted; the caller creates it before anything is done for
    /// the cell, and ends it when the cell's outputs have been shown.</param>
    /// <returns>As <see cref="ExecuteAsync(CellSource)"/>; <see cref="CellError.Interrupted"/> if the execution was
    /// interrupted at any time.</returns>
    /// <param name="isAgain">As <see cref="Hosting.ExecutionRequest.IsAgain"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public async Task<CellOutcome> ExecuteAsync(CellSource cell, CellExecution execution, bool isAgain = false)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(execution);
        _sources.Add(cell);
        var magic = new CellMagic(this, cell, execution);
        var outcome = CellOutcome.Nothing;
        KernelInvocationContext.Enter(new KernelInvocationContext(_kernel));
        try
        {
            var steps = CellSplitter.Split(cell, magic.FindAdded);
            if (
                isAgain
                && steps is [CodeStep again]
                && _repeatable.TryGetValue(cell.FilePath, out var known)
                && known.Code == again.Code
                && _chain.StatesFor(known) is { } states
            )
            {
                return await RepeatAsync(cell, known, states, execution).ConfigureAwait(false);
            }

            _repeatable.Remove(cell.FilePath);
            foreach (var step in steps)
            {
                outcome = await ShowAsync(outcome, cell, execution).ConfigureAwait(false);
                if (outcome.Error is not null)
                {
                    break;
                }

                execution.ThrowIfInterrupted();
                outcome = await RunAsync(cell, step, magic, execution).ConfigureAwait(false);
                if (outcome.Error is not null)
                {
                    break;
                }

                var submitted = await RunSubmittedAsync(execution).ConfigureAwait(false);
                if (submitted.Error is not null)
                {
                    outcome = submitted;
                    break;
                }
            }

            if (steps is [CodeStep] && _ran is { } ran && DisplayTarget.Controls.IsUsed)
            {
                _repeatable[cell.FilePath] = ran;
            }

            execution.ThrowIfInterrupted();
        }
        catch (DirectiveException e)
        {
            outcome = CellOutcome.Failed(e.ToError());
        }
        catch (OperationCanceledException e) when (execution.IsInterrupted)
        {
            outcome = Interrupted(e);
        }

        if (outcome.Error is not null)
        {
            // Left waiting, it would run with a later cell.
            _kernel.DropSubmitted();
        }

        return magic.Clock is { } clock ? outcome with { WallTime = clock.Elapsed } : outcome;
    }

    /// <summary>Describes an exception that happened outside the cell's own run, such as while its result was
    /// shown.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="cell">The cell that it belongs to.</param>
    /// <param name="line">The line whose value was being shown; 0 if none was.</param>
    /// <returns>The error, as <see cref="ExecuteAsync(CellSource)"/> would return it.</returns>
    public CellError Describe(Exception exception, CellSource cell, int line = 0) =>
        RuntimeErrors.Describe(exception, cell, _sources, line);

    /// <summary>Runs engine code on behalf of a cell, such as the formatting of its result, on the thread of cells, so
    /// that an interrupt ends it like the cell itself.</summary>
    /// <param name="execution">The execution that it belongs to.</param>
    /// <param name="piece">The code to run.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="CellInterruptedException">The execution was interrupted.</exception>
    public Task<T> RunAsync<T>(CellExecution execution, Func<T> piece)
    {
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentNullException.ThrowIfNull(piece);
        return _runner.RunAsync(execution, () => Task.FromResult(piece()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _references.Dispose();
    }

    private static CellOutcome Interrupted(OperationCanceledException exception) =>
        CellOutcome.Failed(
            CellError.Interrupted(
                exception is CellInterruptedException ? exception.Message : CellInterruptedException.Stopped
            )
        );

    // References of earlier cells are inherited; given again, every cell would hold the references of all cells
    // before it.
    private ScriptOptions NextOptions =>
        _chain.Last is null
            ? Options
            : Options.WithImports().WithReferences(Options.MetadataReferences.Except(_inherited));

    private async Task<CellOutcome> RunAsync(CellSource cell, string code, CellExecution execution)
    {
        _ran = null;
        var (compiled, errors) = _chain.Compile(code, cell.FilePath, NextOptions, execution.Cancellation);
        if (compiled is null)
        {
            return CellOutcome.Failed(CompileErrors.Describe(errors, cell, _sources));
        }

        object? value;
        Exception? thrown;
        try
        {
            (value, thrown) = await _runner.RunAsync(execution, compiled.RunAsync).ConfigureAwait(false);
        }
        finally
        {
            // The variables that it set and the libraries that it loaded are kept, however it ended.
            if (_chain.Add(compiled))
            {
                _inherited.UnionWith(Options.MetadataReferences);
            }
        }

        var line = FindResultLine(compiled.Compilation, cell.FilePath);
        if (DisplayTarget.Controls.IsUsed && _chain.Repeatable(compiled) is { } repeatable)
        {
            _ran = repeatable.WithResultAt(line);
        }

        return OutcomeOf(value, thrown, cell, line);
    }

    private async Task<CellOutcome> RepeatAsync(
        CellSource cell,
        RepeatableCell known,
        object?[] states,
        CellExecution execution
    )
    {
        object? value;
        Exception? thrown;
        try
        {
            (value, thrown) = await _runner
                .RunAsync(execution, () => CompiledCell.RunAsync(known.Entry, states))
                .ConfigureAwait(false);
        }
        finally
        {
            _chain.Renew(known, states);
        }

        return OutcomeOf(value, thrown, cell, known.ResultLine);
    }

    private CellOutcome OutcomeOf(object? value, Exception? thrown, CellSource cell, int? line) =>
        thrown is not null ? CellOutcome.Failed(RuntimeErrors.Describe(thrown, cell, _sources))
        : line is { } number ? new CellOutcome(true, value, null) { ResultLine = number }
        : CellOutcome.Nothing;

    // The line of the cell's value: a last expression without a semicolon (unless its type is void) or a return. Null
    // if the cell has no value.
    private static int? FindResultLine(Compilation compilation, string filePath)
    {
        var tree = compilation.SyntaxTrees.First(t => t.FilePath == filePath);
        var members = tree.GetCompilationUnitRoot().Members;
        var source =
            members.OfType<GlobalStatementSyntax>().LastOrDefault(ReturnsValue)
            ?? (
                members.LastOrDefault()
                    is GlobalStatementSyntax
                    {
                        Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
                    }
                && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type
                    is not { SpecialType: SpecialType.System_Void }
                    ? (SyntaxNode)last
                    : null
            );
        return source?.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }

    private static bool ReturnsValue(GlobalStatementSyntax statement) =>
        statement
            .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is ReturnStatementSyntax { Expression: not null });

    private async Task<CellOutcome> RunAsync(CellSource cell, CellStep step, CellMagic magic, CellExecution execution)
    {
        switch (step)
        {
            case CodeStep code:
                var referenced = await ReferenceAsync(cell, code.References, execution).ConfigureAwait(false);
                if (referenced.Error is not null)
                {
                    return referenced;
                }

                return await RunAsync(cell, code.Code, execution).ConfigureAwait(false);
            case TextStep text:
                Show(LanguageDisplay.Of(text.Language, text.Text));
                return CellOutcome.Nothing;
            case MagicStep line:
                return await line.Command.InSession(magic, line).ConfigureAwait(false);
            default:
                throw new ArgumentException($"A {step.GetType().Name} can't be run.", nameof(step));
        }
    }

    private static void Show(MimeBundle data) => DisplayTarget.Current.Show(data, DisplayTarget.NextDisplayId());

    // Shows the result of a part before the last one; the last one is the cell's own result.
    private async Task<CellOutcome> ShowAsync(CellOutcome outcome, CellSource cell, CellExecution execution)
    {
        if (outcome is not { HasResult: true, Result: not DisplayedValue })
        {
            return outcome;
        }

        try
        {
            var shown = await RunAsync(execution, () => DisplayFormatter.Format(outcome.Result)).ConfigureAwait(false);
            DisplayTarget.Current.Result(shown);
            return CellOutcome.Nothing;
        }
        catch (CellInterruptedException e)
        {
            return Interrupted(e);
        }
#pragma warning disable CA1031 // whatever the value's own formatting code throws is the cell's error
        catch (Exception e)
#pragma warning restore CA1031
        {
            return CellOutcome.Failed(Describe(e, cell, outcome.ResultLine));
        }
    }
}
