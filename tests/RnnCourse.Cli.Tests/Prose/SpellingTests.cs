using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>The words of all pages, figures and checks are English words, or are in the course's own list,
/// <c>words.txt</c>.</summary>
/// <remarks>What isn't prose isn't checked: code, formulas, addresses, and words with digits, underscores, raised
/// letters or capitals inside.</remarks>
public sealed partial class SpellingTests
{
    private static readonly HashSet<string> Words =
    [
        .. Read("Prose", "english.txt"),
        .. Read("words.txt").Where(line => !line.StartsWith('#')),
    ];

    public static TheoryData<string> Pages => [.. Page.All];

    public static TheoryData<string> Lessons => [.. Repository.Lessons.Select(path => Path.GetFileName(path)![..2])];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_word_is_known(string path) =>
        AssertKnown(path, Page.Read(path).Texts.Concat(Page.IsNotebook(path) ? ShownBy(path) : []));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_word_that_the_quiz_and_the_checks_say_is_known(string number) =>
        AssertKnown(
            $"lib/RnnCourse.Exercises/Lesson{number}",
            LessonReplies.Of(number).Select(text => Code().Replace(text, " "))
        );

    [Theory]
    [InlineData("The networks learn by by hand.", "")]
    [InlineData("The netwroks learn; it dosen't.", "netwroks dosen't")]
    [InlineData("An **em**phasis, a [lnik](x.md), `anlges` and $\\sigmma$.", "lnik")]
    [InlineData("Zurich and zurich, JupyterLab's x_i, L07, the 3rd, the $i$th, Wᵀ.", "zurich")]
    [InlineData("It’s the learner’s own, isn't it? That's all.", "")]
    public void A_misspelt_word_is_found_and_code_is_left_alone(string markdown, string unknown) =>
        Assert.Equal(unknown, string.Join(' ', new Page("x.md", markdown).Texts.SelectMany(Unknown)));

    [Fact]
    public void The_courses_own_list_is_sorted_and_holds_nothing_that_the_english_one_has()
    {
        var own = Read("words.txt").Where(line => !line.StartsWith('#')).ToList();
        Assert.Equal(own.Order(StringComparer.Ordinal).Distinct(), own);
        Assert.Empty(own.Intersect(Read("Prose", "english.txt")));
    }

    private static void AssertKnown(string where, IEnumerable<string> texts)
    {
        var unknown = texts.SelectMany(Unknown).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(
            unknown.Count == 0,
            $"{where} has words that are in no list: {string.Join(", ", unknown)}. Mend what is "
                + "misspelt, and add the others to tests/RnnCourse.Cli.Tests/words.txt."
        );
    }

    private static IEnumerable<string> Unknown(string text) =>
        Word().Matches(text.Replace('’', '\'')).Select(match => match.Value.Trim('\'')).Where(word => !IsKnown(word));

    private static bool IsKnown(string word)
    {
        if (word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("s'", StringComparison.Ordinal))
        {
            word = word[..^2];
        }

        return word.Length <= 1
            || word.Any(c =>
                char.IsNumber(c) || c == '_' || char.GetUnicodeCategory(c) == UnicodeCategory.ModifierLetter
            )
            || word[1..].Any(char.IsUpper)
            || Words.Contains(word)
            || (char.IsUpper(word[0]) && Words.Contains(char.ToLowerInvariant(word[0]) + word[1..]));
    }

    // The outputs of cells: figures with caption and alternative text, and the replies of checks and quizzes.
    private static IEnumerable<string> ShownBy(string path)
    {
        foreach (var cell in NotebookReader.Read(Path.Combine(Repository.Root, path)).Cells.OfType<CodeCell>())
        {
            foreach (var output in cell.Outputs)
            {
                if (output is RichOutput { Data: var data } && data.Text("text/html") is { } html)
                {
                    yield return Code().Replace(data.Text("text/plain") ?? "", " ");
                    foreach (Match caption in Caption().Matches(html))
                    {
                        yield return WebUtility.HtmlDecode(caption.Groups[1].Value);
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Read(params string[] path) =>
        File.ReadLines(Path.Combine([Repository.Root, "tests", "RnnCourse.Cli.Tests", .. path]));

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_']*\p{L}[\p{L}\p{M}\p{N}_']*")]
    private static partial Regex Word();

    // Names with a dot, calls, arrows and assignments: code within a sentence.
    [GeneratedRegex(@"[\w.]*\w\.\w[\w.]*|\.?\w+\([^)]*\)|\w+ =>[^\n]*|\w+ \+?= [^\n]*")]
    private static partial Regex Code();

    [GeneratedRegex("<figcaption[^>]*>(.*?)</figcaption>", RegexOptions.Singleline)]
    private static partial Regex Caption();
}
