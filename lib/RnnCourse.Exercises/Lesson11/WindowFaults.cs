using System.Globalization;

namespace RnnCourse.Exercises.Lesson11;

/// <summary>The replies to a window that doesn't fit the lag.</summary>
internal static class WindowFaults
{
    public static Finding NotTrained { get; } =
        new(
            "not-trained",
            "τ fits the lag. Now show it: the trained network is missing.",
            "What did the lesson call to train with a window of τ steps?",
            "Train(lag: 12, tau) gives the trained network; hand it to the check in place of null."
        );

    public static Finding TooShort(int tau, int lag) =>
        tau == lag
            ? new(
                "one-short",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"With τ = {tau} the window holds {tau} inputs: that of the step itself and {tau - 1} "
                        + $"before it. The answer lies {lag} steps before."
                ),
                "Number the steps of a window from 1 to τ. Where does the input stand that the last step needs?",
                "Step τ needs the input of step τ − lag, which must be 1 at least."
            )
            : new(
                "too-short",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"With τ = {tau} no window holds both an output and the input of {lag} steps before: no "
                        + $"gradient ever leads from the one to the other."
                ),
                "How many steps must a window have to hold an output and the input that it echoes?",
                "Both ends count: the step itself, and all steps back to the one that is echoed."
            );

    public static Finding LongerThanNeeded(int tau, int lag) =>
        new(
            "longer-than-needed",
            string.Create(
                CultureInfo.InvariantCulture,
                $"With τ = {tau} W can be taught it: {tau - lag} of the {tau} outputs of a window reach the "
                    + $"input that they need. But a shorter window can do it, too."
            ),
            "One output in each window is enough. Which one, and which input does it need?",
            "The last step of the window needs its first one: how many steps is that?"
        );

    public static Finding NotLearnt(double accuracy) =>
        new(
            "not-learnt",
            string.Create(
                CultureInfo.InvariantCulture,
                $"τ fits the lag, but the network echoes only {accuracy * 100:F0} % of new tosses right."
            ),
            "Was it trained, and with lag 12?",
            "Train(lag: 12, tau) with the τ that you hand to the check. With a fresh network and the "
                + "lesson's number of windows, it learns."
        );
}
