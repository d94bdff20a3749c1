using RnnCourse.Exercises.Lesson00;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks which word is the commonest in the training sentences, as read from a figure.</summary>
    /// <param name="word">The word; null if it has not been read yet.</param>
    public static Feedback CommonestWord(string? word) =>
        Attempt.Judge(
            Texts00.Commonest,
            string.IsNullOrWhiteSpace(word),
            () => Criteria00.Commonest.Fault(word!.Trim())
        );

    /// <summary>Checks a method that adds up products: w_1 x_1 + w_2 x_2 + …, a weighted sum.</summary>
    /// <param name="weightedSum">The learner's method. It takes the weights, shape (n), and the numbers, shape (n), and
    /// returns their weighted sum; n may be 0.</param>
    public static Feedback WeightedSum(Func<double[], double[], double>? weightedSum) =>
        Attempt.Judge(
            Texts00.Sum,
            weightedSum,
            () =>
            {
                var cases = new List<(double[] W, double[] X, double Given)>();
                foreach (var (w, x) in SumFaults.Cases)
                {
                    double[] weights = [.. w],
                        numbers = [.. x];
                    cases.Add((w, x, Attempt.Call($"for {w.Length} weights", () => weightedSum!(weights, numbers))));
                    if (!weights.SequenceEqual(w))
                    {
                        return Findings.Changed("the array of weights");
                    }

                    if (!numbers.SequenceEqual(x))
                    {
                        return Findings.Changed("the array of numbers");
                    }
                }

                return SumFaults.Of(cases);
            }
        );
}
