using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Encoders;

namespace RnnCourse.Tests.Baselines;

public sealed class BaselineTests
{
    [Fact]
    public void The_most_frequent_tag_is_given_and_unknown_words_go_by_their_ending()
    {
        (string, string)[] tagged =
        [
            ("The", "DET"),
            ("run", "NOUN"),
            ("run", "VERB"),
            ("Run", "VERB"),
            ("running", "VERB"),
            ("Anna", "PROPN"),
            ("the", "DET"),
            ("the", "DET"),
        ];
        var plain = MostFrequentTag.Fit(tagged);
        Assert.Equal(["DET", "VERB", "DET"], new[] { "THE", "run", "jumping" }.Select(plain.Predict));
        var byEnding = MostFrequentTag.Fit(tagged, byEnding: true);
        Assert.Equal(["VERB", "PROPN", "DET"], new[] { "jumping", "Maria", "xyz" }.Select(byEnding.Predict));
        Assert.Throws<ArgumentException>(() => MostFrequentTag.Fit([]));
    }

    [Fact]
    public void Endings_of_words_with_a_capital_are_counted_apart()
    {
        var byEnding = MostFrequentTag.Fit([("Rome", "PROPN"), ("come", "VERB"), ("some", "VERB")], byEnding: true);
        Assert.Equal(["PROPN", "VERB"], new[] { "Dome", "dome" }.Select(byEnding.Predict));
    }

    [Fact]
    public void A_regression_reaches_the_probabilities_that_were_counted()
    {
        // One feature and almost no penalty: the best model gives the shares in the data.
        (int[], int)[] examples =
        [
            .. Enumerable.Repeat<(int[], int)>(([0], 1), 30),
            .. Enumerable.Repeat<(int[], int)>(([0], 0), 10),
            .. Enumerable.Repeat<(int[], int)>(([], 0), 40),
            .. Enumerable.Repeat<(int[], int)>(([], 2), 10),
        ];
        var model = SoftmaxRegression.Fit(examples, 1, 3, penalty: 1e-6, iterations: 20_000);
        Assert.Equal(0.75, model.Probabilities([0])[1], 0.02);
        Assert.Equal(0.8, model.Probabilities([])[0], 0.02);
        Assert.Equal(1, model.Predict([0]));
        Assert.Equal(0, model.Predict([]));
    }

    [Fact]
    public void A_bag_gives_the_same_answer_in_any_order()
    {
        var model = SoftmaxRegression.Fit([([0, 1], 0), ([2, 3], 1), ([0, 3], 1)], 4, 2);
        Assert.Equal(model.Probabilities([0, 1, 3])[0], model.Probabilities([3, 1, 0])[0], 1e-12);
    }

    [Fact]
    public void A_linear_model_finds_the_weights_that_made_a_series()
    {
        var random = new SeededRandom(1);
        var series = new double[2000];
        for (var k = 2; k < series.Length; k++)
        {
            series[k] = 3 + (1.2 * series[k - 1]) - (0.5 * series[k - 2]) + (0.1 * random.NextNormal());
        }

        var model = LinearAutoregression.Fit(SeriesWindows.Cut(series, 2, 1, 100, 2000));
        Assert.Equal(-0.5, model.Weights[0], 0.05);
        Assert.Equal(1.2, model.Weights[1], 0.05);
        Assert.Equal(3, model.Weights[2], 0.5);
        Assert.Equal(model.Weights[2] + model.Weights[0] + (2 * model.Weights[1]), model.Predict([1, 2]), 1e-12);
        Assert.Throws<ArgumentException>(() => LinearAutoregression.Fit([]));
    }
}
