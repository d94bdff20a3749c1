using RnnCourse.Exercises.Lesson12;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a method that predicts the next letter of a name: on test names its loss must be below that of
    /// counted pairs of letters.</summary>
    /// <param name="task">The names.</param>
    /// <param name="predict">The learner's method: from the symbols so far, shape (1 or more), the first of them 0, to
    /// a probability for each symbol, shape (K).</param>
    public static Feedback BeatsTheBigram(NamesTask? task, Func<IReadOnlyList<int>, double[]>? predict) =>
        Attempt.Judge(
            Texts12.BeatTheBigram,
            task is null || predict is null,
            () => Criteria12.BeatTheBigram.Fault((task!, predict!))
        );

    /// <summary>Checks which letter of a name surprises a network most.</summary>
    /// <param name="task">The names, for their letters' numbers.</param>
    /// <param name="model">The trained network, with D = K = the number of symbols.</param>
    /// <param name="name">A name that the learner chose.</param>
    /// <param name="place">The letter's place, from 1; the number of letters plus 1 for the end of the name.</param>
    public static Feedback MostSurprising(NamesTask? task, SequenceModel<double>? model, string? name, int? place) =>
        Attempt.Judge(
            Texts12.Surprise,
            task is null || model is null || string.IsNullOrEmpty(name) || place is null,
            () => Criteria12.Surprise.Fault(new(task!, model!, name!, place!.Value))
        );
}
