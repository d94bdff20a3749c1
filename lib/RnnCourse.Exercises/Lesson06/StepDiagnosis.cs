using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson06;

/// <summary>Finds which part of a step causes a wrong state or output.</summary>
internal static class StepDiagnosis
{
    private static readonly string[] Letters = ["x_i", "s_prev", "U", "W", "b", "V", "c", "s_i", "y_i"];

    private static readonly Computation State = new(Letters, RecurrentStep.State("x_i", "s_prev"));

    private static readonly Computation Output = new(Letters, RecurrentStep.Output());

    /// <summary>The fault of one step's results, or null.</summary>
    public static Finding? Fault(StepInputs p, Vector<double>? s_i, Vector<double>? y_i, Exercise exercise)
    {
        if (s_i is null)
        {
            return Findings.Missing("s_i");
        }

        var right = StepFormula.Right.State(p);
        return OfState(p, s_i, Quantity.Of("s_i", right), exercise)
            ?? (y_i is null ? Findings.Missing("y_i") : OfOutput(p, right, y_i, exercise));
    }

    /// <summary>The fault of an output whose state is right, or null.</summary>
    /// <param name="p">The parameters and inputs of the step.</param>
    /// <param name="s_i">Its state.</param>
    /// <param name="y_i">The output.</param>
    /// <param name="exercise">The exercise.</param>
    /// <param name="slips">Looks for a mistake in another computation than softmax(V s_i + c).</param>
    public static Finding? OfOutput(
        StepInputs p,
        Vector<double> s_i,
        Vector<double> y_i,
        Exercise exercise,
        Func<Finding?>? slips = null
    )
    {
        var expected = Quantity.Of("y_i", StepFormula.Right.Output(p, s_i));
        var given = Quantity.Of("y_i", y_i);
        if (given.IsNear(expected))
        {
            return null;
        }

        return given.FaultOfForm(expected)
            ?? Named(
                StepFormula.Outputs.FirstOrDefault(formula =>
                    Explains(formula, given) && given.IsNear(Quantity.Of("y_i", formula.Output(p, s_i)))
                )
            )
            ?? Zero(given, expected)
            ?? (slips ?? (() => Output.Diagnose(() => Given(p, s_i), [("y_i", given.Values)])))()
            ?? given.FaultOfValue(expected, exercise);
    }

    private static Finding? OfState(StepInputs p, Vector<double> s_i, Quantity expected, Exercise exercise)
    {
        var given = Quantity.Of("s_i", s_i);
        if (given.IsNear(expected))
        {
            return null;
        }

        return given.FaultOfForm(expected)
            ?? Named(
                StepFormula.States.FirstOrDefault(formula =>
                    Explains(formula, given) && given.IsNear(Quantity.Of("s_i", formula.State(p)))
                )
            )
            ?? Zero(given, expected)
            ?? State.Diagnose(() => Given(p, null), [("s_i", given.Values)])
            ?? given.FaultOfValue(expected, exercise);
    }

    // Zeros alone come from many mistakes, such as a vector that is cleared later; a ReLU makes them of any negative
    // sums.
    private static bool Explains(StepFormula formula, Quantity given) =>
        !IsZero(given) || (formula.Faults.Count == 1 && formula.Faults[0] != StepFaults.ReluInside);

    private static Finding? Zero(Quantity given, Quantity expected) =>
        IsZero(given) ? Findings.Related(given.Name, given.Values, expected.Values) : null;

    private static bool IsZero(Quantity given) => given.Values.All(value => value == 0);

    // If only the output is compared, the state is given.
    private static Memory Given(StepInputs p, Vector<double>? s_i) =>
        Memory.With(
            ("x_i", p.x_i),
            ("s_prev", p.s_prev),
            ("U", p.U),
            ("W", p.W),
            ("V", p.V),
            ("b", p.b),
            ("c", p.c),
            ("s_i", s_i)
        );

    // Of several faults, the first is reported; the next attempt will meet the second.
    private static Finding? Named(StepFormula? formula) => formula?.Faults[0];
}
