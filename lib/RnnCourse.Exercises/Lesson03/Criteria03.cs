using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson03;

/// <summary>A model on which a learner's test is tried.</summary>
/// <param name="Key">A short name.</param>
/// <param name="Name">The model, in words.</param>
/// <param name="Make">Makes one.</param>
/// <param name="Passes">The verdict of a right test on it.</param>
internal sealed record TestedModel(string Key, string Name, Func<SeededRandom, ISequenceNetwork> Make, bool Passes);

/// <summary>The criteria for right answers to the exercises of lesson 03.</summary>
internal static class Criteria03
{
    private const int Places = 100;

    /// <summary>The models on which tests of the same function are tried.</summary>
    public static IReadOnlyList<TestedModel> SameFunctionModels { get; } =
    [
        new("single", "a network for a single word", random => new SharedNetwork(13, 8, 7, random), true),
        new("bag", "a bag", random => FeedForward.OnBag(13, 8, 7, random), true),
        new("window", "a window", random => FeedForward.OnWindow(13, 8, 7, 6, random), true),
        new("recurrent", "a recurrent network", TestSubjectNetwork.Recurrent, true),
        new("fresh", "a recurrent network whose $s_0$ is zero", random => new VanillaRnn(13, 8, 7, random), true),
        new("spare", "a network with a parameter that it doesn't use", TestSubjectNetwork.WithSpare, true),
        new("per-step", "a function per step", random => new FunctionPerStep(13, 8, 7, 6, random), false),
        new("alternating", "two functions that take turns", TestSubjectNetwork.Alternating, false),
        new(
            "own-hidden",
            "a function per step of which only the last layer is shared",
            random => TestSubjectNetwork.OwnHiddenLayers(random, sharedFirst: false),
            false
        ),
        new(
            "shared-first",
            "the same with the shared parameters first in the list",
            random => TestSubjectNetwork.OwnHiddenLayers(random, sharedFirst: true),
            false
        ),
        new("late", "a function that differs at step 4 only", TestSubjectNetwork.Late, false),
        new(
            "afresh",
            "a recurrent network that reads the sentence afresh for each output",
            random => TestSubjectNetwork.ReadsAfresh(random, own: false),
            true
        ),
        new(
            "own-recurrent",
            "a recurrent network of its own for each step",
            random => TestSubjectNetwork.ReadsAfresh(random, own: true),
            false
        ),
        new("from-two", "a model with a parameter that works from step 2 on", TestSubjectNetwork.FromStepTwo, false),
        new(
            "own-output",
            "a function per step of which only the first layer is shared",
            TestSubjectNetwork.OwnOutputs,
            false
        ),
    ];

    /// <summary>The models on which tests against looking ahead are tried.</summary>
    public static IReadOnlyList<TestedModel> NoLookingAheadModels { get; } =
    [
        new("single", "a network for a single word", random => new SharedNetwork(13, 8, 7, random), true),
        new("bag", "a bag of the words so far", random => FeedForward.OnBag(13, 8, 7, random), true),
        new("window", "a window on the words so far", random => FeedForward.OnWindow(13, 8, 7, 6, random), true),
        new("per-step", "a function per step", random => new FunctionPerStep(13, 8, 7, 6, random), true),
        new("recurrent", "a recurrent network", TestSubjectNetwork.Recurrent, true),
        new("whole", "one that sees the whole sentence", TestSubjectNetwork.SeesTheWhole, false),
        new("next", "one that sees the next word", random => TestSubjectNetwork.SeesTheNext(random), false),
        new(
            "next-later",
            "one that sees the next word from step 2 on",
            random => TestSubjectNetwork.SeesTheNext(random, from: 2),
            false
        ),
        new("backwards", "one that reads from the end", TestSubjectNetwork.ReadsBackwards, false),
        new("first-sees-last", "one whose first output sees the last word", TestSubjectNetwork.FirstSeesLast, false),
    ];

    public static MethodCriterion SameFunction { get; } =
        new(
            "your test passes and fails the models below as it should, whatever their random weights are, and "
                + "leaves their parameters as they were"
        )
        {
            Cases = Models(SameFunctionModels),
        };

    public static Criterion<(bool? Dependence, bool? AnyLength, bool? SameFunction)> Hundred { get; } =
        new([
            new(
                "`Wishes.Scoreboard` gives the same marks, for all three tests",
                said =>
                {
                    var window = FeedForward.OnWindow(13, 8, 7, Places, new SeededRandom(Places));
                    return said.Dependence is { } d && d != Wishes.Dependence(window) ? HundredPlacesFaults.Dependence
                        : said.AnyLength is { } l && l != Wishes.AnyLength(window) ? HundredPlacesFaults.AnyLength
                        : said.SameFunction is { } f && f != Wishes.SameFunction(window)
                            ? HundredPlacesFaults.SameFunction
                        : said.Dependence is null || said.AnyLength is null || said.SameFunction is null
                            ? HundredPlacesFaults.Open
                        : null;
                }
            ),
        ])
        {
            ForLearnerToCheck = "Name a question that shows its limit.",
        };

    public static MethodCriterion NoLookingAhead { get; } =
        new("your test passes models that don't look ahead, and fails those that do")
        {
            Cases = Models(NoLookingAheadModels),
        };

    public static Criterion<(ISequenceNetwork Useless, Func<ISequenceNetwork, bool>? Sharper)> Fooled { get; } =
        new([
            new(
                "`Wishes.Scoreboard` gives your model three ✓",
                a =>
                    FoolingModelFaults.Of(
                        Attempt.Call(
                            "when the three tests asked your model",
                            () => Wishes.Scoreboard(("yours", a.Useless))[0]
                        )
                    )
            ),
            new(
                "it has parameters",
                a =>
                    a.Useless.Parameters.All(parameter => parameter.Values.Length == 0)
                        ? FoolingModelFaults.NoParameters
                        : null
            ),
            new("your question says false of it, and true of recurrent networks", FoolingModelFaults.OfSharper),
        ])
        {
            Tried = "recurrent networks, fresh, with other numbers, and wrapped into another class",
        };

    // Any of the models, with its own random weights.
    private static Cases Models(IReadOnlyList<TestedModel> models)
    {
        string Named(bool passes) =>
            string.Join(", ", models.Where(model => model.Passes == passes).Select(model => model.Name));
        return new(
            $"models to pass: {Named(true)}; and models to fail: {Named(false)}",
            random => [models[random.NextIndex(models.Count)], (ulong)random.NextIndex(1_000_000)],
            (TestedModel model) => model.Passes
        )
        {
            ValueOf = (test, arguments) =>
            {
                var (model, seed) = ((TestedModel)arguments[0]!, (ulong)arguments[1]!);
                if (test is Func<TestedModel, bool> right)
                {
                    return (right(model), true);
                }

                var net = model.Make(new SeededRandom(seed));
                double[][] before = [.. net.Parameters.Select(parameter => parameter.Values.ToArray())];
                var said = (bool)Cases.Call(test, net)!;
                return (
                    said,
                    net.Parameters.Zip(before).All(pair => pair.First.Values.AsSpan().SequenceEqual(pair.Second))
                );
            },
        };
    }
}
