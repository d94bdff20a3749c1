namespace RnnCourse.Exercises.Lesson00;

/// <summary>The exercises of lesson 00.</summary>
internal static class Texts00
{
    public static Exercise Commonest { get; } =
        new(
            "00.1",
            "read a figure",
            "Put the word with the highest bar in place of null, between quotes.",
            "That is the word with the highest bar. The check has counted for itself, so it can't be "
                + "fooled by a misread figure.",
            "Look at the bars: which is the highest, and which word stands below it?",
            "In a new cell: counts.MaxBy(pair => pair.Value)",
            """
            // Exercise 1: read a figure
            Check.CommonestWord(counts.MaxBy(pair => pair.Value).Key)
            """
        )
        {
            RightIf = Criteria00.Commonest,
        };

    public static Exercise Sum { get; } =
        new(
            "00.2",
            "make a check turn green",
            "Write the loop in place of the exception.",
            "Each weight multiplies its number, and the products are added up. A neural network does "
                + "little else: from lesson 02 on, every number in it is a weighted sum, bent a little.",
            "A variable that starts at 0, a loop over the places, and += within it.",
            "var sum = 0.0; for (var k = 0; k < w.Length; k++) sum += w[k] * x[k]; return sum;",
            """
            // Exercise 2: make a check turn green
            double WeightedSum(double[] w, double[] x)
            {
                var sum = 0.0;
                for (var k = 0; k < w.Length; k++) sum += w[k] * x[k];
                return sum;
            }
            Check.WeightedSum(WeightedSum)
            """
        )
        {
            RightIf = Criteria00.Sum,
        };
}
