namespace RnnCourse.Tasks;

/// <summary>Turns scores into probabilities.</summary>
internal static class Probabilities
{
    /// <summary>softmax, shifted by the largest score so that nothing overflows.</summary>
    public static double[] Of(ReadOnlySpan<float> scores)
    {
        var p = new double[scores.Length];
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        var sum = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            sum += p[k] = Math.Exp(scores[k] - largest);
        }

        for (var k = 0; k < p.Length; k++)
        {
            p[k] /= sum;
        }

        return p;
    }
}
