using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public class TinySentencesAccuracyByStepTests
{
    private static readonly IReadOnlyList<TinySentences.Sentence> Sentences =
    [
        TinySentences.Tag("they", "fish"),
        TinySentences.Tag("the", "fish", "can", "swim"),
        TinySentences.Tag("swim"),
    ];

    [Fact]
    public void Each_step_counts_the_sentences_that_reach_it() =>
        Assert.Equal([0, 0.5, 0, 1], TinySentences.AccuracyByStep(new AlwaysVerb(), [.. Sentences.Take(2)]));

    [Fact]
    public void Only_the_given_word_is_counted_and_a_step_without_it_is_NaN() =>
        Assert.Equal([1, double.NaN, double.NaN, 1], TinySentences.AccuracyByStep(new AlwaysVerb(), Sentences, "swim"));

    private sealed class AlwaysVerb : ISequenceNetwork
    {
        public IReadOnlyList<ParameterView> Parameters => [];

        public int ParameterCount => 0;

        public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) =>
            [.. x.Select(_ => Vector<double>.Build.Dense(7, k => k == 6 ? 1 : 0))];

        public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
            IReadOnlyList<Vector<double>> x,
            IReadOnlyList<int?> targets
        ) => throw new NotSupportedException();
    }
}
