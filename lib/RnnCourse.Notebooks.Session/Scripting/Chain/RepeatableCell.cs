using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Session.Scripting.Chain;

/// <summary>A cell that was executed and can be run again without compiling it, for example when one of its controls is
/// moved. It doesn't keep variables alive.</summary>
internal sealed class RepeatableCell
{
    private readonly HashSet<string> _names;
    private readonly IReadOnlyList<Assembly?> _needed;
    private readonly int _order;
    private readonly bool _isKept;

    /// <param name="cell">The cell, after its run.</param>
    /// <param name="cells">The cells that later ones can use, including this one if it declares anything.</param>
    /// <param name="order">The order number of the last of them.</param>
    public RepeatableCell(CompiledCell cell, IReadOnlyList<ExecutedCell> cells, int order)
    {
        (Entry, Assembly, Code, _order) = (cell.Entry!, cell.Assembly!, cell.Code, order);
        _isKept = cells.Any(other => other.Assembly == Assembly);
        _names =
        [
            .. cell
                .Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantTokens())
                .Select(token => token.ValueText),
        ];

        // The first is for the session's globals. Of the others, its code reads only those that it refers to.
        _needed =
        [
            null,
            .. cell
                .States.Skip(1)
                .SkipLast(1)
                .Select(state => state?.GetType().Assembly)
                .Select(other => other is not null && cell.RefersTo.Contains(other.GetName().Name!) ? other : null),
        ];
    }

    public Func<object?[], Task<object?>> Entry { get; }

    public Assembly Assembly { get; }

    /// <summary>The code that it was compiled from.</summary>
    public string Code { get; }

    /// <summary>The line of its last expression, whose value is shown; null if there is none.</summary>
    public int? ResultLine { get; private set; }

    /// <summary>Sets this line.</summary>
    public RepeatableCell WithResultAt(int? line)
    {
        ResultLine = line;
        return this;
    }

    /// <summary>Whether running a cell again without compiling it has the same effect: it has code, and nothing that
    /// persists after a run, such as a static field or declared types.</summary>
    public static bool CanBe(CompiledCell cell) =>
        cell is { Entry: not null, Assembly: not null, Declarations.MustStayLoaded: false }
        && cell.Compilation.ScriptClass?.GetMembers()
            .OfType<IFieldSymbol>()
            .Any(field => field is { IsStatic: true, IsConst: false }) != true;

    /// <summary>As <see cref="CellChain.StatesFor"/>.</summary>
    public object?[]? FindStates(IReadOnlyList<ExecutedCell> cells)
    {
        if (
            cells.Any(other => other.Order > _order && other.Declarations.MayChangeMeaningOf(_names))
            || (_isKept && !cells.Any(other => other.Assembly == Assembly))
        )
        {
            return null;
        }

        var states = new object?[_needed.Count + 1];
        for (var i = 0; i < _needed.Count; i++)
        {
            if (_needed[i] is not { } needed)
            {
                continue;
            }

            states[i] = cells.FirstOrDefault(other => other.Assembly == needed)?.Instance;
            if (states[i] is null)
            {
                return null;
            }
        }

        return states;
    }
}
