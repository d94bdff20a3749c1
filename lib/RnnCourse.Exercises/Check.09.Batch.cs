using System.Globalization;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson09;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly (int T, int B)[] BatchSizes = [(10, 4), (7, 32), (1, 5), (6, 1)];

    /// <summary>Checks how many matrix products a forward and a backward pass over a batch take.</summary>
    /// <param name="count">The learner's formula: from T steps and B sequences to the number of products.</param>
    public static Feedback ProductCount(Func<int, int, int>? count) =>
        Attempt.Judge(
            Texts09.Count,
            count,
            () =>
            {
                var given = BatchSizes
                    .Select(size =>
                        (
                            size.T,
                            size.B,
                            Own: Attempt.Call($"for T = {size.T} and B = {size.B}", () => count!(size.T, size.B))
                        )
                    )
                    .ToList();
                if (given.All(g => g.Own == 0))
                {
                    return Findings.AlwaysZero;
                }

                bool Is(Func<int, int, int> formula) => given.All(g => g.Own == formula(g.T, g.B));
                if (Is((T, B) => (2 * T) + 6))
                {
                    return null;
                }

                var (t, b, own) = given.First(g => g.Own != (2 * g.T) + 6);
                return Is((T, B) => ((2 * T) + 6) * B)
                    || Is((T, B) => (2 * T * B) + 6)
                    || Is((T, B) => 8 * T * B)
                    || Is((T, B) => 2 * T * B)
                    || Is((T, B) => T * B)
                        ? BatchFaults.CountedBySequence
                    : Is((T, B) => 8 * T) || Is((T, B) => (8 * T) + 6) ? BatchFaults.CountedByStep
                    : Is((T, B) => T + 2) ? BatchFaults.CountedForwardOnly
                    : Enumerable.Range(0, 6).Any(fixedNumber => Is((T, B) => (2 * T) + fixedNumber))
                        ? BatchFaults.CountedWithoutGradients
                    : Is((T, B) => (3 * T) + 5) ? BatchFaults.CountedGradientOfWByStep
                    : BatchFaults.Products.DiagnoseNumbers(
                        "products",
                        given.Select(g => (Memory.With(("T", (double)g.T), ("B", (double)g.B)), (double)g.Own))
                    ) ?? BatchFaults.CountDiffers(t, b, own);
            }
        );

    /// <summary>Checks the index of a column in a batch's matrices.</summary>
    /// <param name="column">The learner's formula: from the step t (from 1), the sequence m (from 0), T and B to the
    /// column (from 0).</param>
    public static Feedback BatchColumn(Func<int, int, int, int, int>? column) =>
        Attempt.Judge(
            Texts09.Column,
            column,
            () =>
            {
                var given = (
                    from size in BatchSizes
                    from t in Enumerable.Range(1, size.T)
                    from m in Enumerable.Range(0, size.B)
                    select (
                        size.T,
                        size.B,
                        t,
                        m,
                        Own: Attempt.Call(
                            string.Create(CultureInfo.InvariantCulture, $"for step {t} of sequence {m}"),
                            () => column!(t, m, size.T, size.B)
                        )
                    )
                ).ToList();
                if (given.All(g => g.Own == 0))
                {
                    return Findings.AlwaysZero;
                }

                bool Is(Func<int, int, int, int, int> formula) => given.All(g => g.Own == formula(g.t, g.m, g.T, g.B));
                if (Is((t, m, T, B) => ((t - 1) * B) + m))
                {
                    return null;
                }

                var wrong = given.First(g => g.Own != ((g.t - 1) * g.B) + g.m);
                return Is((t, m, T, B) => (m * T) + t - 1) || Is((t, m, T, B) => (m * T) + t)
                        ? BatchFaults.SequenceAfterSequence
                    : Is((t, m, T, B) => (t * B) + m) ? BatchFaults.StepFromOne
                    : Is((t, m, T, B) => ((t - 1) * B) + m + 1) || Is((t, m, T, B) => ((t - 1) * B) + m - 1)
                        ? BatchFaults.SequenceFromOne
                    : Is((t, m, T, B) => ((t - 1) * T) + m) ? BatchFaults.WidthIsNotT
                    : BatchFaults.Columns.DiagnoseNumbers(
                        "column",
                        given.Select(g =>
                            (
                                Memory.With(
                                    ("t", (double)g.t),
                                    ("m", (double)g.m),
                                    ("T", (double)g.T),
                                    ("B", (double)g.B)
                                ),
                                (double)g.Own
                            )
                        )
                    ) ?? BatchFaults.ColumnDiffers(wrong.t, wrong.m, wrong.B, wrong.Own);
            }
        );
}
