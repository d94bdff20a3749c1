using RnnCourse.Core;
using RnnCourse.Exercises.Lesson03;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a learner's test for L04: it must pass models with one function for all steps, and fail the
    /// others.</summary>
    /// <param name="sameFunction">The learner's test. It gets networks over the thirteen words, D = 13, and must leave
    /// their parameters unchanged.</param>
    public static Feedback SameFunctionTest(Func<ISequenceNetwork, bool>? sameFunction) =>
        Attempt.Judge(
            Texts03.SameFunction,
            sameFunction,
            () => WishTestFaults.OfSameFunction(Verdicts(sameFunction!, Criteria03.SameFunctionModels, 304))
        );

    /// <summary>Checks a learner's test of a fourth wish: no output depends on a later input.</summary>
    /// <param name="noLookingAhead">The learner's test. It gets networks over the thirteen words, D = 13, that take up
    /// to six words.</param>
    public static Feedback NoLookingAheadTest(Func<ISequenceNetwork, bool>? noLookingAhead) =>
        Attempt.Judge(
            Texts03.NoLookingAhead,
            noLookingAhead,
            () => WishTestFaults.OfNoLookingAhead(Verdicts(noLookingAhead!, Criteria03.NoLookingAheadModels, 303))
        );

    /// <summary>Checks the learner's predictions which of the three tests a window of a hundred places
    /// passes.</summary>
    /// <param name="dependence">Whether it passes the test for dependence; null if there is no prediction yet.</param>
    /// <param name="anyLength">Whether it passes the test for any length.</param>
    /// <param name="sameFunction">Whether it passes the test for the same function.</param>
    public static Feedback WindowOfAHundred(bool? dependence, bool? anyLength, bool? sameFunction) =>
        Attempt.Judge(
            Texts03.Hundred,
            dependence is null && anyLength is null && sameFunction is null,
            () => Criteria03.Hundred.Fault((dependence, anyLength, sameFunction))
        );

    /// <summary>Checks a useless model that nevertheless fulfils the three wishes, and a stricter test that rejects
    /// it.</summary>
    /// <param name="useless">The model, over the thirteen words, D = 13; null if there is none yet.</param>
    /// <param name="sharper">The learner's test: false for this model, true for a recurrent network.</param>
    public static Feedback FooledTests(ISequenceNetwork? useless, Func<ISequenceNetwork, bool>? sharper) =>
        Attempt.Judge(Texts03.Fooled, useless is null, () => Criteria03.Fooled.Fault((useless!, sharper)));

    /// <summary>The verdicts of a learner's test on each model, and whether it left the model unchanged.</summary>
    private static List<ModelVerdict> Verdicts(
        Func<ISequenceNetwork, bool> test,
        IReadOnlyList<TestedModel> models,
        ulong seed
    )
    {
        var random = new SeededRandom(seed);
        var verdicts = new List<ModelVerdict>();
        foreach (var (key, name, make, expected) in models)
        {
            var net = make(random);
            var before = net.Parameters.Select(parameter => (double[])parameter.Values.Clone()).ToList();
            var passed = Attempt.Call($"for {name}", () => test(net));
            var changed = net
                .Parameters.Zip(before)
                .Where(pair => !pair.First.Values.AsSpan().SequenceEqual(pair.Second))
                .Select(pair => pair.First.Name)
                .FirstOrDefault();
            verdicts.Add(new(key, name, passed, expected, changed));
        }

        return verdicts;
    }
}
