namespace RnnCourse.Tasks;

/// <summary>Turns scores into probabilities.</summary>
internal static class Probabilities
{
    /// <summary>The cross-entropy of one output, in nats: −ln softmax(scores)[target].</summary>
    public static double LossOf(ReadOnlySpan<float> scores, int target)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        var sum = 0.0;
        foreach (var score in scores)
        {
            sum += Math.Exp(score - largest);
        }

        return Math.Log(sum) - (scores[target] - largest);
    }

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
