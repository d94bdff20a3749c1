using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Exercises.Lesson02;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a bag of pairs of neighbours, and two sentences with opposite labels that even this bag can't
    /// tell apart.</summary>
    /// <param name="pairBag">The learner's method: from the words to a vector of shape (169), or of another fixed size,
    /// which counts each pair at a separate place.</param>
    /// <param name="first">One sentence, its words with spaces between; null if there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback PairBag(
        Func<IReadOnlyList<string>, Vector<double>>? pairBag,
        string? first,
        string? second
    ) =>
        Attempt.Judge(
            Texts02.PairBag,
            pairBag,
            () =>
            {
                Vector<double> Of(string[] words) =>
                    Attempt.Call($"for “{string.Join(' ', words)}”", () => pairBag!([.. words]))
                    ?? throw Attempt.Blank();
                return Criteria02.PairBag.Fault((Of, first, second));
            }
        );
}
