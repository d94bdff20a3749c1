using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson06;

/// <summary>The step of a recurrent network with any of its parts right or wrong, to compare with a wrong
/// answer.</summary>
/// <param name="Faults">The mistakes in this formula; none for the lecture's.</param>
/// <param name="State">s_i from the parameters, x_i and s_{i−1}.</param>
/// <param name="Output">y_i from the parameters, s_i and s_{i−1}.</param>
internal sealed record StepFormula(
    IReadOnlyList<Finding> Faults,
    Func<StepInputs, Vector<double>> State,
    Func<StepInputs, Vector<double>, Vector<double>> Output
)
{
    private sealed record Part<T>(T Apply, Finding? Fault = null);

    private static readonly Part<Func<StepInputs, Vector<double>>>[] Inputs =
    [
        new(p => p.U * p.x_i),
        new(p => 0 * p.b, StepFaults.InputMissing),
    ];

    private static readonly Part<Func<StepInputs, Vector<double>>>[] Recurrent =
    [
        new(p => p.W * p.s_prev),
        new(p => 0 * p.b, StepFaults.RecurrentMissing),
        new(p => p.W.Transpose() * p.s_prev, StepFaults.RecurrentTransposed),
        new(p => -(p.W * p.s_prev), StepFaults.RecurrentSubtracted),
        new(p => p.s_prev, StepFaults.RecurrentWithoutW),
    ];

    private static readonly Part<Func<StepInputs, Vector<double>>>[] StateBias =
    [
        new(p => p.b),
        new(p => 0 * p.b, StepFaults.StateBiasMissing),
        new(p => -p.b, StepFaults.StateBiasSubtracted),
    ];

    private static readonly Part<Func<Vector<double>, Vector<double>>>[] Squash =
    [
        new(a => a.PointwiseTanh()),
        new(a => a, StepFaults.TanhMissing),
        new(Sigmoid, StepFaults.SigmoidInside),
        new(a => a.PointwiseMaximum(0), StepFaults.ReluInside),
        new(CrossEntropy.Softmax, StepFaults.SoftmaxInside),
        new(a => a.PointwiseTanh().PointwiseTanh(), StepFaults.TanhTwice),
    ];

    private static readonly Part<Func<StepInputs, Vector<double>, Vector<double>>>[] Read =
    [
        new((_, s_i) => s_i),
        new((p, _) => p.s_prev, StepFaults.OutputFromPreviousState),
        new((p, _) => (p.U * p.x_i) + (p.W * p.s_prev) + p.b, StepFaults.OutputFromPreactivation),
    ];

    private static readonly Part<Func<StepInputs, Vector<double>>>[] OutputBias =
    [
        new(p => p.c),
        new(p => 0 * p.c, StepFaults.OutputBiasMissing),
        new(p => -p.c, StepFaults.OutputBiasSubtracted),
    ];

    private static readonly Part<Func<Vector<double>, Vector<double>>>[] Share =
    [
        new(CrossEntropy.Softmax),
        new(z => z, StepFaults.SoftmaxMissing),
        new(z => z.PointwiseTanh(), StepFaults.TanhOutside),
        new(Sigmoid, StepFaults.SigmoidOutside),
        new(z => z.PointwiseExp(), StepFaults.SoftmaxNotDivided),
        new(z => z / z.Sum(), StepFaults.SoftmaxWithoutExp),
        new(z => CrossEntropy.Softmax(z).PointwiseLog(), StepFaults.LogSoftmax),
        new(z => CrossEntropy.Softmax(CrossEntropy.Softmax(z)), StepFaults.SoftmaxTwice),
    ];

    /// <summary>The lecture's step: tanh(U x_i + W s_{i−1} + b), softmax(V s_i + c).</summary>
    public static StepFormula Right { get; } =
        new(
            [],
            p => Combine(p, Inputs[0], Recurrent[0], StateBias[0], Squash[0]),
            (p, s_i) => Give(p, s_i, Read[0], OutputBias[0], Share[0])
        );

    /// <summary>Every combination of faults in the state's line, those with the fewest first; outputs as in the
    /// lecture.</summary>
    public static IReadOnlyList<StepFormula> States { get; } =
    [
        .. (
            from input in Inputs
            from recurrent in Recurrent
            from bias in StateBias
            from squash in Squash
            select new StepFormula(
                Known(recurrent.Fault, input.Fault, bias.Fault, squash.Fault),
                p => Combine(p, input, recurrent, bias, squash),
                Right.Output
            )
        ).OrderBy(formula => formula.Faults.Count),
        new([StepFaults.StateAdded], p => p.s_prev + Right.State(p), Right.Output),
    ];

    /// <summary>Every combination of faults in the output's line, those with the fewest first; states as in the
    /// lecture.</summary>
    public static IReadOnlyList<StepFormula> Outputs { get; } =
    [
        .. (
            from read in Read
            from bias in OutputBias
            from share in Share
            select new StepFormula(
                Known(read.Fault, bias.Fault, share.Fault),
                Right.State,
                (p, s_i) => Give(p, s_i, read, bias, share)
            )
        ).OrderBy(formula => formula.Faults.Count),
    ];

    private static Vector<double> Combine(
        StepInputs p,
        Part<Func<StepInputs, Vector<double>>> input,
        Part<Func<StepInputs, Vector<double>>> recurrent,
        Part<Func<StepInputs, Vector<double>>> bias,
        Part<Func<Vector<double>, Vector<double>>> squash
    ) => squash.Apply(input.Apply(p) + recurrent.Apply(p) + bias.Apply(p));

    private static Vector<double> Give(
        StepInputs p,
        Vector<double> s_i,
        Part<Func<StepInputs, Vector<double>, Vector<double>>> read,
        Part<Func<StepInputs, Vector<double>>> bias,
        Part<Func<Vector<double>, Vector<double>>> share
    ) => share.Apply((p.V * read.Apply(p, s_i)) + bias.Apply(p));

    private static Vector<double> Sigmoid(Vector<double> a) => 1 / (1 + (-a).PointwiseExp());

    private static IReadOnlyList<Finding> Known(params IEnumerable<Finding?> faults) => [.. faults.OfType<Finding>()];
}

/// <summary>The parameters and inputs of a step.</summary>
internal sealed record StepInputs(
    Vector<double> x_i,
    Vector<double> s_prev,
    Matrix<double> U,
    Matrix<double> W,
    Matrix<double> V,
    Vector<double> b,
    Vector<double> c
)
{
    public static StepInputs Of(VanillaRnn net, Vector<double> x_i, Vector<double> s_prev) =>
        new(x_i, s_prev, net.U, net.W, net.V, net.b, net.c);

    public static StepInputs Of(
        double[] x_i,
        double[] s_prev,
        double[,] U,
        double[,] W,
        double[,] V,
        double[] b,
        double[] c
    ) =>
        new(
            Vector<double>.Build.DenseOfArray(x_i),
            Vector<double>.Build.DenseOfArray(s_prev),
            Matrix<double>.Build.DenseOfArray(U),
            Matrix<double>.Build.DenseOfArray(W),
            Matrix<double>.Build.DenseOfArray(V),
            Vector<double>.Build.DenseOfArray(b),
            Vector<double>.Build.DenseOfArray(c)
        );
}
