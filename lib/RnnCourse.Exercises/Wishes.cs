using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises;

/// <summary>
/// The lecture's three wishes for a model of sequences (L02–L04), each as a test for any network over the words of
/// <see cref="TinySentences"/>. The tests only call the network: they do not depend on how it is built.
/// </summary>
public static class Wishes
{
    /// <summary>The lengths that <see cref="AnyLength"/> tests, in steps.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [1, TinySentences.MaxLength, TinySentences.MaxLength + 1, 100];

    /// <summary>Tests L02: does the last output depend on the first input?</summary>
    /// <param name="network">The network, with D = 13.</param>
    /// <returns>Whether the outputs at "fish" differ between "they still only fish" and "the still only
    /// fish".</returns>
    /// <exception cref="ArgumentException">The network takes inputs of another size than D = 13, or no sequences of
    /// four steps.</exception>
    public static bool Dependence(ISequenceNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var they = network.Predict(TinySentences.OneHot("they", "still", "only", "fish"));
        var the = network.Predict(TinySentences.OneHot("the", "still", "only", "fish"));
        return !they[^1].Equals(the[^1]);
    }

    /// <summary>Measures L02 for all inputs: how much each output depends on each input. Each word in turn is replaced
    /// by every other word, and each output is compared with its original value.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">The inputs x_1 … x_n, one-hot, each of shape (D) with D at least 2; n at least 1.</param>
    /// <returns>Shape (n, n). The number in row i, column j (from 0) is the probability that the output y_{i+1} moves
    /// from some classes to others when x_{j+1} is replaced, on average over the D − 1 replacements: 0 for none of it,
    /// 1 for all.</returns>
    /// <exception cref="ArgumentException">The network cannot take the sequence, or it is empty.</exception>
    public static Matrix<double> Influence(ISequenceNetwork network, IReadOnlyList<Vector<double>> x)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count == 0)
        {
            throw new ArgumentException("There is no input whose influence could be measured.", nameof(x));
        }

        var y = network.Predict(x);
        var moved = Matrix<double>.Build.Dense(x.Count, x.Count);
        for (var j = 0; j < x.Count; j++)
        {
            var others = Enumerable.Range(0, x[j].Count).Where(k => k != x[j].MaximumIndex()).ToList();
            foreach (var k in others)
            {
                var other = Vector<double>.Build.Dense(x[j].Count, d => d == k ? 1 : 0);
                var replaced = network.Predict([.. x.Select((x_i, i) => i == j ? other : x_i)]);
                for (var i = 0; i < x.Count; i++)
                {
                    moved[i, j] += (replaced[i] - y[i]).L1Norm() / 2 / others.Count;
                }
            }
        }

        return moved;
    }

    /// <summary>Tests L03: does the network give one output for each input, whatever their number?</summary>
    /// <param name="network">The network, with D = 13.</param>
    /// <returns>Whether it does so for each of <see cref="Lengths"/>; a length that it rejects with an
    /// <see cref="ArgumentException"/> makes the answer false.</returns>
    public static bool AnyLength(ISequenceNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var only = TinySentences.OneHot("only")[0];
        try
        {
            return Lengths.All(n => network.Predict([.. Enumerable.Repeat(only, n)]).Count == n);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Tests L04: are the same parameters used at each step?</summary>
    /// <param name="network">The network, with D = 13; its parameters are changed and exactly restored.</param>
    /// <returns>Whether the parameters that change y_1 when they are nudged are the same that change y_2, y_3 and
    /// y_4.</returns>
    /// <exception cref="ArgumentException">The network takes inputs of another size than D = 13, or no sequences of
    /// four steps.</exception>
    /// <remarks>All parameters are slightly changed at random before one is nudged, because a parameter that happens to
    /// be zero can hide another: W has no effect on y_1 while s_0 is zero.</remarks>
    public static bool SameFunction(ISequenceNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var x = TinySentences.OneHot("they", "still", "only", "fish");
        var random = new SeededRandom(2026);
        var parameters = network.Parameters;
        var before = parameters.Select(parameter => (double[])parameter.Values.Clone()).ToList();
        try
        {
            foreach (var parameter in parameters)
            {
                Nudge(parameter.Values, random);
            }

            var y = network.Predict(x);
            return parameters.All(parameter => MovesAllOrNone(parameter, network, x, y, random));
        }
        finally
        {
            for (var p = 0; p < before.Count; p++)
            {
                before[p].CopyTo(parameters[p].Values, 0);
            }
        }
    }

    /// <summary>Which wishes a model fulfils.</summary>
    /// <param name="Model">The model's name.</param>
    /// <param name="Dependence">"✓" if <see cref="Wishes.Dependence"/> is true, otherwise "✗" (L02).</param>
    /// <param name="AnyLength">"✓" if <see cref="Wishes.AnyLength"/> is true, otherwise "✗" (L03).</param>
    /// <param name="SameFunction">"✓" if <see cref="Wishes.SameFunction"/> is true, otherwise "✗" (L04).</param>
    public sealed record Row(string Model, string Dependence, string AnyLength, string SameFunction);

    /// <summary>Applies the three tests to each model.</summary>
    /// <param name="models">The models and their names.</param>
    /// <returns>One row for each, in the same order.</returns>
    /// <exception cref="ArgumentException">As for the tests.</exception>
    public static IReadOnlyList<Row> Scoreboard(params IReadOnlyList<(string Name, ISequenceNetwork Network)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return
        [
            .. models.Select(model => new Row(
                model.Name,
                Mark(Dependence(model.Network)),
                Mark(AnyLength(model.Network)),
                Mark(SameFunction(model.Network))
            )),
        ];
    }

    private static string Mark(bool holds) => holds ? "✓" : "✗";

    private static bool MovesAllOrNone(
        ParameterView parameter,
        ISequenceNetwork network,
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<Vector<double>> y,
        SeededRandom random
    )
    {
        var kept = (double[])parameter.Values.Clone();
        Nudge(parameter.Values, random);
        var moved = network.Predict(x).Zip(y).Count(pair => !pair.First.Equals(pair.Second));
        kept.CopyTo(parameter.Values, 0);
        return moved == 0 || moved == x.Count;
    }

    // By a different amount each: the same amount for all scores of a softmax would change nothing.
    private static void Nudge(double[] values, SeededRandom random)
    {
        for (var k = 0; k < values.Length; k++)
        {
            values[k] += random.NextUniform(-0.1, 0.1);
        }
    }
}
