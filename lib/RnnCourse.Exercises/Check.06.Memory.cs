using RnnCourse.Core;
using RnnCourse.Exercises.Lesson06;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a test for the forgotten state: it must pass networks that remember, and fail those that
    /// don't.</summary>
    /// <param name="remembers">The learner's test. It gets a method that predicts, from n inputs of shape (D) to n
    /// outputs of shape (K), and a network with D = 13, K = 7.</param>
    public static Feedback StateTest(Func<PredictMethod, VanillaRnn, bool>? remembers) =>
        Attempt.Judge(
            Texts06.Test,
            remembers,
            () =>
            {
                Finding? wrong = null;
                foreach (var seed in new ulong[] { 21, 22, 23 })
                {
                    var net = SampleNetwork.Recurrent(seed, 13, 8, 7);
                    bool Ask(string name, PredictMethod predict) =>
                        Attempt.Call($"when it tested {name}", () => remembers!(predict, ArgumentCopies.Twin(net)));
                    var passesHealthy = Ask("a recurrent network", (rnn, x) => rnn.Predict(x));
                    var passesBroken = Ask(
                        "a network that forgets",
                        (rnn, x) => [.. x.Select(x_i => rnn.Step(x_i, rnn.s_0).y_i)]
                    );
                    if (passesHealthy && passesBroken)
                    {
                        wrong ??= TestFaults.PassesAll;
                    }
                    else if (!passesHealthy && !passesBroken)
                    {
                        wrong ??= TestFaults.FailsAll;
                    }
                    else if (passesBroken)
                    {
                        wrong ??= TestFaults.WrongWayRound;
                    }
                }

                return wrong;
            }
        );

    /// <summary>Checks the special case: a recurrent network with W = 0 and a shared network with the same
    /// numbers.</summary>
    /// <param name="recurrent">The recurrent network, D = 13 and K = 7.</param>
    /// <param name="shared">The shared network.</param>
    public static Feedback SpecialCase(VanillaRnn? recurrent, SharedNetwork? shared) =>
        Attempt.Judge(
            Texts06.SpecialCase,
            recurrent is null || shared is null,
            () => Criteria06.SpecialCase.Fault((recurrent!, shared!))
        );

    /// <summary>Checks with which filler a network does not forget its first word.</summary>
    /// <param name="rnn">The network whose curves were drawn, D = 13.</param>
    /// <param name="word">"still", "only" or "just"; null if not chosen yet.</param>
    public static Feedback FlatCurve(VanillaRnn? rnn, string? word) =>
        Attempt.Judge(
            Texts06.Forgetting,
            rnn is null || word is null,
            () => Criteria06.Forgetting.Fault((rnn!, word!))
        );

    /// <summary>Checks a network whose weights were chosen by hand: it must tag "fish" correctly with fifty words in
    /// between.</summary>
    /// <param name="byHand">The network, D = 13, K = 7, H at most 4.</param>
    public static Feedback HandMade(VanillaRnn? byHand) =>
        Attempt.Judge(Texts06.HandMade, byHand is null, () => Criteria06.HandMade.Fault(byHand!));
}
