using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class SplitsTests
{
    [Fact]
    public void No_name_is_in_two_parts() => Disjoint(new NamesTask(new()).Split, name => name);

    [Fact]
    public void No_sentence_is_in_two_parts() =>
        Disjoint(new TaggingTask(new()).Split, sentence => sentence.ToString().ToLowerInvariant());

    [Fact]
    public void No_review_is_in_two_parts_nor_in_the_contrast_set()
    {
        var task = new ReviewTask(new());
        static string KeyOf(LabelledText review) => string.Join(' ', Tokens.Words(review.Text));
        Disjoint(task.Split, KeyOf);
        Assert.NotEmpty(task.Contrast);
        Assert.Empty(
            task.Contrast.Select(KeyOf)
                .Intersect(task.Split.Train.Concat(task.Split.Dev).Concat(task.Split.Test).Select(KeyOf))
        );
    }

    [Fact]
    public void The_two_of_a_contrast_pair_are_one_bag_of_words_with_opposite_labels()
    {
        var pairs = new ReviewTask(new()).Contrast.GroupBy(review => review.Pair).ToList();
        Assert.All(
            pairs,
            pair =>
            {
                Assert.Equal(2, pair.Select(review => review.Label).Distinct().Count());
                Assert.Single(
                    pair.Select(review =>
                            string.Join(
                                ' ',
                                Tokens
                                    .Words(review.Text)
                                    .Where(word => char.IsLetter(word[0]))
                                    .Order(StringComparer.Ordinal)
                            )
                        )
                        .Distinct()
                );
            }
        );
    }

    [Fact]
    public void No_forecast_of_the_test_part_is_learnt_from()
    {
        var task = new ForecastTask(new());
        // January 1950 is month 201·12 of the series; the training part ends before January 1920.
        Assert.Equal(201 * 12, task.TestWindows[0].TargetIndex);
        Assert.Equal(2819, task.TestWindows[^1].TargetIndex);
        Assert.StartsWith(
            "2052 numbers to learn from, 360 for choices, 408 to test on",
            task.Sizes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_parts_of_the_code_are_those_of_its_card()
    {
        // The characters on the card, and a line break between every two files; a character outside the basic plane
        // counts once.
        var sizes = new TextTask(new()).Sizes;
        Assert.StartsWith(
            $"{769_878 + 249} characters to learn from, {87_528 + 30} for choices, {100_011 + 30} to test on",
            sizes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_clip_is_drawn_twice()
    {
        // Drawn one after the other from one generator, the parts cannot share a clip, unless two draws are equal bit
        // by bit.
        var random = new SeededRandom(MotionClips.Seed);
        var first = MotionClips.Draw(500, random).Select(KeyOf).ToHashSet();
        Assert.Equal(500, first.Count);
        Assert.DoesNotContain(MotionClips.Draw(500, random).Select(KeyOf), first.Contains);
        static string KeyOf(Clip clip) => string.Join(' ', clip.Frames[0].Pixels);
    }

    private static void Disjoint<TItem>(DataSplit<TItem> split, Func<TItem, string> keyOf)
    {
        Assert.True(split.Train.Count > 0 && split.Dev.Count > 0 && split.Test.Count > 0);
        HashSet<string> train = [.. split.Train.Select(keyOf)],
            dev = [.. split.Dev.Select(keyOf)];
        Assert.Empty(dev.Intersect(train));
        Assert.DoesNotContain(split.Test.Select(keyOf), key => train.Contains(key) || dev.Contains(key));
    }
}
