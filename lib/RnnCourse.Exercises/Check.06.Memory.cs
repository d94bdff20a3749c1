using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson06;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly string[] Fillers = ["still", "only", "just"];

    // The pair as the lesson writes it, and with "still" fifty times.
    private static readonly string[][] WordsBetween =
    [
        ["still", "only"],
        [.. Enumerable.Repeat("still", 50)],
    ];

    /// <summary>Checks a test for the forgotten state: it must pass networks that remember, and fail those that
    /// don't.</summary>
    /// <param name="remembers">The learner's test. It is handed a method that predicts, from n inputs of shape (D) to n
    /// outputs of shape (K), and a network with D = 13, K = 7.</param>
    public static Feedback StateTest(Func<PredictMethod, VanillaRnn, bool>? remembers) =>
        Attempt.Judge(
            Texts06.Test,
            remembers is null,
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
            () =>
            {
                if (recurrent!.W.Enumerate().Any(w => w != 0))
                {
                    return MemoryFaults.WNotZero;
                }

                if (recurrent.U.Enumerate().All(u => u == 0) || recurrent.V.Enumerate().All(v => v == 0))
                {
                    return MemoryFaults.Trivial;
                }

                var pairs = new[]
                {
                    (Quantity.Of("U", shared!.U), Quantity.Of("U", recurrent.U)),
                    (Quantity.Of("V", shared.V), Quantity.Of("V", recurrent.V)),
                    (Quantity.Of("b", shared.b), Quantity.Of("b", recurrent.b)),
                    (Quantity.Of("c", shared.c), Quantity.Of("c", recurrent.c)),
                };
                foreach (var (own, other) in pairs)
                {
                    if (own.FaultOfForm(other) is { } form)
                    {
                        return form;
                    }
                    else if (!own.Values.SequenceEqual(other.Values))
                    {
                        return MemoryFaults.NotCopied(own.Name);
                    }
                }

                return TinySentences
                    .Test.Select(sentence => TinySentences.OneHot(sentence.Words))
                    .All(x =>
                        recurrent
                            .Predict(x)
                            .Zip(shared.Predict(x))
                            .All(pair => Quantity.Of("", pair.First).IsNear(Quantity.Of("", pair.Second)))
                    )
                    ? null
                    : MemoryFaults.NotCopied("y");
            }
        );

    /// <summary>Checks with which filler a network does not forget its first word.</summary>
    /// <param name="rnn">The network that the curves were drawn of, D = 13.</param>
    /// <param name="word">"still", "only" or "just"; null where nothing was chosen yet.</param>
    public static Feedback FlatCurve(VanillaRnn? rnn, string? word) =>
        Attempt.Judge(
            Texts06.Forgetting,
            rnn is null || word is null,
            () =>
            {
                double Apart(string filler) => (After("they", filler) - After("the", filler)).L2Norm();
                Vector<double> After(string first, string filler) =>
                    rnn!.Forward(TinySentences.OneHot([first, .. Enumerable.Repeat(filler, 29)])).s[^1];
                return !Fillers.Contains(word) ? MemoryFaults.NoFiller(word!)
                    : word == Fillers.MaxBy(Apart) ? null
                    : MemoryFaults.Falls(word!);
            }
        );

    /// <summary>Checks a network whose weights were chosen by thinking: it must tag "fish" right with fifty words
    /// between.</summary>
    /// <param name="byHand">The network, D = 13, K = 7, with at most four numbers in its state.</param>
    public static Feedback HandMade(VanillaRnn? byHand) =>
        Attempt.Judge(
            Texts06.HandMade,
            byHand is null,
            () =>
            {
                if (byHand!.W.RowCount > 4)
                {
                    return MemoryFaults.TooLarge(byHand.W.RowCount);
                }

                if (byHand.U.ColumnCount != 13 || byHand.V.RowCount != 7)
                {
                    return Findings.Shape(
                        "the network",
                        "D = 13 and K = 7",
                        $"D = {byHand.U.ColumnCount} and K = {byHand.V.RowCount}"
                    );
                }

                foreach (var between in WordsBetween)
                {
                    string Said(string first) =>
                        TinySentences.ReadTags(byHand.Predict(TinySentences.OneHot([first, .. between, "fish"])))[^1];
                    var (they, the) = (Said("they"), Said("the"));
                    if (they == "VERB" && the == "NOUN")
                    {
                        continue;
                    }

                    return they == the
                        ? MemoryFaults.SameTag(between, they)
                        : MemoryFaults.WrongTags(between, they, the);
                }

                return null;
            }
        );
}
