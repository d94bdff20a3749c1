using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests;

public class WishesTests
{
    private static readonly SharedNetwork Shared = new(13, 8, 7, new SeededRandom(1));
    private static readonly FunctionPerStep PerStep = new(13, 8, 7, 6, new SeededRandom(1));
    private static readonly VanillaRnn Rnn = new(13, 8, 7, new SeededRandom(1));

    [Fact]
    public void The_shared_network_lacks_dependence_alone() =>
        Assert.Equal(new Wishes.Row("a", "✗", "✓", "✓"), Wishes.Scoreboard(("a", Shared)).Single());

    [Fact]
    public void A_function_per_step_has_dependence_alone() =>
        Assert.Equal(new Wishes.Row("b", "✓", "✗", "✗"), Wishes.Scoreboard(("b", PerStep)).Single());

    [Fact]
    public void The_recurrent_network_fulfils_all_three_even_untrained() =>
        Assert.Equal(new Wishes.Row("c", "✓", "✓", "✓"), Wishes.Scoreboard(("c", Rnn)).Single());

    [Fact]
    public void Functions_enough_for_every_length_asked_for_are_still_not_the_same_function()
    {
        var network = new FunctionPerStep(13, 2, 7, 100, new SeededRandom(1));
        Assert.True(Wishes.AnyLength(network));
        Assert.False(Wishes.SameFunction(network));
    }

    [Fact]
    public void One_parameter_of_a_single_step_is_found_behind_those_that_all_steps_share() =>
        Assert.False(Wishes.SameFunction(new LaterStepsDiffer()));

    [Fact]
    public void A_recurrent_network_that_never_passes_its_state_on_lacks_dependence() =>
        Assert.False(Wishes.Dependence(new Forgetful(Rnn)));

    [Fact]
    public void An_input_reaches_its_own_output_alone_in_the_shared_network()
    {
        var moved = Wishes.Influence(Shared, TinySentences.OneHot("they", "still", "fish"));
        Assert.All(moved.EnumerateIndexed(), cell => Assert.Equal(cell.Item1 == cell.Item2, cell.Item3 > 0));
    }

    [Fact]
    public void An_input_reaches_its_own_and_every_later_output_in_the_two_others()
    {
        ISequenceNetwork[] networks = [PerStep, Rnn];
        foreach (var network in networks)
        {
            var moved = Wishes.Influence(network, TinySentences.OneHot("they", "still", "fish"));
            Assert.All(moved.EnumerateIndexed(), cell => Assert.Equal(cell.Item2 <= cell.Item1, cell.Item3 > 0));
        }
    }

    [Fact]
    public void Influence_is_the_share_of_replacements_that_turn_a_sure_output_round()
    {
        var copies = new FirstWordKnower();
        var moved = Wishes.Influence(copies, TinySentences.OneHot("the", "fish"));
        Assert.Equal(11.0 / 12, moved[0, 0], 1e-12); // of the 12 other words, "every" alone leaves it a determiner
        Assert.Equal(11.0 / 12, moved[1, 0], 1e-12);
        Assert.Equal(0, moved[1, 1]);
    }

    [Fact]
    public void The_influence_in_an_empty_sequence_is_refused() =>
        Assert.Throws<ArgumentException>(() => Wishes.Influence(Rnn, []));

    [Fact]
    public void The_tests_leave_every_parameter_as_it_was()
    {
        var before = Rnn.Parameters.SelectMany(parameter => parameter.Values).ToArray();
        Wishes.Scoreboard(("c", Rnn));
        Assert.Equal(before, Rnn.Parameters.SelectMany(parameter => parameter.Values));
    }

    private sealed class Forgetful(VanillaRnn rnn) : ISequenceNetwork
    {
        public IReadOnlyList<ParameterView> Parameters => rnn.Parameters;

        public int ParameterCount => rnn.ParameterCount;

        public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) =>
            [.. x.Select(x_i => rnn.Step(x_i, rnn.s_0).y_i)];

        public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
            IReadOnlyList<Vector<double>> x,
            IReadOnlyList<int?> targets
        ) => throw new NotSupportedException();
    }

    private sealed class LaterStepsDiffer : ISequenceNetwork
    {
        private readonly double[] _shared = [1],
            _ofTheLast = [1];

        public IReadOnlyList<ParameterView> Parameters =>
            [new("shared", 1, 1, _shared), new("of the last", 1, 1, _ofTheLast)];

        public int ParameterCount => 2;

        public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) =>
            [.. x.Select((_, i) => Vector<double>.Build.Dense(1, _shared[0] + (i == x.Count - 1 ? _ofTheLast[0] : 0)))];

        public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
            IReadOnlyList<Vector<double>> x,
            IReadOnlyList<int?> targets
        ) => throw new NotSupportedException();
    }

    private sealed class FirstWordKnower : ISequenceNetwork
    {
        public IReadOnlyList<ParameterView> Parameters => [];

        public int ParameterCount => 0;

        public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) =>
            [.. x.Select(_ => Vector<double>.Build.Dense(2, k => (k == 0) == (x[0].MaximumIndex() < 2) ? 1 : 0))];

        public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
            IReadOnlyList<Vector<double>> x,
            IReadOnlyList<int?> targets
        ) => throw new NotSupportedException();
    }
}
