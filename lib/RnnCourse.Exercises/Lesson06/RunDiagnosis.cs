using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson06;

/// <summary>Finds why the states or outputs of a whole sequence are wrong, by running the sequence wrongly on
/// purpose.</summary>
internal static class RunDiagnosis
{
    /// <summary>A run over a sequence: the states s_0 … s_n and the outputs y_1 … y_n.</summary>
    public sealed record Run(IReadOnlyList<Vector<double>> s, IReadOnlyList<Vector<double>> y);

    /// <summary>The fault of the given results, or null. Without states (null), the outputs are judged alone.</summary>
    public static Finding? Fault(
        VanillaRnn net,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s_0,
        IReadOnlyList<Vector<double>>? s,
        IReadOnlyList<Vector<double>>? y,
        Exercise exercise
    )
    {
        if (y is null)
        {
            return Findings.Missing("the list of outputs");
        }

        if (y.Count != x.Count)
        {
            return RunFaults.Count("outputs", y.Count, x.Count);
        }

        Vector<double>[] outputs = [.. y],
            states = [];
        if (s is not null)
        {
            if (s.Count != x.Count && s.Count != x.Count + 1)
            {
                return RunFaults.Count("states", s.Count, x.Count);
            }

            states = s.Count == x.Count ? [s_0, .. s] : [.. s];
        }

        if (Array.FindIndex(outputs, v => v is null) is >= 0 and var noOutput)
        {
            return Findings.Missing($"y_{noOutput + 1}");
        }

        if (Array.FindIndex(states, v => v is null) is >= 0 and var noState)
        {
            return Findings.Missing($"s_{noState}");
        }

        var right = Compute(net, x, s_0, StepFormula.Right);
        if (Matches(right, states, outputs))
        {
            return null;
        }

        return OfForm(right, states, outputs)
            ?? (IsOneObject(outputs) || IsOneObject([.. states.Skip(1)]) ? RunFaults.SameObject : null)
            ?? Suspects(net, x, s_0).FirstOrDefault(suspect => Matches(suspect.Run, states, outputs)).Fault
            ?? AtFirstWrongStep(net, x, right, states, outputs, exercise);
    }

    /// <summary>Runs a formula over a sequence.</summary>
    public static Run Compute(
        VanillaRnn net,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s_0,
        StepFormula formula,
        bool passOn = true
    )
    {
        var (s, y) = (new List<Vector<double>> { s_0 }, new List<Vector<double>>());
        foreach (var x_i in x)
        {
            var p = StepInputs.Of(net, x_i, passOn ? s[^1] : s_0);
            s.Add(formula.State(p));
            y.Add(formula.Output(p, s[^1]));
        }

        return new Run(s, y);
    }

    public static bool Matches(Run run, Vector<double>[] states, Vector<double>[] outputs) =>
        AllNear(run.y, outputs) && (states.Length == 0 || AllNear([.. run.s.Skip(1)], [.. states.Skip(1)]));

    private static IEnumerable<(Finding Fault, Run Run)> Suspects(
        VanillaRnn net,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s_0
    )
    {
        Run Plain(IReadOnlyList<Vector<double>> inputs, Vector<double> start) =>
            Compute(net, inputs, start, StepFormula.Right);
        yield return (RunFaults.NeverPassedOn, Compute(net, x, s_0, StepFormula.Right, passOn: false));
        yield return (RunFaults.StartIgnored, Plain(x, 0 * s_0));
        yield return (RunFaults.NetworksStart, Plain(x, net.s_0));
        foreach (
            var formula in StepFormula.States.Concat(StepFormula.Outputs).Where(formula => formula.Faults.Count == 1)
        )
        {
            yield return (formula.Faults[0], Compute(net, x, s_0, formula));
        }

        var right = Plain(x, s_0);
        yield return (
            RunFaults.OutputLate,
            new Run(right.s, [.. right.s.SkipLast(1).Select(s_i => CrossEntropy.Softmax((net.V * s_i) + net.c))])
        );
        Vector<double>[] reversed = [.. x.Reverse()];
        yield return (RunFaults.InputsBackwards, Plain(reversed, s_0));
        yield return (
            RunFaults.ResultsBackwards,
            new Run([right.s[0], .. right.s.Skip(1).Reverse()], [.. right.y.Reverse()])
        );
        yield return (RunFaults.ResultsBackwards, new Run(right.s, [.. right.y.Reverse()]));
        if (x.Count > 1)
        {
            yield return (RunFaults.InputsLate, Plain([0 * x[0], .. x.SkipLast(1)], s_0));
        }

        if (x.Count > 1)
        {
            yield return (RunFaults.InputsLate, Plain([x[0], .. x.SkipLast(1)], s_0));
        }
    }

    private static Finding? OfForm(Run right, Vector<double>[] states, Vector<double>[] outputs)
    {
        for (var i = 1; i <= outputs.Length; i++)
        {
            if (
                states.Length > 0
                && Quantity.Of($"s_{i}", states[i]).FaultOfForm(Quantity.Of("", right.s[i])) is { } ofState
            )
            {
                return ofState;
            }

            if (Quantity.Of($"y_{i}", outputs[i - 1]).FaultOfForm(Quantity.Of("", right.y[i - 1])) is { } ofOutput)
            {
                return ofOutput;
            }
        }

        return null;
    }

    private static Finding AtFirstWrongStep(
        VanillaRnn net,
        IReadOnlyList<Vector<double>> x,
        Run right,
        Vector<double>[] states,
        Vector<double>[] outputs,
        Exercise exercise
    )
    {
        for (var i = 1; i <= x.Count; i++)
        {
            var p = StepInputs.Of(net, x[i - 1], right.s[i - 1]);
            var fault =
                states.Length > 0
                    ? StepDiagnosis.Fault(p, states[i], outputs[i - 1], exercise)
                    : StepDiagnosis.OfOutput(p, right.s[i], outputs[i - 1], exercise);
            if (fault is not null)
            {
                return fault with { What = $"Step {i} is the first that is wrong. {fault.What}" };
            }
        }

        return Findings.Differs("The run", "", double.NaN, double.NaN, exercise); // not reached: some step differs
    }

    private static bool IsOneObject(Vector<double>[] list) =>
        list.Length > 1 && list.All(v => ReferenceEquals(v, list[0]));

    private static bool AllNear(IReadOnlyList<Vector<double>> a, Vector<double>[] b) =>
        a.Count == b.Length && a.Zip(b).All(pair => Quantity.Of("", pair.Second).IsNear(Quantity.Of("", pair.First)));
}
