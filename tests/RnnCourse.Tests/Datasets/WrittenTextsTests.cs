using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

/// <summary>What the cards of the sentences and of the reviews promise.</summary>
public sealed partial class WrittenTextsTests
{
    private static readonly string[] Parts = ["train", "dev", "test"];

    private static readonly string[] UniversalTags =
    [
        "ADJ",
        "ADP",
        "ADV",
        "AUX",
        "CCONJ",
        "DET",
        "INTJ",
        "NOUN",
        "NUM",
        "PART",
        "PRON",
        "PROPN",
        "PUNCT",
        "SCONJ",
        "SYM",
        "VERB",
        "X",
    ];

    [Fact]
    public void The_sentences_are_as_many_as_their_card_says_and_every_word_has_a_universal_tag()
    {
        TaggedSentence[][] parts =
        [
            .. Parts.Select(part => ConlluFile.Read(CourseData.PathOf("pos", $"{part}.conllu")).ToArray()),
        ];
        Assert.Equal([767, 98, 100], parts.Select(part => part.Length));
        Assert.Equal([8874, 1127, 1188], parts.Select(part => part.Sum(sentence => sentence.Words.Count)));
        Assert.All(
            parts.SelectMany(part => part).SelectMany(sentence => sentence.Tags),
            tag => Assert.Contains(tag, UniversalTags)
        );
    }

    [Fact]
    public void The_sentences_are_split_by_their_hash_and_all_different()
    {
        foreach (var part in Parts)
        {
            Assert.All(TextsOf(part), text => Assert.Equal(part, PlaceOf(text, testBelow: 10, devBelow: 20)));
        }

        var all = Parts.SelectMany(TextsOf).ToArray();
        Assert.Equal(965, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_words_and_the_missing_spaces_give_each_sentence_exactly()
    {
        foreach (var part in Parts)
        {
            var (expected, actual) = ("", new StringBuilder());
            foreach (var line in File.ReadLines(CourseData.PathOf("pos", $"{part}.conllu")))
            {
                if (line.StartsWith("# text = ", StringComparison.Ordinal))
                {
                    expected = line[9..];
                }
                else if (line.Length == 0)
                {
                    Assert.Equal(expected, actual.ToString().TrimEnd());
                    actual.Clear();
                }
                else if (line[0] != '#')
                {
                    var fields = line.Split('\t');
                    actual.Append(fields[1]).Append(fields[9] == "SpaceAfter=No" ? "" : " ");
                }
            }
        }
    }

    [Fact]
    public void The_test_sentences_use_many_words_under_two_tags()
    {
        var tagsOf = ConlluFile
            .Read(CourseData.PathOf("pos", "train.conllu"))
            .SelectMany(Pairs)
            .ToLookup(pair => pair.Word, pair => pair.Tag);
        var test = ConlluFile.Read(CourseData.PathOf("pos", "test.conllu")).SelectMany(Pairs).ToArray();
        var ambiguous = test.Where(pair => tagsOf[pair.Word].Distinct().Count() > 1).ToArray();
        Assert.InRange(ambiguous.Length / (double)test.Length, 0.3, 0.4);
        Assert.True(
            ambiguous.GroupBy(pair => pair.Word).Count(group => group.Select(pair => pair.Tag).Distinct().Count() > 1)
                >= 30
        );

        static IEnumerable<(string Word, string? Tag)> Pairs(TaggedSentence sentence) =>
            sentence.Words.Select((word, k) => (word.ToLowerInvariant(), sentence.Tags[k]));
    }

    [Fact]
    public void The_reviews_are_balanced_short_and_all_different()
    {
        LabelledText[][] parts = [.. Parts.Select(Reviews)];
        Assert.Equal([1303, 197, 176], parts.Select(part => part.Length));
        foreach (var part in parts)
        {
            Assert.InRange(part.Count(review => review.Label == "pos") / (double)part.Length, 0.48, 0.52);
        }

        Assert.All(
            parts.SelectMany(part => part),
            review =>
            {
                Assert.Contains(review.Label, new[] { "pos", "neg" });
                Assert.InRange(WordsOf(review.Text).Length, 5, 25);
            }
        );
        Assert.Equal(
            1676,
            parts.SelectMany(part => part).Select(review => string.Join(' ', WordsOf(review.Text))).Distinct().Count()
        );
    }

    [Fact]
    public void The_two_of_a_contrast_pair_have_the_same_words_and_opposite_labels()
    {
        var pairs = Reviews("contrast").GroupBy(review => review.Pair).ToArray();
        Assert.Equal(123, pairs.Length);
        Assert.All(
            pairs,
            pair =>
            {
                Assert.Equal(["neg", "pos"], pair.Select(review => review.Label).Order(StringComparer.Ordinal));
                string[][] words = [.. pair.Select(review => WordsOf(review.Text))];
                Assert.NotEqual(words[0], words[1]);
                Assert.Equal(words[0].Order(StringComparer.Ordinal), words[1].Order(StringComparer.Ordinal));
            }
        );
    }

    [Fact]
    public void The_contrast_set_has_texts_of_its_own_and_words_that_training_knows()
    {
        var texts = Parts.SelectMany(Reviews).Select(review => string.Join(' ', WordsOf(review.Text))).ToHashSet();
        var known = Reviews("train").SelectMany(review => WordsOf(review.Text)).ToHashSet();
        Assert.All(
            Reviews("contrast"),
            review =>
            {
                Assert.DoesNotContain(string.Join(' ', WordsOf(review.Text)), texts);
                Assert.Superset(WordsOf(review.Text).ToHashSet(), known);
            }
        );
    }

    private static IEnumerable<string> TextsOf(string part) =>
        File.ReadLines(CourseData.PathOf("pos", $"{part}.conllu"))
            .Where(line => line.StartsWith("# text = ", StringComparison.Ordinal))
            .Select(line => line[9..]);

    private static LabelledText[] Reviews(string part) =>
        [.. new LabelledTextFile(CourseData.PathOf("reviews", $"{part}.tsv")).Read()];

    private static string PlaceOf(string text, int testBelow, int devBelow)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
        var place = uint.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 100;
        return place < testBelow ? "test"
            : place < devBelow ? "dev"
            : "train";
    }

    private static string[] WordsOf(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:'\p{L}+)?")]
    private static partial Regex Word();
}
