using System.Reflection;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.PublicApi;

/// <summary>Each public member of a library is used outside its project, by another project or in a cell of a lesson,
/// or <c>PublicAPI.Reasons.txt</c> says why it is public nevertheless.</summary>
public sealed partial class CallersTests
{
    private static readonly Lazy<HashSet<string>> Identifiers = new(IdentifiersOfCells);

    public static TheoryData<string> Libraries =>
        ["RnnCourse.Blas", "RnnCourse", "RnnCourse.Exercises", "RnnCourse.Plotting"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_public_member_has_a_caller_outside_its_project_or_a_reason(string library)
    {
        var members = PublicMember.Of(Assembly.Load(library));
        Assert.NotEmpty(members);
        var reasons = ReasonsOf(library).ToList();
        AssertNone(
            MembersWithoutCaller(library, members)
                .Where(member => !reasons.Any(reason => Covers(reason, member)))
                .Select(member =>
                    $"{member} is used in no other project and in no lesson: make it internal, remove it, or give a "
                    + $"reason in lib/{library}/PublicAPI.Reasons.txt."
                )
        );
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_reason_is_given_only_for_what_needs_one(string library)
    {
        var lonely = MembersWithoutCaller(library, PublicMember.Of(Assembly.Load(library))).ToList();
        AssertNone(
            ReasonsOf(library)
                .Where(reason => !lonely.Exists(member => Covers(reason, member)))
                .Select(reason =>
                    $"lib/{library}/PublicAPI.Reasons.txt gives a reason for {reason}, which has a caller or is gone: "
                    + "remove the line."
                )
        );
    }

    private static void AssertNone(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }

    private static IEnumerable<string> MembersWithoutCaller(string library, IEnumerable<PublicMember> members)
    {
        var others = Directory
            .GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path =>
                Path.GetFileNameWithoutExtension(path) is var name
                && (name == "rnn" || name.StartsWith("RnnCourse", StringComparison.Ordinal))
                && name != library
                && !name.EndsWith(".Tests", StringComparison.Ordinal)
            )
            .ToList();
        var called = others.SelectMany(CompiledReferences.Of).ToHashSet(StringComparer.Ordinal);
        var sources = new Lazy<string>(() => SourcesOfOthers(library));
        return members
            .Where(member =>
                !member.Keys.Any(called.Contains)
                && !Identifiers.Value.Contains(member.Identifier)
                && !(member.IsConstant && Regex.IsMatch(sources.Value, $@"\.{member.Identifier}\b"))
            )
            .Select(member => member.Name)
            .Distinct();
    }

    // The compiled code contains only a constant's value, so its name is searched for in the sources.
    private static string SourcesOfOthers(string library) =>
        string.Concat(
            Directory
                .GetDirectories(Path.Combine(Repository.Root, "lib"))
                .Where(folder => Path.GetFileName(folder) != library)
                .SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
                .Select(File.ReadAllText)
        );

    private static HashSet<string> IdentifiersOfCells() =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .SelectMany(path => NotebookReader.Read(path).Cells.OfType<CodeCell>())
            .SelectMany(cell => Identifier().Matches(Comment().Replace(cell.Source, "")).Select(match => match.Value))
            .ToHashSet(StringComparer.Ordinal);

    // A line that begins with # is the reason for the lines below it.
    private static IEnumerable<string> ReasonsOf(string library) =>
        File.ReadLines(Path.Combine(Repository.Root, "lib", library, "PublicAPI.Reasons.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'));

    private static bool Covers(string reason, string member) =>
        (reason.EndsWith(".*", StringComparison.Ordinal) && member == reason[..^2])
        || Regex.IsMatch(member, $"^{Regex.Escape(reason).Replace(@"\*", ".*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]*")]
    private static partial Regex Identifier();
}
