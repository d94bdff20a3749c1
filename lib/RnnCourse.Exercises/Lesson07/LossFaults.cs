using System.Globalization;

namespace RnnCourse.Exercises.Lesson07;

/// <summary>Known mistakes in a masked cross-entropy.</summary>
internal static class LossFaults
{
    public static Finding ShiftTooLarge { get; } =
        new(
            "shift-too-large",
            "All these scores are far below 0, so every exponential is 0, and 0 / 0 is NaN.",
            "What is subtracted before exp? For scores around −1000 it must be about −1000, too.",
            "Subtract the largest score itself, z.Maximum(), not its absolute value and not 0."
        );

    public static Finding UnreadAsClassZero { get; } =
        new(
            "unread-as-class-zero",
            "Steps that are not read (target null) are counted as if class 0 were right.",
            "null is not a class. What does ?? 0, or GetValueOrDefault(), make of it?",
            "if (targets[i - 1] is { } k) adds only where there is a target."
        );

    public static Finding TargetsOneAhead { get; } =
        new(
            "targets-one-ahead",
            "Each step is judged by the target of the next one.",
            "The lecture counts from 1, C# from 0. Which index does the target of step i have?",
            "y[i - 1] goes with targets[i - 1]."
        );

    public static Finding TargetsOneBehind { get; } =
        new(
            "targets-one-behind",
            "Each step is judged by the target of the one before.",
            "Which index does the target of step 1 have?",
            "y[i - 1] goes with targets[i - 1]; the first is targets[0]."
        );

    public static Finding Sign { get; } =
        new(
            "sign",
            "The loss is negative: the minus sign is missing.",
            "The logarithm of a probability is never positive. And the loss?",
            "−ln y_i[target]."
        );

    public static Finding Bits { get; } =
        new(
            "bits",
            "The loss is in bits: a logarithm to base 2.",
            "This course measures in nats. Which logarithm is the natural one in C#?",
            "Math.Log, not Math.Log2."
        );

    public static Finding Base10 { get; } =
        new(
            "base-10",
            "The loss is taken with the logarithm to base 10.",
            "This course measures in nats. Which logarithm is the natural one in C#?",
            "Math.Log, not Math.Log10."
        );

    public static Finding OneMinusP { get; } =
        new(
            "one-minus-p",
            "The loss of a step is 1 − p, where it should be −ln p.",
            "How bad should it be to give the right class the probability 0? 1 is too little.",
            "−Math.Log(y_i[target])."
        );

    public static Finding LastOnly { get; } =
        new(
            "last-only",
            "Only the last step that is read counts: each overwrites the one before.",
            "How do the steps' losses come together?",
            "loss += …, not loss = …."
        );

    public static Finding StoppedAtNull { get; } =
        new(
            "stopped-at-null",
            "The loss ends at the first step that is not read: what is read after it is left out.",
            "A null says that this output is not read. Does it say that the sequence ends?",
            "Pass over that step and go on: continue, not break; Where, not TakeWhile."
        );

    public static Finding UnreadAsGuess { get; } =
        new(
            "unread-as-guess",
            "A step that is not read costs ln K, as if somebody had guessed there.",
            "What should a step cost at which nothing is asked?",
            "Nothing: only the steps with a target add to the loss."
        );

    public static Finding AllClasses { get; } =
        new(
            "all-classes",
            "The logarithms of all classes are counted, not only the right one's.",
            "Which of the K probabilities does the target choose?",
            "−Math.Log(y_i[target]): one number for each step that is read."
        );

    public static Finding FirstMissing { get; } =
        new(
            "first-missing",
            "The first step is left out.",
            "The lecture counts from 1, C# from 0. Which index does the first output have?",
            "for (var i = 1; i <= y.Count; i++) goes with y[i - 1] and targets[i - 1]."
        );

    public static Finding NoLogarithm { get; } =
        new(
            "no-logarithm",
            "The probabilities themselves are multiplied or added: the logarithm is missing.",
            "What should a step cost to which the right class got all the probability, p = 1?",
            "Each step that is read adds −Math.Log(y_i[target])."
        );

    public static Finding Mean { get; } =
        new(
            "mean-instead-of-sum",
            "This is the mean over the steps that are read. What is asked for is the sum.",
            "What does the last line divide by?",
            "Leave out the division: the sum is what CrossEntropy.Loss gives."
        );

    public static Finding Sum { get; } =
        new(
            "sum-instead-of-mean",
            "This is the sum over the steps that are read. What is asked for is the mean.",
            "A long sentence has a larger sum than a short one, though it may be tagged as well. What "
                + "makes them comparable?",
            "Divide by the number of steps that are read."
        );

    public static Finding DividedByAll { get; } =
        new(
            "divided-by-all",
            "The loss is divided by the number of all steps, padding included: more padding would make it look better.",
            "How many steps have added to the sum? Divide by that number.",
            "targets.Count(target => target != null)."
        );

    public static Finding AveragedTwice { get; } =
        new(
            "averaged-twice",
            "The loss is divided by the number of steps twice.",
            "Does the sum that is divided come from something that has divided already?",
            "Divide once, after the loop."
        );

    public static Finding NotNormalised(double sum) =>
        new(
            "not-normalised",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The numbers stand in the right ratio to one another, but they sum to {sum:G4}, where "
                    + $"probabilities sum to 1."
            ),
            "Which number is the same for all of them, and turns their sum into 1 when they are divided by it?",
            "e / e.Sum(), where e holds the exponentials."
        );

    public static Finding NothingRead { get; } =
        new(
            "nothing-read",
            "Where no step is read, the mean is 0/0, which is NaN. One such sentence would turn a whole "
                + "epoch's loss into NaN.",
            "What should the loss be where nothing is asked?",
            "Return 0 where no target is set, before dividing."
        );
}
