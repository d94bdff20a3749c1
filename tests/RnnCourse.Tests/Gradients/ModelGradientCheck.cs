using RnnCourse.Gradients;
using RnnCourse.Losses;
using RnnCourse.Model;

namespace RnnCourse.Tests.Gradients;

/// <summary>Compares the gradients that a model computes with central differences.</summary>
internal static class ModelGradientCheck
{
    /// <summary>Differentiates the summed loss of a batch by every parameter, once by backpropagation, once by
    /// <see cref="CentralDifferences"/>.</summary>
    /// <param name="model">The model; its parameters are unchanged afterwards, its gradients are those of this
    /// batch.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="batch">The inputs and targets.</param>
    /// <param name="dropoutSeed">What dropout is drawn by, the same in every evaluation; null for none.</param>
    /// <returns>For each parameter its name and relative error (<see cref="CentralDifferences.RelativeError"/>): below
    /// 1e-7 for a correct backward pass whose gradients are not tiny.</returns>
    /// <remarks>Each number of each parameter costs four forward passes: for small models.</remarks>
    public static IReadOnlyList<(string Name, double RelativeError)> Check(
        SequenceModel<double> model,
        ISequenceLoss<double> loss,
        SequenceBatch<double> batch,
        ulong? dropoutSeed = null
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        double Loss() => loss.Compute(batch, model.Forward(batch, dropoutSeed), model.ScoreGradients, 1);
        Loss();
        model.Backward();
        double[][] gradients = [.. model.Parameters.Select(parameter => (double[])parameter.Gradient.Clone())];
        return
        [
            .. model.Parameters.Select(
                (parameter, p) =>
                    (
                        parameter.Name,
                        CentralDifferences.RelativeError(
                            gradients[p],
                            CentralDifferences.Gradient(Loss, parameter.Values)
                        )
                    )
            ),
        ];
    }
}
