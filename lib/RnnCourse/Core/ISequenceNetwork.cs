using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>The common interface of the lecture's three networks: they compute an output at each step of a sequence,
/// and can be trained.</summary>
/// <remarks>D is the size of one input, K the number of classes an output chooses from, n the number of
/// steps.</remarks>
public interface ISequenceNetwork
{
    /// <summary>Every trainable parameter, in a fixed order.</summary>
    IReadOnlyList<ParameterView> Parameters { get; }

    /// <summary>How many trainable numbers the network has.</summary>
    int ParameterCount { get; }

    /// <summary>Computes the outputs y_1 … y_n.</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D).</param>
    /// <returns>The outputs y_1 … y_n, each of shape (K): probabilities that sum to 1.</returns>
    /// <exception cref="ArgumentException">An input has another size than D, or the network cannot take a sequence of
    /// this length.</exception>
    IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x);

    /// <summary>Computes the loss of one sequence and its derivative by every parameter.</summary>
    /// <param name="x">The inputs x_1 … x_n, each of shape (D).</param>
    /// <param name="targets">The right class at each step, n of them, from 0 to K − 1; null where the output is not
    /// read.</param>
    /// <returns>The loss in nats, summed over the steps that are read, and the gradients: one array for each of
    /// <see cref="Parameters"/>, in the same order and layout.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Predict"/>; or the targets' number differs from n, or one
    /// is not a class.</exception>
    (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    );
}

/// <summary>One parameter of a network, seen as plain numbers: enough to train the network or check its
/// gradients.</summary>
/// <param name="Name">The parameter's letter in the lecture, such as "U" or "s_0".</param>
/// <param name="Rows">How many rows the parameter has.</param>
/// <param name="Columns">How many columns it has; 1 for a vector.</param>
/// <param name="Values">The numbers themselves, shape (Rows, Columns), column after column. They are the network's own,
/// not a copy: writing here changes the network.</param>
public sealed record ParameterView(string Name, int Rows, int Columns, double[] Values);
