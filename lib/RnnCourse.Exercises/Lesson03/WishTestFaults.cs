using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson03;

/// <summary>The verdict of a learner's test on one model.</summary>
/// <param name="Key">A short name of the model.</param>
/// <param name="Name">The model, in words.</param>
/// <param name="Passed">The test's verdict.</param>
/// <param name="Expected">The right verdict.</param>
/// <param name="Changed">A parameter of the model that was changed and not restored; null if there is none.</param>
internal sealed record ModelVerdict(string Key, string Name, bool Passed, bool Expected, string? Changed);

/// <summary>Known mistakes in tests of wishes.</summary>
internal static class WishTestFaults
{
    public static Finding? OfSameFunction(IReadOnlyList<ModelVerdict> verdicts)
    {
        var kinds = Kinds(verdicts);
        string[] failed = [.. verdicts.Where(v => !v.Passed && v.Expected).Select(v => v.Key)];
        return Common(verdicts)
            ?? (
                kinds.Length == 0 ? null
                : kinds.Contains("single") ? FullRows
                : failed is ["fresh"] ? ZeroHides
                : failed is ["spare"] or ["fresh", "spare"] ? EmptyRows
                : failed.Length > 0 ? Differs(verdicts, Texts03.SameFunction)
                : kinds.Contains("own-hidden") || kinds.Contains("shared-first") ? OneRowDecides
                : kinds.Contains("late") ? LastStepMissed
                : kinds.Contains("alternating") ? SomeSteps
                : kinds.Contains("per-step") ? OneEach
                : NearlyFull
            );
    }

    private static Finding FullRows { get; } =
        new(
            "full-rows",
            "The test fails a network for a single word, each of whose parameters moves all four outputs.",
            "What does it mean if a parameter moves every output? That is what the wish asks for.",
            "Full rows are fine, and empty ones: moved == x.Count || moved == 0."
        );

    private static Finding ZeroHides { get; } =
        new(
            "zero-hides",
            "The test fails a recurrent network whose s_0 is zero, though the function is the same at each step.",
            "W s_0 is zero while s_0 is, so W makes no difference to y_1 alone. What could be done to the parameters "
                + "before the first output is computed?",
            "Shake all parameters a little first, then nudge one at a time; put all of them back at the end."
        );

    private static Finding EmptyRows { get; } =
        new(
            "empty-rows",
            "The test fails a network with a parameter that it doesn't use: no output moves when that is nudged.",
            "Which rows prove that functions differ: full ones, empty ones, or those in between?",
            "A row is fine if it is full or empty: moved == 0 || moved == x.Count."
        );

    private static Finding LastStepMissed { get; } =
        new(
            "last-step-missed",
            "The test passes a function that differs at step 4 only.",
            "How many outputs does a parameter of the first three steps move, and how many one of the fourth?",
            "Three and one: a row is fine if all four outputs move, or none."
        );

    private static Finding OneRowDecides { get; } =
        new(
            "one-row-decides",
            "The test passes a function per step of which some parameters are shared.",
            "Is one full row enough, or has each row to be full or empty?",
            "All rows: EnumerateRows().All(row => row.Sum() == 0 || row.Sum() == x.Count)."
        );

    private static Finding SomeSteps { get; } =
        new(
            "some-steps",
            "The test passes two functions that take turns: each parameter moves two of the four outputs.",
            "Which numbers of moved outputs speak against one function? Not only 1.",
            "A row is fine if it is full or empty, and in no other case."
        );

    private static Finding OneEach { get; } =
        new(
            "one-each",
            "The test passes a function per step, of which each parameter moves one output at the most.",
            "What does it mean if a parameter moves y_2 and no other output?",
            "A row is fine if it is full or empty; one moved output of four is neither."
        );

    private static Finding NearlyFull { get; } =
        new(
            "nearly-full",
            "The test passes a model with a parameter that works from step 2 on: it moves three of the four outputs.",
            "Is the function of step 1 the same as that of step 2, then?",
            "A row is fine if it is full or empty; three moved outputs of four are neither."
        );

    // Models of one kind get one explanation.
    private static string[] Kinds(IReadOnlyList<ModelVerdict> verdicts) =>
        [
            .. Wrong(verdicts)
                .Select(key =>
                    key switch
                    {
                        "own-recurrent" => "per-step",
                        "own-output" => "own-hidden",
                        _ => key,
                    }
                )
                .Distinct(),
        ];

    public static Finding? OfNoLookingAhead(IReadOnlyList<ModelVerdict> verdicts) =>
        Common(verdicts)
        ?? (
            Wrong(verdicts) switch
            {
                [] => null,
                ["next-later"] => new(
                    "first-output-only",
                    "The test misses a model that looks ahead at later steps only.",
                    "Which outputs does the test compare? A model that behaves at step 1 may cheat at step 2 or 3.",
                    "Take a sentence of several words, change the last one, and compare all outputs before it."
                ),
                ["next", "next-later"] => new(
                    "next-missed",
                    "The test misses a model that sees one word ahead, and no further.",
                    "Which output would notice if the last word were another: y_1, or the one before the last?",
                    "Compare all outputs before the changed word, not the first only."
                ),
                ["first-sees-last"] => new(
                    "later-output-only",
                    "The test misses a model whose first output sees the last word, and no other output a later word.",
                    "Which outputs does the test compare, and how far behind them is the word that it changes?",
                    "Take a sentence of several words, change the last one, and compare all outputs before it."
                ),
                _ when Fails(verdicts, "single") => new(
                    "own-output",
                    "The test fails a network that sees each word alone, and surely not a later one.",
                    "Which outputs may move if a word is changed? That at the word itself always may.",
                    "Compare the outputs before the changed word only."
                ),
                _ when Fails(verdicts, "bag") || Fails(verdicts, "window") || Fails(verdicts, "recurrent") => new(
                    "past-forbidden",
                    "The test fails models that see earlier words, which is just what we want of them.",
                    "Which direction does the wish forbid? Change a later word, and look at earlier outputs.",
                    "Change the last word; y_1 up to the one before the last must stay."
                ),
                ["whole", "next", "next-later", "backwards", "first-sees-last"] => PassesAll,
                _ => Differs(verdicts, Texts03.NoLookingAhead),
            }
        );

    private static bool Fails(IReadOnlyList<ModelVerdict> verdicts, string key) =>
        verdicts.Any(verdict => verdict.Key == key && !verdict.Passed);

    private static string[] Wrong(IReadOnlyList<ModelVerdict> verdicts) =>
        [.. verdicts.Where(verdict => verdict.Passed != verdict.Expected).Select(verdict => verdict.Key)];

    private static Finding? Common(IReadOnlyList<ModelVerdict> verdicts) =>
        verdicts.FirstOrDefault(verdict => verdict.Changed is not null) is { } touched ? NotPutBack(touched.Changed!)
        : verdicts.All(verdict => verdict.Passed) ? PassesAll
        : verdicts.All(verdict => !verdict.Passed) ? FailsAll
        : verdicts.All(verdict => verdict.Passed != verdict.Expected) ? WrongWayRound
        : null;

    private static Finding PassesAll { get; } =
        new(
            "passes-all",
            "The test passes every model, so it tests nothing.",
            "For which model must the answer be no? Follow the method with that one.",
            "Print what the method compares, for one model that should pass and one that shouldn't."
        );

    private static Finding FailsAll { get; } =
        new(
            "fails-all",
            "The test fails every model, also the network of a single word, which passes each of our tests.",
            "What does the method compare? Is there anything in it that always differs?",
            "An output whose own word was changed may always move; leave it out of the comparison. A "
                + "full row is not a fault."
        );

    private static Finding WrongWayRound { get; } =
        new(
            "wrong-way-round",
            "The test passes what it should fail, and fails what it should pass.",
            "What does true mean here?",
            "Return true where the wish is granted."
        );

    private static Finding NotPutBack(string parameter) =>
        new(
            "not-put-back",
            $"The test leaves the model changed: {parameter} is not what it was.",
            "A test asks; it must not alter what it asks about. Where is the nudge taken back?",
            "Keep parameter.Values.ToArray() before, and copy it back at the end: kept.CopyTo(parameter.Values, 0)."
        );

    private static Finding Differs(IReadOnlyList<ModelVerdict> verdicts, Exercise exercise)
    {
        var wrong = verdicts.First(verdict => verdict.Passed != verdict.Expected);
        return new(
            "differs",
            $"The test {(wrong.Passed ? "passes" : "fails")} {wrong.Name}, which it should "
                + $"{(wrong.Expected ? "pass" : "fail")}.",
            exercise.Hint,
            exercise.MoreHint
        );
    }
}

/// <summary>Known mistakes in predictions for a window of a hundred places.</summary>
internal static class HundredPlacesFaults
{
    public static Finding Dependence { get; } =
        new(
            "dependence",
            "Wishes.Scoreboard gives another mark for dependence.",
            "Is the first word of “they still only fish” among the last hundred?",
            "It is in the window, and it has weights of its own there."
        );

    public static Finding AnyLength { get; } =
        new(
            "any-length",
            "Wishes.Scoreboard gives another mark for any length.",
            "Which lengths does the test ask for?",
            "1, 6, 7 and 100. How many words fit into a hundred places?"
        );

    public static Finding SameFunction { get; } =
        new(
            "same-function",
            "Wishes.Scoreboard gives another mark for the same function.",
            "At each step the whole window goes through one network. Which outputs does U move, as a whole?",
            "The small window of the lesson has the answer: more places change nothing about it."
        );

    public static Finding Open { get; } =
        new(
            "open",
            "What you have said is right. Not all three are answered yet.",
            "Three tests, three predictions.",
            "true or false in place of each null."
        );
}

/// <summary>Known mistakes in a model that is meant to fool the tests.</summary>
internal static class FoolingModelFaults
{
    public static Finding? Of(Wishes.Row row) =>
        row.AnyLength == "✗"
            ? new(
                "fails-length",
                "The model doesn't pass the test for any length.",
                "Does it give one output for each input, for 1, 6, 7 and 100 of them?",
                "Take a network that does, and change only what it is shown."
            )
        : row.Dependence == "✗"
            ? new(
                "fails-dependence",
                "The model doesn't pass the test for dependence: the first word makes no difference to the "
                    + "last output.",
                "How can the first word reach every output, although the model is of no use?",
                "A model that says of each word what it says of the first passes."
            )
        : row.SameFunction == "✗"
            ? new(
                "fails-function",
                "The model doesn't pass the test for the same function: some parameter moves some outputs "
                    + "and not the others.",
                "Which parameters does Parameters hand out, and do they all enter at each step?",
                "Hand out the parameters of one network that computes all outputs."
            )
        : null;

    public static Finding? OfSharper((ISequenceNetwork Useless, Func<ISequenceNetwork, bool>? Sharper) answer)
    {
        if (answer.Sharper is not { } sharper)
        {
            return Open;
        }

        try
        {
            if (Attempt.Call("for your model", () => sharper(answer.Useless)))
            {
                return NotExposed;
            }

            var random = new SeededRandom(305);
            return Attempt.Call(
                "for a recurrent network",
                () =>
                    sharper(TestSubjectNetwork.Recurrent(random))
                    && sharper(new VanillaRnn(13, 8, 7, random))
                    && sharper(TestSubjectNetwork.Wrapped(TestSubjectNetwork.Recurrent(random)))
            )
                ? null
                : TooSharp;
        }
        catch (NotImplementedException)
        {
            return Open;
        }
    }

    public static Finding NoParameters { get; } =
        new(
            "no-parameters",
            "The model has no parameters at all, so the test for the same function has nothing to ask about.",
            "L04 speaks of parameters that do the work at each step. Which numbers does your model compute with?",
            "Take a network that has some, and change only what it is shown."
        );

    public static Finding NotExposed { get; } =
        new(
            "not-exposed",
            "The model has its three ✓. But the sharper test passes it, too.",
            "What does your model ignore, that any useful model must look at?",
            "Change just that, and see whether an output moves."
        );

    public static Finding TooSharp { get; } =
        new(
            "too-sharp",
            "The sharper test exposes your model. But it fails a recurrent network as well, which can be of use.",
            "What does a recurrent network do, and yours doesn't?",
            "For instance: does an output move when its own word is changed?"
        );

    public static Finding Open { get; } =
        new(
            "open",
            "The model has its three ✓. Still open: a sharper question that exposes it.",
            "What does your model ignore, that any useful model must look at?",
            "A method that changes just that and compares outputs: false for your model, true for a recurrent network."
        );
}
