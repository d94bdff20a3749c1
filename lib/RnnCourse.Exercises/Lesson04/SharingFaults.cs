using System.Globalization;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson04;

/// <summary>Known mistakes in counting parameters.</summary>
internal static class CountFaults
{
    private const string Listing =
        "The network's Parameters list name, rows and columns of each. Which of them has the "
        + "formula left out, or counted twice?";

    /// <summary>The formula for the number of parameters, as data.</summary>
    public static readonly Computation OfShared = new(
        ["D", "H", "K"],
        new Line("count", new Name("H") * new Name("D") + new Name("K") * new Name("H") + new Name("H") + new Name("K"))
    );

    public static readonly (Finding Fault, Func<int, int, int, int> Formula)[] Shared =
    [
        (BiasesForgotten, (D, H, K) => (H * D) + (K * H)),
        (
            new(
                "c-forgotten",
                "The bias c is not counted.",
                "Which parameter has one number for each class?",
                "c has K numbers."
            ),
            (D, H, K) => (H * D) + (K * H) + H
        ),
        (
            new(
                "b-forgotten",
                "The bias b is not counted.",
                "Which parameter has one number for each place of the hidden layer?",
                "b has H numbers."
            ),
            (D, H, K) => (H * D) + (K * H) + K
        ),
        (
            new(
                "w-counted",
                "A matrix of H × H numbers is counted, too: the shared network has none.",
                "From where to where would such a matrix lead?",
                "The state of one step does not reach the next here. That comes in lesson 06."
            ),
            (D, H, K) => (H * D) + (H * H) + (K * H) + H + K
        ),
        (
            new(
                "v-forgotten",
                "The matrix V is not counted.",
                "What leads from the hidden layer to the output?",
                "V has K × H numbers."
            ),
            (D, H, K) => (H * D) + H + K
        ),
        (
            new(
                "u-forgotten",
                "The matrix U is not counted.",
                "What leads from the input to the hidden layer?",
                "U has H × D numbers."
            ),
            (D, H, K) => (K * H) + H + K
        ),
        (
            new(
                "v-from-input",
                "V is counted as K × D numbers, as if the output read the input.",
                "Which vector does V multiply?",
                "V s_i: V has a column for each place of the hidden layer."
            ),
            (D, H, K) => (H * D) + (K * D) + H + K
        ),
    ];

    public static Finding BiasesForgotten =>
        new(
            "biases-forgotten",
            "The biases are not counted.",
            "Which parameters are added, not multiplied?",
            "b has H numbers and c has K."
        );

    public static Finding Differs(string sizes, long actual, long expected) =>
        new(
            "count-differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"For {sizes} the count is {actual}, but the network has {expected} parameters: "
                    + $"{Math.Abs(actual - expected)} too {(actual > expected ? "many" : "few")}."
            ),
            Listing,
            "A matrix has rows × columns numbers, a vector as many as its size. Add those of U, V, b and c."
        );
}

/// <summary>Known mistakes in the exercises on sharing.</summary>
internal static class SharingFaults
{
    public static Finding Bias(int said) =>
        new(
            "moved-b",
            $"Not {said} of the four outputs move after b was touched.",
            "At which steps does b enter the formula?",
            "b is added at every step, whatever the word."
        );

    public static Finding Column(int said) =>
        new(
            "moved-u",
            $"Not {said} of the four outputs move after that number of U was touched.",
            "U x_i picks the column of the word x_i. At how many steps is that word “still”?",
            "The other three words multiply the column of “still” by 0."
        );

    public static Finding Open(string letter) =>
        new(
            "open",
            $"What you have said is right. The number for {letter} is still open.",
            "Say it first, then try it.",
            "Copy the method Moved and touch the other parameter."
        );

    public static Finding Width(int width) =>
        new(
            "width",
            $"The hidden layer has {Findings.Counted(width, "number")}; 50 are asked for.",
            "Which argument of the constructor says the size of the hidden layer?",
            "new SharedNetwork(13, 50, 7, random)."
        );

    public static Finding TestSentences { get; } =
        new(
            "trained-on-test",
            "The network knows the test sentences better than those for training: it was trained on the wrong ones.",
            "What is a test worth if its sentences were learnt?",
            "Train on TinySentences.Train, as the lesson does with examples."
        );

    public static Finding AboveFloor(double loss, double floor) =>
        new(
            "above-floor",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The network's loss on the training sentences is {loss:F3}; the floor is at {floor:F3}."
            ),
            "Has the training gone on long enough? Train in two parts, as the lesson did.",
            "60 epochs at a learning rate of 0.1, then 30 at 0.01."
        );
}
