namespace RnnCourse.Notebooks.Comparing;

/// <summary>Compares texts: their words exactly, the numbers in them within a tolerance.</summary>
internal static class TextComparison
{
    // Lines are aligned in quadratic time; longer texts are compared line by line.
    private const int MaxLinesToAlign = 500;

    /// <summary>The differences, as lines for people; empty if there are none.</summary>
    public static IReadOnlyList<string> Compare(string old, string now, Tolerance tolerance)
    {
        if (old == now)
        {
            return [];
        }

        var (before, after) = (old.Split('\n'), now.Split('\n'));
        var report = new List<string>();
        foreach (var (i, j) in Align(before, after, tolerance))
        {
            var (was, becomes) = (i is { } at ? before[at] : null, j is { } to ? after[to] : null);
            if (was is not null && becomes is not null && AreSame(was, becomes, tolerance))
            {
                continue;
            }

            report.AddRange(was is null ? [] : [$"- {was}"]);
            report.AddRange(becomes is null ? [] : [$"+ {becomes}"]);
            report.AddRange(was is null || becomes is null ? [] : Numbers(was, becomes, tolerance));
        }

        return report;
    }

    /// <summary>Whether two lines are equal within the tolerance.</summary>
    public static bool AreSame(string old, string now, Tolerance tolerance)
    {
        if (old == now)
        {
            return true;
        }

        var (before, after) = (NumberToken.FindAll(old), NumberToken.FindAll(now));
        if (
            before.Count == 0
            || before.Count != after.Count
            || !before.Zip(after).All(pair => pair.First.Equals(pair.Second, tolerance))
        )
        {
            return false;
        }

        var (i, j) = (0, 0);
        for (var n = 0; n <= before.Count; n++)
        {
            var gapBefore = old[i..(n < before.Count ? before[n].Start : old.Length)];
            var gapAfter = now[j..(n < after.Count ? after[n].Start : now.Length)];
            if (gapBefore != gapAfter && !(IsPadding(before, after, n) && gapBefore.Trim(' ') == gapAfter.Trim(' ')))
            {
                return false;
            }

            (i, j) = n < before.Count ? (before[n].End, after[n].End) : (i, j);
        }

        return true;
    }

    // A number of another length changes only the spaces that pad it.
    private static bool IsPadding(IReadOnlyList<NumberToken> before, IReadOnlyList<NumberToken> after, int n) =>
        (n > 0 && before[n - 1].Text.Length != after[n - 1].Text.Length)
        || (n < before.Count && before[n].Text.Length != after[n].Text.Length);

    private static IEnumerable<string> Numbers(string old, string now, Tolerance tolerance)
    {
        var (before, after) = (NumberToken.FindAll(old), NumberToken.FindAll(now));
        return before.Count != after.Count
            ? []
            : before
                .Zip(after)
                .Where(pair => !pair.First.Equals(pair.Second, tolerance))
                .Select(pair => "  " + NumberToken.Describe(pair.First, pair.Second, tolerance));
    }

    // Pairs of line numbers; null stands for a line that the other text doesn't have.
    private static List<(int? Old, int? Now)> Align(string[] before, string[] after, Tolerance tolerance)
    {
        var pairs = new List<(int?, int?)>();
        if (before.Length == after.Length || before.Length > MaxLinesToAlign || after.Length > MaxLinesToAlign)
        {
            for (var n = 0; n < Math.Max(before.Length, after.Length); n++)
            {
                pairs.Add((n < before.Length ? n : null, n < after.Length ? n : null));
            }

            return pairs;
        }

        var common = CommonLengths(before, after, tolerance);
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (
                i < before.Length
                && j < after.Length
                && common[i, j] == common[i + 1, j + 1] + 1
                && AreSame(before[i], after[j], tolerance)
            )
            {
                pairs.Add((i++, j++));
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                pairs.Add((i++, null));
            }
            else
            {
                pairs.Add((null, j++));
            }
        }

        return pairs;
    }

    // Length of the longest common subsequence of the lines from i and j on.
    private static int[,] CommonLengths(string[] before, string[] after, Tolerance tolerance)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = AreSame(before[i], after[j], tolerance)
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
