namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 08.</summary>
internal static class Values08
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["08.2"] = Vanishing, ["08.4"] = Measures };

    private static IEnumerable<Feedback> Vanishing()
    {
        string[] names = ["dU", "dW", "dV", "db", "dc", "ds_0"];
        string[][] right =
        [
            ["dU", "dW", "db", "ds_0"],
            ["ds_0"],
            ["dU", "dW", "db", "ds_0"],
            ["dW"],
        ];
        string?[] texts = [.. right.Select(list => string.Join(' ', list))];
        for (var k = 0; k < 4; k++)
        {
            foreach (var name in names)
            {
                // One name more, or one less.
                string?[] given = [.. texts];
                given[k] = string.Join(
                    ' ',
                    right[k].Contains(name) ? right[k].Where(n => n != name) : right[k].Append(name)
                );
                yield return Check.Vanishing(given[0], given[1], given[2], given[3]);
            }

            string?[] open = [.. texts];
            open[k] = null;
            yield return Check.Vanishing(open[0], open[1], open[2], open[3]);
            open[k] = "dX";
            yield return Check.Vanishing(open[0], open[1], open[2], open[3]);
        }
    }

    private static IEnumerable<Feedback> Measures()
    {
        // The number that is subtracted, and the divisor.
        (Func<double, double, double, double> Difference, double Factor)[] differences =
        [
            ((above, here, below) => above - below, 0.5),
            ((above, here, below) => above - here, 1),
            ((above, here, below) => here - below, 1),
            ((above, here, below) => below - above, 0.5),
        ];
        foreach (var (difference, factor) in differences)
        {
            foreach (var divisor in new Func<double, double>[] { h => h, h => 2 * h, h => 1, h => 2 / h, h => 4 * h })
            {
                if (
                    divisor(1) * factor == 1
                    && divisor(2) == 4
                    && difference(1, 0, 0) == 1
                    && difference(0, 0, 1) == -1
                )
                {
                    continue;
                }

                yield return Measure((above, here, below, h) => difference(above, here, below) / divisor(h), 1e-5);
            }
        }

        foreach (var h in new[] { 0.1, 1e-2, 1e-3, 1e-11, 1e-13, 0 })
        {
            yield return Measure((above, here, below, step) => (above - below) / (2 * step), h);
        }
    }

    private static Feedback Measure(Func<double, double, double, double, double> slope, double h) =>
        Check.Measure(
            (loss, values) =>
            {
                var slopes = new double[values.Length];
                for (var k = 0; k < values.Length; k++)
                {
                    var value = values[k];
                    var here = loss();
                    values[k] = value + h;
                    var above = loss();
                    values[k] = value - h;
                    var below = loss();
                    values[k] = value;
                    slopes[k] = slope(above, here, below, h);
                }

                return slopes;
            }
        );
}
