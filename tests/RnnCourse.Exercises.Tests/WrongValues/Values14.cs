namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 14.</summary>
internal static class Values14
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["14.2"] = CellCounts, ["14.3"] = Attention };

    private static IEnumerable<Feedback> CellCounts()
    {
        foreach (var sets in new[] { 1, 2, 3, 4, 5 })
        {
            foreach (var biases in new[] { 0, 1, 3, 4, 5 })
            {
                if ((sets, biases) != (4, 4))
                {
                    yield return Check.CellParameters(
                        (D, H) => (sets * H * (D + H)) + (biases * H),
                        (D, H) => (3 * H * (D + H)) + (4 * H)
                    );
                }

                if ((sets, biases) != (3, 4))
                {
                    yield return Check.CellParameters(
                        (D, H) => 4 * H * (D + H + 1),
                        (D, H) => (sets * H * (D + H)) + (biases * H)
                    );
                }
            }
        }

        yield return Check.CellParameters((D, H) => 4 * H * (D + H + 1), null);
    }

    private static IEnumerable<Feedback> Attention()
    {
        double[] right = [3.0 / 7, 1.0 / 7, 3.0 / 7];
        const double context = 160 / 7.0;
        double[][] wrong =
        [
            [3, 1, 3],
            [Math.Log(3), 0, Math.Log(3)],
            [1.0 / 3, 1.0 / 3, 1.0 / 3],
            [0.5, 0, 0.5],
            [1.0 / 7, 3.0 / 7, 3.0 / 7],
            [3.0 / 7, 3.0 / 7, 1.0 / 7],
            [0.75, 0.25, 0],
            [1, 0, 0],
            [0.43, 0.14],
            [43, 14, 43],
            [-3.0 / 7, -1.0 / 7, -3.0 / 7],
        ];
        foreach (var weights in wrong)
        {
            yield return Check.AttentionByHand(weights, context);
        }

        foreach (var answer in new double?[] { null, 80.0 / 3, 80, 160, 30, double.NaN })
        {
            yield return Check.AttentionByHand(right, answer);
        }
    }
}
