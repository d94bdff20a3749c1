using RnnCourse.Core;
using RnnCourse.Exercises.Lesson03;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a learner's test for L04: it must pass models with one function for all steps, and fail the
    /// others.</summary>
    /// <param name="sameFunction">The learner's test. It is handed networks over the thirteen words, D = 13, and must
    /// leave their parameters as they were.</param>
    public static Feedback SameFunctionTest(Func<ISequenceNetwork, bool>? sameFunction) =>
        Attempt.Judge(
            Texts03.SameFunction,
            sameFunction is null,
            () =>
            {
                var random = new SeededRandom(304);
                return WishTestFaults.OfSameFunction(
                    Verdicts(
                        sameFunction!,
                        [
                            ("single", "a network for a single word", new SharedNetwork(13, 8, 7, random), true),
                            ("bag", "a bag", FeedForward.OnBag(13, 8, 7, random), true),
                            ("window", "a window", FeedForward.OnWindow(13, 8, 7, 6, random), true),
                            ("recurrent", "a recurrent network", TrickNetwork.Recurrent(random), true),
                            ("fresh", "a recurrent network whose s_0 is zero", new VanillaRnn(13, 8, 7, random), true),
                            (
                                "spare",
                                "a network with a parameter that it doesn't use",
                                TrickNetwork.WithSpare(random),
                                true
                            ),
                            ("per-step", "a function per step", new FunctionPerStep(13, 8, 7, 6, random), false),
                            ("alternating", "two functions that take turns", TrickNetwork.Alternating(random), false),
                            (
                                "own-hidden",
                                "a function per step of which only the last layer is shared",
                                TrickNetwork.OwnHiddenLayers(random, sharedFirst: false),
                                false
                            ),
                            (
                                "shared-first",
                                "a function per step whose shared parameters come first in the list",
                                TrickNetwork.OwnHiddenLayers(random, sharedFirst: true),
                                false
                            ),
                            ("late", "a function that differs at step 4 only", TrickNetwork.Late(random), false),
                        ]
                    )
                );
            }
        );

    /// <summary>Checks a learner's test of a fourth wish: no output depends on a later input.</summary>
    /// <param name="noLookingAhead">The learner's test. It is handed networks over the thirteen words, D = 13, that
    /// take up to six of them.</param>
    public static Feedback NoLookingAheadTest(Func<ISequenceNetwork, bool>? noLookingAhead) =>
        Attempt.Judge(
            Texts03.NoLookingAhead,
            noLookingAhead is null,
            () =>
            {
                var random = new SeededRandom(303);
                return WishTestFaults.OfNoLookingAhead(
                    Verdicts(
                        noLookingAhead!,
                        [
                            ("single", "a network for a single word", new SharedNetwork(13, 8, 7, random), true),
                            ("bag", "a bag of the words so far", FeedForward.OnBag(13, 8, 7, random), true),
                            ("window", "a window on the words so far", FeedForward.OnWindow(13, 8, 7, 6, random), true),
                            ("per-step", "a function per step", new FunctionPerStep(13, 8, 7, 6, random), true),
                            ("recurrent", "a recurrent network", TrickNetwork.Recurrent(random), true),
                            ("whole", "one that sees the whole sentence", TrickNetwork.SeesTheWhole(random), false),
                            ("next", "one that sees the next word", TrickNetwork.SeesTheNext(random), false),
                            (
                                "next-later",
                                "one that sees the next word, but not before step 2",
                                TrickNetwork.SeesTheNext(random, from: 2),
                                false
                            ),
                            ("backwards", "one that reads from the end", TrickNetwork.ReadsBackwards(random), false),
                        ]
                    )
                );
            }
        );

    /// <summary>Checks which of the three tests a window of a hundred places is said to pass.</summary>
    /// <param name="dependence">Whether it passes the test for dependence; null where nothing was said yet.</param>
    /// <param name="anyLength">Whether it passes the test for any length.</param>
    /// <param name="sameFunction">Whether it passes the test for the same function.</param>
    public static Feedback WindowOfAHundred(bool? dependence, bool? anyLength, bool? sameFunction) =>
        Attempt.Judge(
            Texts03.Hundred,
            dependence is null && anyLength is null && sameFunction is null,
            () =>
            {
                var window = FeedForward.OnWindow(13, 8, 7, 100, new SeededRandom(100));
                return dependence is { } d && d != Wishes.Dependence(window) ? HundredPlacesFaults.Dependence
                    : anyLength is { } l && l != Wishes.AnyLength(window) ? HundredPlacesFaults.AnyLength
                    : sameFunction is { } f && f != Wishes.SameFunction(window) ? HundredPlacesFaults.SameFunction
                    : dependence is null || anyLength is null || sameFunction is null ? HundredPlacesFaults.Open
                    : null;
            }
        );

    /// <summary>Checks a model that fulfils the three wishes and is of no use, and a sharper test that tells.</summary>
    /// <param name="useless">The model, over the thirteen words, D = 13; null where there is none yet.</param>
    /// <param name="sharper">The learner's test: false for this model, true for a recurrent network.</param>
    public static Feedback FooledTests(ISequenceNetwork? useless, Func<ISequenceNetwork, bool>? sharper) =>
        Attempt.Judge(
            Texts03.Fooled,
            useless is null,
            () =>
            {
                var row = Attempt.Call(
                    "when the three tests asked your model",
                    () => Wishes.Scoreboard(("yours", useless!))[0]
                );
                if (FoolingModelFaults.Of(row) is { } fails)
                {
                    return fails;
                }

                if (useless!.Parameters.All(parameter => parameter.Values.Length == 0))
                {
                    return FoolingModelFaults.NoParameters;
                }

                if (sharper is null)
                {
                    return FoolingModelFaults.Open;
                }

                try
                {
                    if (Attempt.Call("for your model", () => sharper(useless!)))
                    {
                        return FoolingModelFaults.NotExposed;
                    }

                    var random = new SeededRandom(305);
                    return Attempt.Call(
                        "for a recurrent network",
                        () =>
                            sharper(TrickNetwork.Recurrent(random))
                            && sharper(new VanillaRnn(13, 8, 7, random))
                            && sharper(TrickNetwork.Wrapped(TrickNetwork.Recurrent(random)))
                    )
                        ? null
                        : FoolingModelFaults.TooSharp;
                }
                catch (NotImplementedException)
                {
                    return FoolingModelFaults.Open;
                }
            }
        );

    /// <summary>What a learner's test says of each model, and whether it left the model as it was.</summary>
    private static List<WishVerdict> Verdicts(
        Func<ISequenceNetwork, bool> test,
        IReadOnlyList<(string Key, string Name, ISequenceNetwork Net, bool Expected)> models
    )
    {
        var verdicts = new List<WishVerdict>();
        foreach (var (key, name, net, expected) in models)
        {
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
