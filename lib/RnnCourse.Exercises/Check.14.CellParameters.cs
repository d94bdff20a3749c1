using System.Globalization;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson14;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks how many numbers a layer of each gated cell learns, without the output's V and c.</summary>
    /// <param name="lstm">The learner's formula for the LSTM, from D and H.</param>
    /// <param name="gru">The learner's formula for the GRU, from D and H; its candidate has two biases.</param>
    public static Feedback CellParameters(Func<int, int, int>? lstm, Func<int, int, int>? gru) =>
        Attempt.Judge(
            Texts14.Counts,
            lstm is null && gru is null,
            () =>
                Criteria14.Counts.Fault((lstm, gru))
                ?? Criteria14.Counts.Cases!.Fault(
                    (Func<int, int, (int, int)>)((D, H) => (lstm!(D, H), gru!(D, H))),
                    Texts14.Counts
                )
        );
}

/// <summary>Known mistakes in counting a gated cell's numbers.</summary>
internal static class CellCountFaults
{
    private static readonly (int D, int H)[] Sizes = [(13, 8), (1, 5), (27, 64), (3, 1)];

    public static Finding? Of(string cell, int sets, int biases, Func<int, int, int>? formula)
    {
        var second = sets == 3;
        var open = new Finding(
            "open",
            $"{(second ? "The LSTM is right. " : "")}{cell} is still open.",
            "How many sets of U, W and b has it?",
            "Count its gates and its candidate."
        );
        if (formula is null)
        {
            return open;
        }

        if (Answers(formula) is not { } given)
        {
            return second ? open : throw Attempt.Blank();
        }

        bool Is(Func<int, int, int> other) => Sizes.Select(size => other(size.D, size.H)).SequenceEqual(given);
        var asData = new Computation(
            ["D", "H"],
            new Line(
                "count",
                sets == 4
                    ? sets * (new Name("H") * new Name("D") + new Name("H") * new Name("H") + new Name("H"))
                    : sets * (new Name("H") * new Name("D") + new Name("H") * new Name("H") + new Name("H"))
                        + new Name("H")
            )
        );
        var way =
            $"A set has H·D + H·H + H numbers, and there are {sets} "
            + $"sets{(sets == 3 ? ", and H numbers more for b_W" : "")}.";
        return Is((D, H) => (sets * H * (D + H)) + (biases * H)) ? null
            : Is((D, H) => H * (D + H + 1))
                ? new(
                    "plain-cell",
                    $"{cell}: that is the count of the plain cell.",
                    "How many sets of U, W and b has it: one for each gate, and one for the candidate?",
                    way
                )
            : Is((D, H) => (sets - 1) * H * (D + H + 1))
                ? new(
                    "candidate-forgotten",
                    $"{cell}: one set is missing. The candidate has U, W and b as well.",
                    "Count the gates in the formulas. And are the gates all there is?",
                    way
                )
            : Is((D, H) => (sets + 1) * H * (D + H + 1)) || Is((D, H) => ((sets + 1) * H * (D + H + 1)) + H)
                ? new(
                    "one-set-too-many",
                    $"{cell}: you count one set of U, W and b too many.",
                    "Each gate has a set, and the candidate. What runs along, the state and the cell, is "
                        + "computed and not learnt.",
                    way
                )
            : second && Is((D, H) => ((sets - 1) * H * (D + H + 1)) + H)
                ? new(
                    "candidate-forgotten",
                    $"{cell}: one set is missing. The candidate has U, W and b as well, beside b_W.",
                    "Count the gates in the formulas. And are the gates all there is?",
                    way
                )
            : second && Is((D, H) => 3 * H * (D + H + 1))
                ? new(
                    "second-bias-forgotten",
                    $"{cell}: only H numbers are missing. Its candidate has two biases.",
                    "Look at the brackets in the candidate's formula: is there a bias inside, and one outside?",
                    way
                )
            : Is((D, H) => sets * H * (D + H + 2))
                ? new(
                    "two-biases",
                    $"{cell}: you count two biases for each gate, as PyTorch stores them.",
                    "Two biases that are only ever added are one.",
                    way
                )
            : Is((D, H) => sets * H * (D + H))
                ? new("biases-forgotten", $"{cell}: the biases are missing.", "Each gate has U, W, and what else?", way)
            : Is((D, H) => sets * H * (D + 1))
                ? new("w-forgotten", $"{cell}: W is missing.", "Each gate looks at the previous state, too.", way)
            : Is((D, H) => sets * H * (H + 1)) || Is((D, H) => (sets * H * (H + 1)) + H)
                ? new("u-forgotten", $"{cell}: U is missing.", "Each gate looks at the input, too.", way)
            : Is((D, H) => (sets * D * (D + H)) + (biases * D))
                ? new(
                    "sizes-swapped",
                    $"{cell}: D and H have changed places.",
                    "U has a row for each number of the state, and a column for each number of the input.",
                    way
                )
            : Is((D, H) => (sets * H * (D + H)) + biases)
            || Is((D, H) => (sets * H * (D + H)) + (sets * H) + 1)
            || Is((D, H) => (sets * H * (D + H)) + H)
                ? new(
                    "bias-is-a-vector",
                    $"{cell}: the biases are miscounted. Each set has one for each number of the state.",
                    "What shape has b, and how many of them are there?",
                    way
                )
            : Is((D, H) => ((7 - sets) * H * (D + H)) + (4 * H))
                ? new(
                    "cells-swapped",
                    $"{cell}: that is the count of the other cell.",
                    "Which of the two has three gates?",
                    way
                )
            : (
                from a in Enumerable.Range(0, 8)
                from b in Enumerable.Range(0, 10)
                where Is((D, H) => (a * H * (D + H)) + (b * H))
                select ((int Sets, int Biases)?)(a, b)
            ).FirstOrDefault()
                is { } counted
                ? new(
                    "sets-and-biases",
                    $"{cell}: you count {counted.Sets} times U and W, and {counted.Biases} times b. It has "
                        + $"{sets} of the first and {biases} of the second.",
                    "Go through the formulas of the cell. How often is U multiplied, and how often is a b added?",
                    way
                )
            : asData.DiagnoseNumbers(
                "count",
                Sizes.Zip(
                    given,
                    (size, own) => (Memory.With(("D", (double)size.D), ("H", (double)size.H)), (double)own)
                )
            )
                is { } slip
                ? slip with
                {
                    What = $"{cell}: {slip.What}",
                }
            : Differs(
                cell,
                Sizes
                    .Zip(given)
                    .First(pair =>
                        pair.Second != (sets * pair.First.H * (pair.First.D + pair.First.H)) + (biases * pair.First.H)
                    ),
                way
            );
    }

    // The formula's values for all sizes; null for a blank.
    private static int[]? Answers(Func<int, int, int> formula)
    {
        try
        {
            int[] given =
            [
                .. Sizes.Select(size => Attempt.Call($"for D = {size.D}, H = {size.H}", () => formula(size.D, size.H))),
            ];
            return given;
        }
        catch (NotImplementedException)
        {
            return null;
        }
    }

    private static Finding Differs(string cell, ((int D, int H) Size, int Given) first, string way) =>
        new(
            "count-differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{cell}: for D = {first.Size.D}, H = {first.Size.H} your formula gives {first.Given}, "
                    + $"which isn't what the layer has."
            ),
            "Write down the shapes of U, W and b, and count the sets.",
            way
        );
}
