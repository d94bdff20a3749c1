using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Lesson10;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the Jacobian of one step, ds_i/ds_{i−1}.</summary>
    /// <param name="jacobian">The learner's method: from the network and s_i, shape (H), to a matrix of shape (H,
    /// H).</param>
    public static Feedback StepJacobian(Func<VanillaRnn, Vector<double>, Matrix<double>>? jacobian) =>
        Attempt.Judge(
            Texts10.Step,
            jacobian,
            () =>
            {
                var net = SampleNetwork.Recurrent();
                for (var i = 1; i <= 3; i += 2)
                {
                    var s = net.Forward(SampleNetwork.Inputs(net.U.ColumnCount, 3, 71)).s[i];
                    var hand = new ArgumentCopies();
                    var given =
                        Attempt.Call(
                            "for a state of three numbers",
                            () => jacobian!(hand.Copy(net), hand.Copy("s_i", s))
                        ) ?? throw Attempt.Blank();
                    if (hand.Fault() is { } changed)
                    {
                        return changed;
                    }

                    if (JacobianDiagnosis.StepFault(net, s, Quantity.Of("ds_i/ds_{i−1}", given)) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );

    /// <summary>Checks the product of Jacobians, ds_n/ds_k.</summary>
    /// <param name="product">The learner's method: from the network, the states s_0 … s_T (each of shape (H)), n and k
    /// to a matrix of shape (H, H).</param>
    public static Feedback JacobianProduct(
        Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, int, Matrix<double>>? product
    ) =>
        Attempt.Judge(
            Texts10.Product,
            product,
            () =>
            {
                var net = SampleNetwork.Recurrent();
                var s = net.Forward(SampleNetwork.Inputs(net.U.ColumnCount, 6, 72)).s;
                foreach (var (n, k) in new[] { (5, 2), (4, 3), (6, 0), (3, 3) })
                {
                    var hand = new ArgumentCopies();
                    var given =
                        Attempt.Call(
                            $"for n = {n} and k = {k}",
                            () => product!(hand.Copy(net), hand.Copy("the list of states", s), n, k)
                        ) ?? throw Attempt.Blank();
                    if (hand.Fault() is { } changed)
                    {
                        return changed;
                    }

                    if (JacobianDiagnosis.ProductFault(net, s, n, k, Quantity.Of($"ds_{n}/ds_{k}", given)) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );
}
