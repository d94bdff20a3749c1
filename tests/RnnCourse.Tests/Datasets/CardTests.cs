using System.Security.Cryptography;
using System.Text.RegularExpressions;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed partial class CardTests
{
    public static TheoryData<string> Folders =>
        [
            .. Directory
                .GetDirectories(CourseData.PathOf())
                .Select(folder => Path.GetFileName(folder)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_file_is_what_its_card_says(string folder)
    {
        var root = CourseData.PathOf(folder);
        var card = File.ReadAllText(Path.Combine(root, "README.md"));
        Assert.Contains("licence", card, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("source", card, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("limits", card, StringComparison.OrdinalIgnoreCase);
        var hashes = CardRow()
            .Matches(card)
            .ToDictionary(row => row.Groups["file"].Value, row => row.Groups["hash"].Value);
        if (hashes.ContainsKey("SHA256SUMS"))
        {
            foreach (var line in File.ReadLines(Path.Combine(root, "SHA256SUMS")))
            {
                hashes.Add(line[66..], line[..64]);
            }
        }

        var files = Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => file != "README.md");
        Assert.Equal(hashes.Keys.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.All(
            hashes,
            pair =>
                Assert.Equal(
                    pair.Value,
                    Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, pair.Key))))
                )
        );
    }

    [Fact]
    public void The_names_are_split_as_their_card_says()
    {
        string[][] parts =
        [
            .. new[] { "train", "dev", "test" }.Select(part =>
                NameList.Read(CourseData.PathOf("names", $"{part}.txt")).Select(line => line.Text).ToArray()
            ),
        ];
        Assert.Equal([24236, 3029, 3029], parts.Select(part => part.Length));
        string[] all = [.. parts.SelectMany(part => part)];
        Assert.All(all, name => Assert.Matches("^[a-z]+$", name));
        string[] again = [.. all.Order(StringComparer.Ordinal)];
        Assert.Equal(again.Length, again.Distinct().Count());
        new SeededRandom(2026).Shuffle<string>(again);
        Assert.Equal(again, all);
    }

    [Fact]
    public void No_test_file_of_the_code_shares_many_long_lines_with_another_part()
    {
        Dictionary<string, HashSet<string>> LinesOf(string part) =>
            Directory
                .EnumerateFiles(CourseData.PathOf("code", part))
                .ToDictionary(
                    file => Path.GetFileName(file)!,
                    file =>
                        TextFile
                            .Lines(file)
                            .Select(line => line.Text.Trim())
                            .Where(text => text.Length >= 30)
                            .ToHashSet()
                );
        var (train, dev, test) = (LinesOf("train"), LinesOf("dev"), LinesOf("test"));
        Assert.Equal((250, 31, 31), (train.Count, dev.Count, test.Count));
        Assert.Equal(312, train.Keys.Concat(dev.Keys).Concat(test.Keys).Distinct().Count());
        foreach (var (name, lines) in test)
        {
            foreach (var (other, theirs) in train.Concat(dev))
            {
                Assert.True(
                    lines.Count(theirs.Contains) <= 0.3 * Math.Min(lines.Count, theirs.Count),
                    $"{name} is a near-twin of {other}"
                );
            }
        }
    }

    [Fact]
    public void The_sunspots_are_as_many_months_as_their_card_says()
    {
        var (values, column) = NumberSeries.Read(CourseData.PathOf("sunspots", "monthly.csv"));
        Assert.Equal((2820, "sunspots"), (values.Count, column));
        Assert.Equal(253.8, values.Max());
        Assert.Equal(0, values.Min());
        var months = new TableFile(CourseData.PathOf("sunspots", "monthly.csv")).Rows().Select(row => row.Fields[0]);
        Assert.Equal(Enumerable.Range(0, 2820).Select(k => $"{1749 + (k / 12)}-{(k % 12) + 1:00}"), months);
    }

    [GeneratedRegex(@"(?m)^\| `(?<file>[^`]+)`[^|]*\|.*\| `(?<hash>[0-9a-f]{64})` \|$")]
    private static partial Regex CardRow();
}
