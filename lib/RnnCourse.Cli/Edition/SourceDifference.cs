using System.Globalization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Describes where the sources of two notebooks differ; outputs are ignored.</summary>
internal static class SourceDifference
{
    private const int Shown = 5;

    /// <summary>A description of each of the first cells that differ; empty if the sources are equal.</summary>
    public static IReadOnlyList<string> Between(Notebook generated, Notebook stored)
    {
        var there = stored.Cells.ToDictionary(cell => cell.Id);
        var wanted = generated.Cells.Select(cell => cell.Id).ToList();
        List<string> lines =
        [
            .. generated.Cells.SelectMany(cell =>
                there.TryGetValue(cell.Id, out var other) ? OfCell(cell, other) : [$"cell {cell.Id} is missing"]
            ),
            .. stored.Cells.Where(cell => !wanted.Contains(cell.Id)).Select(cell => $"cell {cell.Id} is too many"),
        ];
        if (lines.Count == 0 && !wanted.SequenceEqual(stored.Cells.Select(cell => cell.Id)))
        {
            lines.Add("the cells are in a different order");
        }

        if (lines.Count == 0 && generated.Metadata.ToJsonString() != stored.Metadata.ToJsonString())
        {
            lines.Add("the notebook's metadata differs");
        }

        return lines.Count <= Shown
            ? lines
            : [.. lines.Take(Shown), string.Create(CultureInfo.InvariantCulture, $"… and {lines.Count - Shown} more")];
    }

    private static IEnumerable<string> OfCell(Cell generated, Cell stored)
    {
        if (generated.GetType() != stored.GetType())
        {
            yield return $"cell {generated.Id} is of another kind";
        }
        else if (generated.Source != stored.Source)
        {
            var (wanted, there) = (generated.Source.Split('\n'), stored.Source.Split('\n'));
            var line = Enumerable
                .Range(0, Math.Max(wanted.Length, there.Length))
                .First(i => At(wanted, i) != At(there, i));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"cell {generated.Id}, line {line + 1}:\n    stored:     {At(there, line) ?? "(no line)"}\n "
                    + $"   generated:  {At(wanted, line) ?? "(no line)"}"
            );
        }
        else if (CanonicalMetadata(generated) != CanonicalMetadata(stored))
        {
            yield return $"cell {generated.Id} has other metadata";
        }
    }

    private static string? At(string[] lines, int i) => i < lines.Length ? lines[i] : null;

    private static string CanonicalMetadata(Cell cell) =>
        NotebookWriter.ToText(
            new Notebook
            {
                Cells =
                [
                    new RawCell
                    {
                        Id = "x",
                        Source = "",
                        Metadata = (System.Text.Json.Nodes.JsonObject)cell.Metadata.DeepClone(),
                    },
                ],
            }
        );
}
