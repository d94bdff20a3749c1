namespace RnnCourse.Exercises.Tests.Lesson00;

/// <summary>The checks of lesson 00: typical first mistakes, each told apart.</summary>
public sealed class FirstStepsTests
{
    private static readonly Dictionary<string, Func<double[], double[], double>> WrongSums = new()
    {
        ["product-of-sums"] = (w, x) => w.Sum() * x.Sum(),
        ["added"] = (w, x) => w.Concat(x).Sum(),
        ["weights-ignored"] = (w, x) => x.Sum(),
        ["numbers-ignored"] = (w, x) => w.Sum(),
        ["last-only"] = (w, x) =>
        {
            var sum = 0.0;
            for (var k = 0; k < w.Length; k++)
            {
                sum = w[k] * x[k];
            }

            return sum;
        },
        ["last-forgotten"] = (w, x) =>
        {
            var sum = 0.0;
            for (var k = 0; k < w.Length - 1; k++)
            {
                sum += w[k] * x[k];
            }

            return sum;
        },
        ["first-forgotten"] = (w, x) =>
        {
            var sum = 0.0;
            for (var k = 1; k < w.Length; k++)
            {
                sum += w[k] * x[k];
            }

            return sum;
        },
        ["averaged"] = (w, x) => w.Zip(x, (a, b) => a * b).Sum() / w.Length,
        ["whole-numbers"] = (w, x) =>
        {
            var sum = 0;
            for (var k = 0; k < w.Length; k++)
            {
                sum += (int)(w[k] * x[k]);
            }

            return sum;
        },
        ["not-finite"] = (w, x) => double.NaN,
        ["constant"] = (w, x) => -1,
        ["differs"] = (w, x) => w.Zip(x, (a, b) => Math.Pow(a, 3) * b).Sum(),
        ["index"] = (w, x) =>
        {
            var sum = 0.0;
            for (var k = 0; k <= w.Length; k++)
            {
                sum += w[k] * x[k];
            }

            return sum;
        },
        ["changed"] = (w, x) =>
        {
            for (var k = 0; k < w.Length; k++)
            {
                w[k] *= x[k];
            }

            return w.Sum();
        },
    };

    public static TheoryData<string> Names => [.. WrongSums.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_sum_is_named(string name)
    {
        var feedback = Check.WeightedSum(WrongSums[name]);
        Assert.True(feedback.Fault == name, feedback.ToString());
        Assert.Equal(2, feedback.Hint().Hints.Distinct().Count());
    }

    [Fact]
    public void A_right_sum_may_be_written_otherwise_and_in_float()
    {
        Assert.Equal(
            FeedbackState.Correct,
            Check.WeightedSum((w, x) => w.Zip(x).Sum(pair => pair.First * pair.Second)).State
        );
        Assert.Equal(
            FeedbackState.Correct,
            Check.WeightedSum((w, x) => w.Select((_, k) => (float)w[^(k + 1)] * (float)x[^(k + 1)]).Sum()).State
        );
    }

    [Fact]
    public void The_commonest_word_is_told_from_all_others()
    {
        var counts = RnnCourse
            .Datasets.TinySentences.Train.SelectMany(s => s.Words)
            .CountBy(word => word)
            .OrderByDescending(pair => pair.Value)
            .ToList();
        Assert.True(counts[0].Value > counts[1].Value, "two words are the commonest");
        Assert.Equal(FeedbackState.Correct, Check.CommonestWord($" {counts[0].Key} ").State);
        Assert.All(
            counts.Skip(1),
            pair =>
                Assert.Equal(pair.Value == counts[^1].Value ? "rarest" : "rarer", Check.CommonestWord(pair.Key).Fault)
        );
        Assert.Contains(
            "one word occurs more often",
            Check.CommonestWord(counts[1].Key).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("unknown-word", Check.CommonestWord("swam").Fault);
    }

    [Fact]
    public void Blanks_are_not_attempted_yet() =>
        Assert.All(
            [
                Check.CommonestWord(null),
                Check.CommonestWord(" "),
                Check.WeightedSum(null),
                Check.WeightedSum((_, _) => throw new NotImplementedException()),
            ],
            blank => Assert.Equal(FeedbackState.NotAttempted, blank.State)
        );
}
