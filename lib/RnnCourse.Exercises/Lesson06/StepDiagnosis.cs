using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Lesson06;

/// <summary>Finds which part of a step a wrong state or output comes from.</summary>
internal static class StepDiagnosis
{
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
    public static Finding? OfOutput(StepInputs p, Vector<double> s_i, Vector<double> y_i, Exercise exercise)
    {
        var expected = Quantity.Of("y_i", StepFormula.Right.Output(p, s_i));
        var given = Quantity.Of("y_i", y_i);
        if (given.IsNear(expected))
        {
            return null;
        }

        return given.FaultOfForm(expected)
            ?? Named(
                StepFormula.Outputs.FirstOrDefault(formula => given.IsNear(Quantity.Of("y_i", formula.Output(p, s_i))))
            )
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
            ?? Named(StepFormula.States.FirstOrDefault(formula => given.IsNear(Quantity.Of("s_i", formula.State(p)))))
            ?? given.FaultOfValue(expected, exercise);
    }

    // Of several faults, the first is told; the next attempt will meet the second.
    private static Finding? Named(StepFormula? formula) => formula?.Faults[0];
}
