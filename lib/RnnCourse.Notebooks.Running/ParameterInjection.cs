using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// Gives a notebook's parameters other values, as papermill does: inserts a new cell, tagged
/// <c>injected-parameters</c>, after the one tagged <c>parameters</c>. The new cell assigns the values, so that each
/// variable keeps its declared type and all code that uses it sees the new value.
/// </summary>
public static class ParameterInjection
{
    private const string Heading = "// Parameters of this run\n";

    /// <summary>The notebook with values for its parameters.</summary>
    /// <param name="notebook">The notebook; a cell that an earlier run inserted is replaced.</param>
    /// <param name="values">Pairs of name and value, as typed: a number, <c>true</c>, a text, a list in JSON's
    /// form.</param>
    /// <returns>The notebook with the new cell. If no cell is tagged <c>parameters</c>, the new cell is at the
    /// beginning and declares the values with <c>var</c>.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ParameterException">The notebook declares no such parameter, or the value doesn't fit its
    /// type.</exception>
    public static Notebook Apply(Notebook notebook, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return notebook;
        }

        var cells = notebook.Cells.Where(cell => !CellTags.Has(cell, CellTags.InjectedParameters)).ToList();
        var at = cells.FindIndex(cell => cell is CodeCell && CellTags.Has(cell, CellTags.Parameters));
        var lines = at < 0 ? values.Select(Declare) : Assign(cells[at].Source, values);
        cells.Insert(
            at + 1,
            new CodeCell
            {
                Id = FreeId(cells),
                Source = Heading + string.Join('\n', lines),
                Metadata = new JsonObject { ["tags"] = new JsonArray(CellTags.InjectedParameters) },
            }
        );
        return notebook with { Cells = cells };
    }

    private static IEnumerable<string> Assign(string source, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var declared = ParameterDeclaration.FindAll(source);
        foreach (var (name, value) in values)
        {
            var declaration =
                declared.LastOrDefault(parameter => parameter.Name == name)
                ?? throw new ParameterException(
                    $"The notebook has no parameter '{name}'; its cell tagged 'parameters' declares "
                        + (
                            declared.Count == 0
                                ? "none."
                                : $"{string.Join(", ", declared.Select(parameter => parameter.Name))}."
                        )
                );
            var literal = ParameterLiteral.Write(name, value, declaration.Type);

            // Nothing can be assigned to a constant; a new one of the same name hides it from the cells that follow.
            yield return declaration.IsConstant
                ? $"const {declaration.Type} {name} = {literal};"
                : $"{name} = {literal};";
        }
    }

    private static string Declare(KeyValuePair<string, string> value)
    {
        var literal = ParameterLiteral.Write(value.Key, value.Value, type: null);
        if (!Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(value.Key))
        {
            throw new ParameterException($"'{value.Key}' cannot be the name of a variable.");
        }

        return literal.StartsWith('[')
            ? $"var {value.Key} = new[] {{{literal[1..^1]}}};"
            : $"var {value.Key} = {literal};";
    }

    private static string FreeId(List<Cell> cells)
    {
        var id = CellTags.InjectedParameters;
        while (cells.Any(cell => cell.Id == id))
        {
            id += "-";
        }

        return id;
    }
}
