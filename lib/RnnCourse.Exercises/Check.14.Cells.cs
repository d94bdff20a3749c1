using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson14;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>One step of an LSTM.</summary>
    /// <param name="x_i">The input, shape (D).</param>
    /// <param name="s_prev">The previous state, shape (H).</param>
    /// <param name="c_prev">The previous cell, shape (H).</param>
    /// <param name="keep">The keep gate (in the literature: forget).</param>
    /// <param name="add">The add gate (input).</param>
    /// <param name="show">The show gate (output).</param>
    /// <param name="candidate">The candidate.</param>
    /// <returns>The new state and the new cell, shape (H) each.</returns>
    public delegate (Vector<double> s_i, Vector<double> c_i) LstmStepMethod(
        Vector<double> x_i,
        Vector<double> s_prev,
        Vector<double> c_prev,
        Gate keep,
        Gate add,
        Gate show,
        Gate candidate
    );

    /// <summary>One step of a GRU.</summary>
    /// <param name="x_i">The input, shape (D).</param>
    /// <param name="s_prev">The previous state, shape (H).</param>
    /// <param name="keep">The keep gate (in the literature: update).</param>
    /// <param name="reset">The reset gate.</param>
    /// <param name="candidate">The candidate; its b_W, shape (H), belongs to the term that the reset gate
    /// multiplies.</param>
    /// <returns>The new state, shape (H).</returns>
    public delegate Vector<double> GruStepMethod(
        Vector<double> x_i,
        Vector<double> s_prev,
        Gate keep,
        Gate reset,
        Gate candidate
    );

    /// <summary>Checks the step of an LSTM: first on small random gates, then over a sequence whose scores libtorch has
    /// computed.</summary>
    /// <param name="step">The learner's step.</param>
    public static Feedback LstmStep(LstmStepMethod? step) =>
        Attempt.Judge(
            Texts14.Lstm,
            step,
            () =>
            {
                var inputs = GateInputs.Draw(141, 4);
                var hand = new ArgumentCopies();
                Gate[] g = [.. inputs.Gates.Select((gate, k) => GateInputs.Copy(hand, gate, LstmFormula.Names[k]))];
                var (s_i, c_i) = Attempt.Call(
                    "for D = 4, H = 3",
                    () =>
                        step!(
                            hand.Copy("x_i", inputs.x_i),
                            hand.Copy("s_prev", inputs.s_prev),
                            hand.Copy("c_prev", inputs.c_prev),
                            g[0],
                            g[1],
                            g[2],
                            g[3]
                        )
                );
                if (s_i is null && c_i is null)
                {
                    throw Attempt.Blank();
                }

                if (s_i is null || c_i is null)
                {
                    return Findings.Missing(s_i is null ? "s_i" : "c_i");
                }

                return hand.Fault()
                    ?? LstmFormula.Fault(inputs, s_i, c_i)
                    ?? AgainstLibtorch(
                        "lstm",
                        run =>
                        {
                            var (s, cell) = (0 * run["keep"].b, 0 * run["keep"].b);
                            List<Vector<double>> states = [];
                            foreach (var x_i in run.x)
                            {
                                (s, cell) = step!(x_i, s, cell, run["keep"], run["add"], run["show"], run["candidate"]);
                                states.Add(s);
                            }

                            return states;
                        }
                    );
            }
        );

    /// <summary>Checks the step of a GRU, which the lesson gives with two bugs: first on small random gates, then over
    /// a sequence whose scores libtorch has computed.</summary>
    /// <param name="step">The learner's step.</param>
    public static Feedback GruStep(GruStepMethod? step) =>
        Attempt.Judge(
            Texts14.Gru,
            step,
            () =>
            {
                var inputs = GateInputs.Draw(142, 3);
                var hand = new ArgumentCopies();
                Gate[] g = [.. inputs.Gates.Select((gate, k) => GateInputs.Copy(hand, gate, GruFormula.Names[k]))];
                var s_i =
                    Attempt.Call(
                        "for D = 4, H = 3",
                        () => step!(hand.Copy("x_i", inputs.x_i), hand.Copy("s_prev", inputs.s_prev), g[0], g[1], g[2])
                    ) ?? throw Attempt.Blank();
                if (GruFormula.IsAsGiven(inputs, s_i))
                {
                    throw Attempt.Blank();
                }

                return hand.Fault()
                    ?? GruFormula.Fault(inputs, s_i)
                    ?? AgainstLibtorch(
                        "gru",
                        run =>
                        {
                            var s = 0 * run["keep"].b;
                            return
                            [
                                .. run.x.Select(x_i => s = step!(x_i, s, run["keep"], run["reset"], run["candidate"])),
                            ];
                        }
                    );
            }
        );

    private static Finding? AgainstLibtorch(string cell, Func<StoredRun, IReadOnlyList<Vector<double>>> states)
    {
        if (!CourseData.IsThere)
        {
            return null;
        }

        var run = StoredRun.Read(CourseData.PathOf("gradients", $"{cell}-seven-steps.json"));
        var off = run.Difference(Attempt.Call($"over {run.Framework}'s seven steps", () => states(run)));
        return off <= Quantity.Tolerance ? null : CellFaults.OffOverSteps(run.Framework, off);
    }
}
