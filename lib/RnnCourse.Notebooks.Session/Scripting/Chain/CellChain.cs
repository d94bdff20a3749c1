using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>
/// The executed cells whose names later cells can use. A cell that declares nothing isn't kept; a cell whose names have
/// all been declared again loses its variables at once, and its code and compilation later, together with other cells.
/// </summary>
/// <param name="loader">Loads the cells.</param>
/// <param name="lasting">How many of the first cells are loaded permanently.</param>
/// <param name="cellsAsk">Whether cells check for interrupts.</param>
internal sealed class CellChain(CellLoader loader, int lasting, bool cellsAsk = true)
{
    // With this many dropped cells, compiling the later cells again pays off.
    private const int WorthTidying = 16;

    private readonly CellCompiler _compiler = new();
    private List<ExecutedCell> _cells = [];
    private int _tidyAt = WorthTidying;
    private int _loaded;
    private int _added;
    private volatile ExecutedCell? _last;

    /// <summary>The cell whose names are found first. May be read from any thread.</summary>
    public ExecutedCell? Last => _last;

    /// <summary>The variables that later cells can use, in the order in which their names were first
    /// declared.</summary>
    public IReadOnlyList<(string Name, Type Type, object? Value)> Variables =>
        [.. _cells.SelectMany(cell => cell.Variables).GroupBy(variable => variable.Name).Select(same => same.Last())];

    /// <summary>Compiles and loads a cell.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <returns>The cell and no errors; or null and its errors.</returns>
    public (CompiledCell? Cell, IReadOnlyList<Diagnostic> Errors) Compile(
        string code,
        string filePath,
        ScriptOptions options,
        CancellationToken cancellation = default
    )
    {
        var compilation = _compiler.Compile(code, filePath, options, Last?.Compilation);
        var (emitted, errors) = _compiler.Emit(compilation, cellsAsk, cancellation);
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var declarations = CellDeclarations.Of(compilation);
        var (refersTo, hasNamelessTypes) = emitted?.ReadReferences() ?? ([], false);

        // The compiler numbers the states: the first belongs to the session's globals, the others to the cells that
        // have code.
        object?[] states =
        [
            null,
            .. _cells.Where(cell => cell.Assembly is not null).Select(cell => cell.Instance),
            null,
        ];
        var assembly = emitted is null
            ? null
            : Load(emitted, declarations.MustStayLoaded || hasNamelessTypes, refersTo);
        return (
            new CompiledCell(code, options, compilation, declarations, assembly, refersTo, hasNamelessTypes, states),
            []
        );
    }

    /// <summary>Lets later cells use the declarations of a cell. To be called when it has run, even if it
    /// failed.</summary>
    /// <returns>Whether later cells can use it; false if it declares nothing, or had not begun.</returns>
    public bool Add(CompiledCell cell)
    {
        // Later cells use the first of several equal anonymous types.
        var leavesNothing = cell.Declarations.LeavesNothing && !cell.HasNamelessTypes;
        if (leavesNothing || (cell.Assembly is not null && cell.Instance is null))
        {
            return false;
        }

        if (cell.Assembly is { } assembly)
        {
            loader.Publish(assembly);
        }

        _cells.Add(new ExecutedCell(cell, Last) { Order = ++_added });
        _last = _cells[^1];
        if (ReleaseHidden() >= _tidyAt)
        {
            Tidy();
            _tidyAt = ReleaseHidden() + WorthTidying + (_cells.Count / 8);
        }

        return true;
    }

    /// <summary>Records what is needed to run a cell again without compiling it. To be called after
    /// <see cref="Add"/>.</summary>
    /// <returns>Null if that isn't possible.</returns>
    public RepeatableCell? Repeatable(CompiledCell cell) =>
        RepeatableCell.CanBe(cell) ? new RepeatableCell(cell, _cells, _added) : null;

    /// <summary>The objects with which a cell is run again.</summary>
    /// <returns>Null if the cell must be compiled again, because a cell that was executed later declares one of its
    /// names.</returns>
    public object?[]? StatesFor(RepeatableCell cell) => cell.FindStates(_cells);

    /// <summary>Lets later cells use the new variables of a cell that was run again.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="states">The objects with which it was run.</param>
    public void Renew(RepeatableCell cell, object?[] states)
    {
        if (states[^1] is { } instance && _cells.Find(other => other.Assembly == cell.Assembly) is { } own)
        {
            own.Instance = instance;
        }
    }

    private Assembly Load(EmittedCell emitted, bool mustLast, IReadOnlyList<string> refersTo)
    {
        var needs = _cells
            .Where(cell => refersTo.Contains(cell.Compilation.AssemblyName!))
            .Select(cell => cell.Assembly)
            .OfType<Assembly>()
            .ToList();

        var isCollectible = (_loaded++ >= lasting && !mustLast) || needs.Exists(assembly => assembly.IsCollectible);
        return loader.Load(emitted, isCollectible, needs);
    }

    // Releases variables that can no longer be named. Returns how many cells have no reachable variable.
    private int ReleaseHidden()
    {
        var later = new HashSet<string>(StringComparer.Ordinal);
        var hidden = 0;
        for (var i = _cells.Count - 1; i >= 0; i--)
        {
            var declarations = _cells[i].Declarations;
            if (declarations.HasHiddenState(later))
            {
                _cells[i].Instance = null;
            }

            hidden += declarations.IsHidden(later) ? 1 : 0;
            declarations.AddHiddenNames(later);
        }

        return hidden;
    }

    // Drops hidden cells that no other cell needs; later cells are compiled again as far as the compiler needs it.
    private void Tidy()
    {
        var kept = FindNeeded();

        // The compiler's generated names depend on a cell's position, so everything before such a cell must stay.
        var first = _cells.FindLastIndex(cell => kept.Contains(cell) && cell.HasNamelessTypes) + 1;
        var tidied = _cells[..first];
        foreach (var cell in _cells[first..].Where(kept.Contains))
        {
            var last = tidied.LastOrDefault();
            tidied.Add(cell.Previous == last ? cell : cell.After(last));
        }

        // This should always hold; if it doesn't, the session must stay as it is.
        if (tidied.All(cell => CellDeclarations.TypesOf(cell.Compilation).SequenceEqual(cell.Declarations.Types)))
        {
            _cells = tidied;
            _last = _cells.LastOrDefault();
        }
    }

    private HashSet<ExecutedCell> FindNeeded()
    {
        var needed = new HashSet<ExecutedCell>(ReferenceEqualityComparer.Instance);
        var later = new HashSet<string>(StringComparer.Ordinal);
        var used = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var referredTo = new HashSet<string>(StringComparer.Ordinal);
        CellDeclarations? nearest = null;
        for (var i = _cells.Count - 1; i >= 0; i--)
        {
            var cell = _cells[i];
            if (
                !cell.Declarations.IsHidden(later)
                || !cell.Declarations.HasUsingsOf(nearest)
                || cell.HasNamelessTypes
                || cell.Declarations.MayBeUsed(used)
                || referredTo.Contains(cell.Compilation.AssemblyName!)
            )
            {
                nearest = cell.Declarations;
                needed.Add(cell);
                cell.Declarations.AddUsedNames(used);
                referredTo.UnionWith(cell.RefersTo);
            }

            cell.Declarations.AddHiddenNames(later);
        }

        return needed;
    }
}
