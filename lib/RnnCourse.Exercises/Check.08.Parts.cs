using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>The gradient of a step's loss with respect to its scores.</summary>
    /// <param name="y_i">The probabilities, shape (K).</param>
    /// <param name="target">The right class; null if the output is not read.</param>
    /// <returns>dz_i, shape (K).</returns>
    public delegate Vector<double> ScoresMethod(Vector<double> y_i, int? target);

    /// <summary>The gradient with respect to a state.</summary>
    /// <param name="rnn">The network, for its W and V.</param>
    /// <param name="dz_i">The gradient with respect to the step's scores, shape (K).</param>
    /// <param name="da_next">The gradient inside the tanh of the next step, shape (H); null at the last step.</param>
    /// <returns>ds_i, shape (H).</returns>
    public delegate Vector<double> StatesMethod(VanillaRnn rnn, Vector<double> dz_i, Vector<double>? da_next);

    /// <summary>The gradient inside tanh.</summary>
    /// <param name="s_i">The state, shape (H): the result of tanh.</param>
    /// <param name="ds_i">The gradient with respect to the state, shape (H).</param>
    /// <returns>da_i, shape (H).</returns>
    public delegate Vector<double> InsideMethod(Vector<double> s_i, Vector<double> ds_i);

    // Read and not read, in the middle and at the end.
    private static readonly int?[] TargetsOfParts = [2, 0, null, 4, 1];

    /// <summary>Checks dz_i, the slope of a step's loss with respect to each score.</summary>
    /// <param name="scores">The learner's method.</param>
    public static Feedback ScoreGradients(ScoresMethod? scores) =>
        PartOfBackward(
            Texts08.Scores,
            scores,
            (pass, i, hand) => scores!(hand.Copy("y_i", pass.Trace.y[i - 1]), pass.Targets[i - 1]),
            PartsDiagnosis.Scores
        );

    /// <summary>Checks ds_i, the gradient of a state, which comes from the step's own output and the next
    /// step.</summary>
    /// <param name="states">The learner's method.</param>
    public static Feedback StateGradients(StatesMethod? states) =>
        PartOfBackward(
            Texts08.States,
            states,
            (pass, i, hand) =>
                states!(
                    hand.Copy(pass.Net),
                    hand.Copy("dz_i", pass.dz[i]),
                    i < pass.n ? hand.Copy("da_next", pass.da[i + 1]) : null
                ),
            PartsDiagnosis.States
        );

    /// <summary>Checks da_i, the gradient inside tanh, computed from ds_i.</summary>
    /// <param name="inside">The learner's method.</param>
    public static Feedback InsideTanh(InsideMethod? inside) =>
        PartOfBackward(
            Texts08.Inside,
            inside,
            (pass, i, hand) => inside!(hand.Copy("s_i", pass.Trace.s[i]), hand.Copy("ds_i", pass.ds[i])),
            PartsDiagnosis.Inside
        );

    // All steps of one sequence, from the first, each with a row of its own.
    private static Feedback PartOfBackward(
        Exercise exercise,
        Delegate? method,
        Func<BackwardPass, int, ArgumentCopies, Vector<double>> ask,
        PartsDiagnosis diagnosis
    )
    {
        var table = new ComparisonTable();
        return Attempt.Judge(
            exercise,
            method,
            () =>
            {
                var pass = BackwardPass.Of(SampleNetwork.Recurrent(), TargetsOfParts);
                var given = new List<Quantity>();
                for (var i = 1; i <= pass.n; i++)
                {
                    var hand = new ArgumentCopies();
                    var step = i;
                    var part = Attempt.Call($"for step {i} of {pass.n}", () => ask(pass, step, hand));
                    if (part is null)
                    {
                        return given.Count > 0 ? Findings.Missing($"{diagnosis.Letter}_{i}") : throw Attempt.Blank();
                    }

                    if (hand.Fault() is { } changed)
                    {
                        return changed;
                    }

                    given.Add(Quantity.Of($"{diagnosis.Letter}_{i}", part));
                    table.Compare(given[^1], Quantity.Of("", diagnosis.Right(pass, i)));
                }

                return diagnosis.Fault(pass, given, exercise);
            },
            table
        );
    }
}
