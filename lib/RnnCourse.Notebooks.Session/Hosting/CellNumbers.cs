using System.Globalization;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>Writes the numbers of cells for a reader.</summary>
internal static class CellNumbers
{
    /// <summary>Writes numbers, with consecutive ones as a range: <c>cells 1–3, 7</c>.</summary>
    /// <param name="numbers">The numbers, in any order; at least one.</param>
    public static string Describe(IEnumerable<int> numbers)
    {
        var sorted = numbers.Distinct().Order().ToList();
        var ranges = new List<(int First, int Last)>();
        foreach (var number in sorted)
        {
            if (ranges is [.., var (first, last)] && last == number - 1)
            {
                ranges[^1] = (first, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        var texts = ranges.Select(range =>
            range.First == range.Last
                ? range.First.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{range.First}–{range.Last}")
        );
        return $"{(sorted.Count == 1 ? "cell" : "cells")} {string.Join(", ", texts)}";
    }
}
