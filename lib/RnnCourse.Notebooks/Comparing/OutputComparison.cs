using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>Compares the outputs of one cell.</summary>
internal static class OutputComparison
{
    private const int MaxLines = 20;

    /// <summary>The differences, as lines for people; empty if there are none.</summary>
    public static IReadOnlyList<string> Compare(
        IReadOnlyList<Output> stored,
        IReadOnlyList<Output> executed,
        ComparisonRules rules
    )
    {
        var (before, after) = (Merged(stored), Merged(executed));
        var report = new List<string>();
        if (!before.Select(Kind).SequenceEqual(after.Select(Kind)))
        {
            report.Add($"stored: {Kinds(before)}");
            report.Add($"now:    {Kinds(after)}");
        }

        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (old, now) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            var kind = Kind(now ?? old!);
            report.AddRange(
                Limit([
                        .. old is null || now is null || Kind(old) != Kind(now)
                            ? OneSided(old, now)
                            : Compare(old, now, rules),
                    ])
                    .Select(line => $"{kind}: {line}")
            );
        }

        return report;
    }

    private static IEnumerable<string> Compare(Output old, Output now, ComparisonRules rules) =>
        (old, now) switch
        {
            (StreamOutput a, StreamOutput b) => Texts(a.Text, b.Text, rules),
            (RichOutput a, RichOutput b) => Bundles(a.Data, b.Data, rules),

            // The stack trace goes through lines of libraries, which move; only the error's kind and message count.
            (ErrorOutput a, ErrorOutput b) => Texts($"{a.Name}: {a.Value}", $"{b.Name}: {b.Value}", rules),
            _ => [],
        };

    private static IEnumerable<string> Bundles(MimeBundle old, MimeBundle now, ComparisonRules rules)
    {
        foreach (var type in old.MimeTypes.Union(now.MimeTypes))
        {
            if (!old.Contains(type) || !now.Contains(type))
            {
                yield return $"{type} {(old.Contains(type) ? "is no longer there" : "is new")}";
                continue;
            }

            var lines = (old[type], now[type]) switch
            {
                (MimeJson a, MimeJson b) => JsonComparison.Compare(a.Json, b.Json, rules.Tolerance, rules.Sanitize),
                (MimeText a, MimeText b) => type switch
                {
                    "text/html" => Texts(PictureText.OfHtml(a.Text), PictureText.OfHtml(b.Text), rules),
                    "image/svg+xml" => Texts(PictureText.OfSvg(a.Text), PictureText.OfSvg(b.Text), rules),
                    _ when type.StartsWith("image/", StringComparison.Ordinal) => [],
                    _ => Texts(a.Text, b.Text, rules),
                },
                _ => [],
            };
            foreach (var line in lines)
            {
                yield return $"{type}: {line}";
            }
        }
    }

    private static IReadOnlyList<string> Texts(string old, string now, ComparisonRules rules) =>
        TextComparison.Compare(rules.Sanitize(old), rules.Sanitize(now), rules.Tolerance);

    private static IEnumerable<string> OneSided(Output? old, Output? now) =>
        Lines(old).Select(line => $"- {line}").Concat(Lines(now).Select(line => $"+ {line}"));

    private static string[] Lines(Output? output) =>
        (
            output switch
            {
                StreamOutput stream => stream.Text.TrimEnd('\n'),
                RichOutput rich => rich.Data.Text("text/plain") ?? string.Join(", ", rich.Data.MimeTypes),
                ErrorOutput error => $"{error.Name}: {error.Value}",
                _ => null,
            }
        )?.Split('\n') ?? [];

    private static IEnumerable<string> Limit(IReadOnlyList<string> lines) =>
        lines.Count <= MaxLines
            ? lines
            : lines
                .Take(MaxLines)
                .Append(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"… {lines.Count - MaxLines} more lines"
                    )
                );

    private static string Kinds(List<Output> outputs) =>
        outputs.Count == 0 ? "no output" : string.Join(", ", outputs.Select(Kind));

    private static string Kind(Output output) =>
        output switch
        {
            StreamOutput stream => stream.Name,
            ResultOutput => "result",
            DisplayOutput => "display",
            ErrorOutput => "error",
            _ => "output",
        };

    // One host may store several pieces of a stream where another stores one.
    private static List<Output> Merged(IReadOnlyList<Output> outputs)
    {
        var merged = new List<Output>();
        foreach (var output in outputs)
        {
            if (output is StreamOutput next && merged.LastOrDefault() is StreamOutput last && last.Name == next.Name)
            {
                merged[^1] = last with { Text = last.Text + next.Text };
            }
            else
            {
                merged.Add(output);
            }
        }

        return merged;
    }
}
