using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson07;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>The mask of one sequence in a batch that is padded to equal lengths.</summary>
    /// <param name="where">Where the task reads outputs: at every step, or at the last one.</param>
    /// <param name="n">How many steps the sequence has; 0 is possible.</param>
    /// <param name="columns">How many steps it has after padding, at least n.</param>
    /// <returns>For each column, whether its output is read, shape (columns).</returns>
    public delegate IReadOnlyList<bool> MaskMethod(Read where, int n, int columns);

    /// <summary>Checks the masks of the two kinds of tasks, with and without padding.</summary>
    /// <param name="mask">The learner's method; its masks have the shape (columns).</param>
    public static Feedback Mask(MaskMethod? mask) =>
        Attempt.Judge(
            Texts07.Mask,
            mask,
            () =>
            {
                var cases = new List<(Read Where, int N, int Columns, bool[] Given)>();
                foreach (var where in new[] { Read.EveryStep, Read.LastStep })
                {
                    foreach (var (n, columns) in new[] { (4, 4), (2, 6), (1, 5), (6, 7), (0, 3), (0, 0) })
                    {
                        var what = $"for {where}, n = {n}, columns = {columns}";
                        var given = Attempt.Call(what, () => mask!(where, n, columns)) ?? throw Attempt.Blank();
                        cases.Add((where, n, columns, [.. Attempt.Watched(what, given)]));
                    }
                }

                return MaskFaults.Of(cases);
            }
        );
}

/// <summary>Known mistakes in a mask.</summary>
internal static class MaskFaults
{
    private delegate bool Rule(Read where, int i, int n, int columns);

    private static readonly Computation AsData = From(1);

    // For a slip beside the wrong start.
    private static readonly Computation FromTwo = From(2);

    private static Computation From(int first) =>
        new(
            ["i", "n", "columns"],
            new Loop(
                "i",
                first,
                new IndexExpression(["columns"], [], first - 1),
                1,
                new Condition(
                    "where is Read.EveryStep",
                    memory => memory.NumberOf("every") == 1,
                    [
                        new Line(
                            "mask",
                            new Comparison("i", "<=", "n"),
                            place: new IndexExpression(["i"], [], 1 - first)
                        ),
                    ],
                    [new Line("mask", new Comparison("i", "==", "n"), place: new IndexExpression(["i"], [], 1 - first))]
                )
            )
        );

    private static readonly (Finding Fault, Rule Rule)[] Suspects =
    [
        (
            new(
                "padding-read",
                "At “every step” the mask reads the padding, too.",
                "After the last word nothing happens any more. At which steps is there something to be right about?",
                "“Every step” means every real step: i <= n."
            ),
            (where, i, n, columns) => where == Read.EveryStep || i == n
        ),
        (
            new(
                "last-column",
                "“The last step” is taken as the last column, which is padding where the sequence is shorter.",
                "A review is judged after its last word. At which step is that, if three blanks follow?",
                "i == n, not i == columns."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i <= n : i == columns
        ),
        (
            new(
                "padding-ignored",
                "The mask knows nothing of the padding: “every step” reads it, and “the last step” is taken "
                    + "as the last column.",
                "Which of the two numbers says where the sequence ends, n or columns?",
                "Every real step: i <= n. The last real step: i == n."
            ),
            (where, i, n, columns) => where == Read.EveryStep || i == columns
        ),
        (
            new(
                "one-short",
                "The mask ends one step too early: the last word is not read.",
                "The lecture counts from 1, C# from 0. At which index is the last real step?",
                "If i counts from 0, then i < n, and i == n - 1 for the last; if from 1, then i <= n and i == n."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i < n : i == n - 1
        ),
        (
            new(
                "one-far",
                "The mask is one step late.",
                "The lecture counts from 1, C# from 0. Which index does the first step have?",
                "If i counts from 0, then i < n, and i == n - 1 for the last."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i <= n + 1 : i == n + 1
        ),
        (
            new(
                "last-one-late",
                "“Every step” is right, but “the last step” is taken one place behind it.",
                "n says how many steps there are. Which index does the last of n have, if the first has 0?",
                "n - 1 for an index that counts from 0."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i <= n : i == n + 1
        ),
        (
            new(
                "last-one-early",
                "“Every step” is right, but “the last step” is taken one place before it.",
                "Does your index count from 0 or from 1? The same index must serve both cases.",
                "i == n if i counts from 1, i == n - 1 if it counts from 0."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i <= n : i == n - 1
        ),
        (
            new(
                "every-one-short",
                "“The last step” is right, but “every step” leaves that one out.",
                "Does your index count from 0 or from 1? The same index must serve both cases.",
                "i <= n if i counts from 1, i < n if it counts from 0."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i < n : i == n
        ),
        (
            new(
                "every-one-far",
                "“The last step” is right, but “every step” reads one place of the padding.",
                "Does your index count from 0 or from 1? The same index must serve both cases.",
                "i <= n if i counts from 1, i < n if it counts from 0."
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i <= n + 1 : i == n
        ),
        (
            new(
                "inverted",
                "The mask is the wrong way round: it says true where nothing is read.",
                "What should be true, at a step whose output is read?",
                "true means read: i <= n, and i == n."
            ),
            (where, i, n, columns) => !(where == Read.EveryStep ? i <= n : i == n)
        ),
        (
            new(
                "patterns-swapped",
                "The two patterns are swapped.",
                "Which of them is true only once?",
                "where == Read.EveryStep ? i <= n : i == n"
            ),
            (where, i, n, columns) => where == Read.EveryStep ? i == n : i <= n
        ),
        (
            new(
                "always-every",
                "Whatever is asked for, every step is read.",
                "Where does the method look at its first argument?",
                "where == Read.EveryStep ? i <= n : i == n"
            ),
            (where, i, n, columns) => i <= n
        ),
        (
            new(
                "always-last",
                "Whatever is asked for, the last step alone is read.",
                "Where does the method look at its first argument?",
                "where == Read.EveryStep ? i <= n : i == n"
            ),
            (where, i, n, columns) => i == n
        ),
    ];

    public static Finding? Of(IReadOnlyList<(Read Where, int N, int Columns, bool[] Given)> cases)
    {
        bool Explains(Rule rule) =>
            cases.All(c =>
                c.Given.SequenceEqual(Enumerable.Range(1, c.Columns).Select(i => rule(c.Where, i, c.N, c.Columns)))
            );
        bool Right(Read where, int i, int n, int columns) => where == Read.EveryStep ? i <= n : i == n;
        if (Explains(Right))
        {
            return null;
        }

        var size = cases.FirstOrDefault(c => c.Given.Length != c.Columns);
        if (size.Given is not null)
        {
            return new(
                "size",
                $"For n = {size.N} and columns = {size.Columns} the mask has {size.Given.Length} entries.",
                "The padding has its place in the mask as well. What does the mask say there?",
                "One entry for each column: Enumerable.Range(1, columns)."
            );
        }

        if (Suspects.FirstOrDefault(suspect => Explains(suspect.Rule)).Fault is { } known)
        {
            return known;
        }

        List<(Func<Memory>, IReadOnlyList<(string, double[])>)> asked =
        [
            .. cases.Select(c =>
                (
                    new Func<Memory>(() =>
                        Memory.With(("n", c.N), ("columns", c.Columns), ("every", c.Where == Read.EveryStep ? 1 : 0))
                    ),
                    (IReadOnlyList<(string, double[])>)
                        [.. c.Given.Select((read, k) => ($"mask[{k + 1}]", new[] { read ? 1.0 : 0 }))]
                )
            ),
        ];
        if ((AsData.DiagnoseAll(asked) ?? FromTwo.DiagnoseAll(asked)) is { } slip)
        {
            return slip;
        }

        var wrong = cases.First(c =>
            !c.Given.SequenceEqual(Enumerable.Range(1, c.Columns).Select(i => Right(c.Where, i, c.N, c.Columns)))
        );
        return new(
            "differs",
            $"For {wrong.Where}, n = {wrong.N} and columns = {wrong.Columns} the mask is "
                + $"{Bits(wrong.Given)}, "
                + "but should be "
                + Bits([
                    .. Enumerable.Range(1, wrong.Columns).Select(i => Right(wrong.Where, i, wrong.N, wrong.Columns)),
                ])
                + ".",
            Texts07.Mask.Hint,
            Texts07.Mask.MoreHint
        );
    }

    private static string Bits(bool[] mask) =>
        mask.Length == 0 ? "empty" : string.Concat(mask.Select(read => read ? '1' : '0'));
}
