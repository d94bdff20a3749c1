using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class TinySentencesTests
{
    private static readonly IReadOnlyList<TinySentences.Sentence> All = [.. TinySentences.Train, .. TinySentences.Test];

    [Fact]
    public void There_are_120_sentences_to_train_on_and_60_others_to_test_on()
    {
        Assert.Equal((120, 60), (TinySentences.Train.Count, TinySentences.Test.Count));
        Assert.Equal(180, All.Select(sentence => sentence.ToString()).Distinct().Count());
    }

    [Fact]
    public void The_data_are_the_same_on_every_machine()
    {
        // A change here changes every number that the lessons print.
        Assert.Equal(13, TinySentences.Vocabulary.Count);
        Assert.Equal(["DET", "PRON", "AUX", "ADJ", "ADV", "NOUN", "VERB"], TinySentences.TagSet);
        var bytes = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', All));
        Assert.Equal(
            "4bc3c7bcb8dec314",
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16]
        );
    }

    [Fact]
    public void Every_tag_is_the_grammars_and_every_word_has_one() =>
        Assert.All(
            All,
            sentence =>
            {
                Assert.Equal(TinySentences.Tag(sentence.Words).Tags, sentence.Tags);
                Assert.Equal(sentence.Words.Count, sentence.Tags.Count);
            }
        );

    [Fact]
    public void Sentences_of_every_length_occur_but_those_of_one_word_in_the_training_part_alone()
    {
        static IEnumerable<int> Lengths(IReadOnlyList<TinySentences.Sentence> part) =>
            part.Select(sentence => sentence.Words.Count).Distinct().Order();
        Assert.Equal(Enumerable.Range(1, TinySentences.MaxLength), Lengths(TinySentences.Train));
        Assert.Equal(Enumerable.Range(2, TinySentences.MaxLength - 1), Lengths(TinySentences.Test));
        Assert.Equal(4, TinySentences.Train.Count(sentence => sentence.Words.Count == 1));
    }

    [Fact]
    public void Every_word_occurs_and_the_ambiguous_ones_under_both_of_their_tags_in_both_parts()
    {
        foreach (var part in new[] { TinySentences.Train, TinySentences.Test })
        {
            var tags = TagsByWord(part);
            Assert.Equal(TinySentences.Vocabulary.Order(), tags.Keys.Order());
            foreach (var word in new[] { "cook", "guide", "fish", "swim" })
            {
                Assert.Equal(["NOUN", "VERB"], tags[word].Distinct().Order());
            }

            foreach (var word in new[] { "still", "only", "just" })
            {
                Assert.Equal(["ADJ", "ADV"], tags[word].Distinct().Order());
            }

            Assert.Equal(7, tags.Values.Count(word => word.Distinct().Count() > 1));
        }
    }

    [Fact]
    public void A_tag_follows_from_the_words_up_to_its_own() =>
        Gen.Select(Gen.Int[1, 40], Gen.ULong)
            .Sample(
                (length, seed) =>
                {
                    var sentence = TinySentences.Draw(length, new SeededRandom(seed));
                    for (var n = 0; n <= length; n++)
                    {
                        Assert.Equal(sentence.Tags.Take(n), TinySentences.Tag([.. sentence.Words.Take(n)]).Tags);
                    }
                }
            );

    [Fact]
    public void A_drawn_sentence_has_exactly_the_length_asked_for() =>
        Gen.Select(Gen.Int[1, 200], Gen.ULong)
            .Sample(
                (length, seed) =>
                {
                    var sentence = TinySentences.Draw(length, new SeededRandom(seed));
                    Assert.Equal(length, sentence.Words.Count);
                    Assert.Equal(length, sentence.Tags.Count);
                    Assert.Contains("VERB", sentence.Tags);
                    Assert.Equal(sentence.Tags.Count(tag => tag == "DET"), sentence.Tags.Count(tag => tag == "NOUN"));
                }
            );

    [Fact]
    public void A_tag_may_hang_on_a_word_any_number_of_steps_back()
    {
        string[] fillers = [.. Enumerable.Repeat("still", 150)];
        Assert.Equal("NOUN", TinySentences.Tag(["the", .. fillers, "fish"]).Tags[^1]);
        Assert.Equal("VERB", TinySentences.Tag(["they", .. fillers, "fish"]).Tags[^1]);
    }

    [Fact]
    public void The_documented_sentence_is_tagged_as_documented() =>
        Assert.Equal(
            ["PRON", "ADV", "ADV", "VERB", "DET", "ADJ", "NOUN"],
            TinySentences.Tag("they", "only", "just", "guide", "the", "still", "guide").Tags
        );

    [Fact]
    public void No_tagger_that_sees_one_word_at_a_time_gets_every_tag_right()
    {
        // The best of them gives each word its most frequent tag; even one with the counts of the test part fails.
        double Best(IReadOnlyList<TinySentences.Sentence> counted)
        {
            var best = TagsByWord(counted)
                .ToDictionary(
                    word => word.Key,
                    word => word.Value.GroupBy(tag => tag).MaxBy(tags => tags.Count())!.Key
                );
            var pairs = TinySentences.Test.SelectMany(sentence => sentence.Words.Zip(sentence.Tags)).ToArray();
            return pairs.Count(pair => best[pair.First] == pair.Second) / (double)pairs.Length;
        }

        Assert.InRange(Best(TinySentences.Train), 0.5, 0.85);
        Assert.InRange(Best(TinySentences.Test), 0.5, 0.85);
    }

    [Fact]
    public void A_recurrent_network_gets_every_tag_right_and_a_network_without_memory_does_not()
    {
        var examples = TinySentences.Train.Select(TinySentences.ToExample).ToArray();
        var recurrent = new VanillaRnn(13, 12, 7, new SeededRandom(1));
        var shared = new SharedNetwork(13, 12, 7, new SeededRandom(1));
        foreach (var network in new ISequenceNetwork[] { recurrent, shared })
        {
            GradientDescent.Train(network, examples, epochs: 60, learningRate: 0.1, new SeededRandom(2));
        }

        Assert.Equal(1, TinySentences.Accuracy(recurrent, TinySentences.Test));
        Assert.InRange(TinySentences.Accuracy(shared, TinySentences.Test), 0.5, 0.85);
    }

    [Fact]
    public void One_hot_vectors_have_a_single_one_at_the_words_number()
    {
        var x = TinySentences.OneHot(TinySentences.Vocabulary);
        Assert.Equal(Matrix<double>.Build.DenseIdentity(13), Matrix<double>.Build.DenseOfRowVectors(x));
        Assert.Empty(TinySentences.OneHot());
    }

    [Fact]
    public void An_example_holds_the_numbers_of_words_and_tags_and_reading_gives_the_tags_back()
    {
        var sentence = TinySentences.Tag("every", "just", "cook", "will", "swim");
        var (x, targets) = TinySentences.ToExample(sentence);
        Assert.Equal(TinySentences.OneHot(sentence.Words), x);
        Assert.Equal([0, 3, 5, 2, 6], targets);
        var perfect = targets.Select(k => Vector<double>.Build.Dense(7, j => j == k ? 1 : 0)).ToArray();
        Assert.Equal(sentence.Tags, TinySentences.ReadTags(perfect));
    }

    [Fact]
    public void Accuracy_is_the_share_of_words_tagged_right()
    {
        // This network always answers the tag number 6, VERB.
        var network = new SharedNetwork(13, 1, 7, new SeededRandom(1));
        network.V.Clear();
        network.c[6] = 1;
        Assert.Equal(0.25, TinySentences.Accuracy(network, [TinySentences.Tag("they", "can", "still", "fish")]));
        Assert.Equal(
            0.4,
            TinySentences.Accuracy(
                network,
                [TinySentences.Tag("they", "can", "still", "fish"), TinySentences.Tag("swim")]
            )
        );
        Assert.Throws<ArgumentException>("sentences", () => TinySentences.Accuracy(network, []));
    }

    [Fact]
    public void Unknown_words_tags_and_lengths_are_refused()
    {
        foreach (
            var call in new Action[]
            {
                () => TinySentences.Tag("they", "fly"),
                () => TinySentences.OneHot("they", "fly"),
            }
        )
        {
            Assert.Contains(
                "'fly' is not in the vocabulary: the, every",
                Assert.Throws<ArgumentException>(call).Message,
                StringComparison.Ordinal
            );
        }

        var tag = Assert.Throws<ArgumentException>("sentence", () => TinySentences.ToExample(new(["fish"], ["FISH"])));
        Assert.Contains("'FISH' is not a tag", tag.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("length", () => TinySentences.Draw(0, new SeededRandom(1)));
    }

    private static Dictionary<string, string[]> TagsByWord(IReadOnlyList<TinySentences.Sentence> sentences) =>
        sentences
            .SelectMany(sentence => sentence.Words.Zip(sentence.Tags))
            .GroupBy(pair => pair.First, pair => pair.Second)
            .ToDictionary(word => word.Key, word => word.ToArray());
}
