using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 01.</summary>
internal static class Answers01
{
    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "01.2",
            new Dictionary<string, Func<Feedback>>
            {
                ["one number, the last read"] = () => Check.TaskOfYourOwn(Numbers(4, 1), [null, null, null, "warmer"]),
                ["each read"] = () => Check.TaskOfYourOwn(Numbers(3, 1), ["low", "low", "high"]),
                ["two steps only"] = () => Check.TaskOfYourOwn(Numbers(2, 3), [null, "sell"]),
                ["many steps"] = () =>
                    Check.TaskOfYourOwn(Numbers(200, 2), [.. Enumerable.Repeat<string?>(null, 199), "yes"]),
                ["thirteen numbers that aren't words"] = () =>
                    Check.TaskOfYourOwn(Numbers(4, 13), ["a", "b", "c", "d"]),
                ["one-hot moves, of five kinds"] = () =>
                    Check.TaskOfYourOwn(
                        [.. new[] { 0, 3, 4, 1 }.Select(k => Vector<double>.Build.Dense(5, i => i == k ? 1 : 0))],
                        [null, null, null, "won"]
                    ),
                ["some inputs are zero"] = () =>
                    Check.TaskOfYourOwn([Vector<double>.Build.Dense(2), .. Numbers(2, 2)], ["0", "1", "2"]),
                ["negative, in arrays"] = () =>
                    Check.TaskOfYourOwn(
                        new[] { Vector<double>.Build.Dense(2, -7), Vector<double>.Build.Dense(2, -9) },
                        new[] { "left", "right" }
                    ),
                ["sparse vectors"] = () =>
                    Check.TaskOfYourOwn(
                        [
                            .. Enumerable
                                .Range(0, 3)
                                .Select(k => Vector<double>.Build.SparseOfIndexed(6, [(k, (double)k)])),
                        ],
                        [null, null, "stop"]
                    ),
            }
        ),
        new(
            "01.3",
            new Dictionary<string, Func<Feedback>>
            {
                ["as short as it can be"] = () => FarApart("they", "the", 6),
                ["we and every"] = () => FarApart("we", "every", 7),
                ["turned round"] = () => FarApart("every", "they", 7),
                ["longer"] = () => FarApart("the", "we", 9),
                ["very long"] = () => FarApart("the", "we", 100),
                ["the verb comes before the phrase"] = () =>
                    Check.FarApart(
                        "guide the " + string.Join(' ', Enumerable.Repeat("just", 7)) + " swim",
                        "guide they " + string.Join(' ', Enumerable.Repeat("just", 7)) + " swim"
                    ),
                ["with more spaces"] = () =>
                    Check.FarApart(
                        "  they  still still still still still still  swim",
                        "the still still still still still still swim "
                    ),
                ["after an auxiliary"] = () =>
                    Check.FarApart(
                        "they can " + string.Join(' ', Enumerable.Repeat("only", 7)) + " swim",
                        "they every " + string.Join(' ', Enumerable.Repeat("only", 7)) + " swim"
                    ),
            }
        ),
    ];

    private static IReadOnlyList<Vector<double>> Numbers(int n, int D) =>
        [.. Enumerable.Range(1, n).Select(i => Vector<double>.Build.Dense(D, k => (i * i) - (3.5 * k)))];

    private static Feedback FarApart(string one, string other, int words)
    {
        var rest = string.Join(' ', Enumerable.Repeat("still", words - 1)) + " swim";
        return Check.FarApart($"{one} still {rest}", $"{other} still {rest}");
    }
}
