using System.Text.RegularExpressions;

namespace RnnCourse.Cli.Tests;

/// <summary>
/// Workflows run other people's actions with our rights. So each is named by a commit, since a tag can be moved to
/// other code.
/// </summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, ".github"), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".yml" or ".yaml")
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')),
        ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_commit_and_says_of_which_version(string file) =>
        Assert.Equal(
            [],
            Unpinned(File.ReadAllText(Path.Combine(Repository.Root, file)))
                .Select(line =>
                    $"{file}: '{line}' can change without us. Write the full commit and its version: "
                    + "owner/name@<40 hex digits> # v1.2.3"
                )
        );

    [Theory]
    [InlineData("      - uses: actions/checkout@v5", false)]
    [InlineData("      - uses: actions/checkout@main # v5.1.0", false)]
    [InlineData("      - uses: actions/checkout@fbc6f39 # v5.1.0", false)]
    [InlineData("      - uses: actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09", false)]
    [InlineData("      - uses: actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09 # newest", false)]
    [InlineData("        \"uses\": 'actions/checkout@v5'", false)]
    [InlineData("      - { uses: actions/checkout@v5 }", false)]
    [InlineData("      - uses: docker://alpine:3", false)]
    [InlineData("      - uses: actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09 # v5.1.0", true)]
    [InlineData("        uses: actions/cache/restore@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09 # v5", true)]
    [InlineData("      - uses: ./.github/actions/ours", true)]
    [InlineData("      # what it uses: nothing", true)]
    public void The_rule_knows_a_pinned_action_from_others(string line, bool pinned) =>
        Assert.Equal(pinned ? [] : [line.Trim()], Unpinned($"steps:\n{line}\n"));

    private static IEnumerable<string> Unpinned(string workflow) =>
        workflow
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => UsesKey().IsMatch(line) && !Pinned().IsMatch(line));

    [GeneratedRegex("""^[^#]*(?<![\w-])uses["']?\s*:""")]
    private static partial Regex UsesKey();

    [GeneratedRegex(@"^(- )?uses: (\./[^\s@]+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)$")]
    private static partial Regex Pinned();
}
