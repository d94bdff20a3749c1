using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson06;
using RnnCourse.Exercises.Lesson07;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>A loss of a sequence's outputs.</summary>
    /// <param name="y">The outputs y_1 … y_n, each of shape (K).</param>
    /// <param name="targets">The right class at each step, n of them; null if the output is not read.</param>
    /// <returns>The loss in nats.</returns>
    public delegate double LossMethod(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets);

    /// <summary>Checks the masked cross-entropy, summed over the steps that are read.</summary>
    /// <param name="loss">The learner's method; it gets outputs of shape (K).</param>
    public static Feedback MaskedLoss(LossMethod? loss) => Loss(Texts07.Loss, loss, mean: false);

    /// <summary>Checks the masked cross-entropy, averaged over the steps that are read; 0 if none is read.</summary>
    /// <param name="loss">The learner's method; it gets outputs of shape (K).</param>
    public static Feedback MaskedMeanLoss(LossMethod? loss) => Loss(Texts07.MeanLoss, loss, mean: true);

    /// <summary>Checks a softmax: right for ordinary scores, for scores of 1000, and without writing to its
    /// argument.</summary>
    /// <param name="softmax">The learner's method, from scores of shape (K) to probabilities of shape (K).</param>
    public static Feedback Softmax(Func<Vector<double>, Vector<double>>? softmax) =>
        Attempt.Judge(
            Texts07.Softmax,
            softmax,
            () =>
            {
                var cases = new double[][]
                {
                    [2, 1, 0, -1],
                    [-0.3, 0.7],
                    [1000, 1001, 998],
                    [-1000, -1001, -998],
                    [800, -800, 0],
                };
                foreach (var scores in cases)
                {
                    var z = Vector<double>.Build.DenseOfArray(scores);
                    var hand = new ArgumentCopies();
                    var p =
                        Attempt.Call(
                            "for the scores " + "(" + string.Join(", ", scores.Select(Number)) + ")",
                            () => softmax!(hand.Copy("the scores", z))
                        ) ?? throw Attempt.Blank();
                    if (hand.Fault() is { } changed)
                    {
                        return changed;
                    }

                    if (SoftmaxFault(z, p, cases.TakeWhile(other => other != scores)) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );

    private static readonly Computation ShiftedSoftmax = new(
        ["z", "e"],
        new Line("e", Functions.Exp(new Name("z") - Functions.Max(new Name("z")))),
        new Line("p", new Name("e") / Functions.SumOf(new Name("e")))
    );

    private static Finding? SoftmaxFault(Vector<double> z, Vector<double> p, IEnumerable<double[]> rightFor)
    {
        // the output's line of the step, with V = 1 and c = 0, is nothing but a softmax
        var step = new StepInputs(
            z,
            z,
            Matrix<double>.Build.DenseIdentity(z.Count),
            Matrix<double>.Build.DenseIdentity(z.Count),
            Matrix<double>.Build.DenseIdentity(z.Count),
            0 * z,
            0 * z
        );
        var fault = StepDiagnosis.OfOutput(step, z, p, Texts07.Softmax, () => null);
        var slip = ShiftedSoftmax.Diagnose(
            () => Memory.With(("z", z)),
            [("p", p.ToArray())],
            rightFor.Select(scores => Memory.With(("z", scores)))
        );
        return fault is { Key: "not-finite" } && z.Maximum() < -700 ? LossFaults.ShiftTooLarge
            : fault is { Key: "not-finite" } && z.AbsoluteMaximum() > 700 ? StepFaults.SoftmaxWithoutShift
            : fault is { Key: "scaled" } ? LossFaults.NotNormalised(p.Sum())
            : fault is { Key: "differs" } ? slip ?? fault
            : fault;
    }

    private static Feedback Loss(Exercise exercise, LossMethod? loss, bool mean) =>
        Attempt.Judge(
            exercise,
            loss,
            () =>
            {
                foreach (
                    var targets in new int?[][] { [2, 0, null, 4, 1, null, null], [3, null, 1], [1], [null, null], [] }
                )
                {
                    IReadOnlyList<Vector<double>> y =
                    [
                        .. SampleNetwork.Inputs(5, targets.Length, 41).Select(CrossEntropy.Softmax),
                    ];
                    var hand = new ArgumentCopies();
                    var given = Attempt.Call(
                        $"for {targets.Length} outputs, of which {targets.Count(target => target != null)} are read",
                        () => loss!(hand.Copy("the list of outputs", y), hand.Copy("the targets", targets))
                    );
                    if ((hand.Fault() ?? LossDiagnosis.Fault(y, targets, mean, given, exercise)) is { } fault)
                    {
                        return targets.Length >= 3 || fault.Key == "nothing-read"
                            ? fault
                            : fault with
                            {
                                What =
                                    $"For {targets.Length} outputs, of which "
                                    + $"{targets.Count(target => target is not null)} are read: {fault.What}",
                            };
                    }
                }

                return null;
            }
        );

    private static string Number(double score) => score.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
