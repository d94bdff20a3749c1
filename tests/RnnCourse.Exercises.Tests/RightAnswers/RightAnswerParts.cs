using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>What right answers to several lessons are built from.</summary>
internal static class RightAnswerParts
{
    public static Dictionary<string, Func<Feedback>> Judged<T>(
        Func<T, Feedback> check,
        params (string Name, T Answer)[] answers
    ) => answers.ToDictionary(answer => answer.Name, answer => (Func<Feedback>)(() => check(answer.Answer)));

    public static Dictionary<string, Func<Feedback>> Ways(
        Func<Func<double[], double[], double>, Feedback> check,
        params (string Name, Func<double[], double[], double> Answer)[] answers
    ) => Judged(check, answers);

    public static Dictionary<string, Func<Feedback>> Ways(
        Func<Func<ISequenceNetwork, bool>, Feedback> check,
        params (string Name, Func<ISequenceNetwork, bool> Answer)[] answers
    ) => Judged(check, answers);

    public static Vector<double> Vector(double[] values) => Vector<double>.Build.DenseOfArray(values);

    public static double[] Normalised(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return [.. all.Select(value => value / all.Sum())];
    }
}
