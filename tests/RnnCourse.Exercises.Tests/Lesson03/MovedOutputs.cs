using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.Lesson03;

/// <summary>What the table of exercise 03.1 is about: which outputs a parameter moves.</summary>
internal static class MovedOutputs
{
    /// <summary>How many of the outputs each parameter changes. The network is left as it was.</summary>
    /// <param name="net">The network.</param>
    /// <param name="seed">The seed of random numbers that are added first, so that no zero hides a parameter.</param>
    /// <param name="by">Their largest size; 0 for none.</param>
    /// <param name="all">Whether all numbers of a parameter are changed, or the first alone.</param>
    /// <param name="words">The length of the sentence.</param>
    public static int[] Of(ISequenceNetwork net, ulong seed = 1, double by = 0.1, bool all = true, int words = 4)
    {
        var kept = net.Parameters.Select(parameter => parameter.Values.ToArray()).ToList();
        var random = new SeededRandom(seed);
        foreach (var values in net.Parameters.Select(parameter => parameter.Values))
        {
            for (var k = 0; k < values.Length; k++)
            {
                values[k] += random.NextUniform(-by, by);
            }
        }

        // Each word is the same, so that one column of U belongs to all of them.
        var x = TinySentences.OneHot([.. Enumerable.Repeat("the", words)]);
        var before = net.Predict(x);
        int[] moved =
        [
            .. net.Parameters.Select(parameter =>
            {
                var own = parameter.Values.ToArray();
                for (var k = 0; k < (all ? own.Length : 1); k++)
                {
                    parameter.Values[k] += 0.5 + (0.1 * k);
                }

                var after = net.Predict(x);
                own.CopyTo(parameter.Values, 0);
                return before.Zip(after).Count(pair => !pair.First.Equals(pair.Second));
            }),
        ];
        foreach (var (parameter, values) in net.Parameters.Zip(kept))
        {
            values.CopyTo(parameter.Values, 0);
        }

        return moved;
    }
}
