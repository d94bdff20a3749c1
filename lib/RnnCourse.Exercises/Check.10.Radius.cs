using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Lesson10;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a spectral radius of W with which a gradient keeps its size over twenty steps, in the network of
    /// lesson 10: D = 8, H = 64, W drawn at random and scaled, random normal inputs.</summary>
    /// <param name="network">The network of the lesson, with any radius; only its sizes, U and the direction of its W
    /// matter, and it is not changed.</param>
    /// <param name="radius">The spectral radius.</param>
    public static Feedback KeepsLag20(VanillaRnn network, double? radius) =>
        Attempt.Judge(
            Texts10.Radius,
            radius is null,
            () =>
            {
                ArgumentNullException.ThrowIfNull(network);
                return Criteria10.Radius.Fault((network, radius!.Value));
            }
        );

    /// <summary>Checks a matrix whose powers grow before they fall.</summary>
    /// <param name="W">The learner's matrix, shape (H, H): a spectral radius of at most 0.9, and a power whose norm is
    /// at least 10.</param>
    public static Feedback GrowsBeforeItFalls(Matrix<double>? W) =>
        Attempt.Judge(Texts10.Growing, W is null, () => Criteria10.Growing.Fault(W!));
}

/// <summary>The replies to a radius or a matrix that doesn't meet the demand.</summary>
internal static class RadiusFaults
{
    public static Finding NotAbove0 { get; } =
        new(
            "no-radius",
            "A spectral radius here is a number above 0.",
            "Which numbers stood in the figure?",
            "Try numbers between those of the figure whose curves fall and rise."
        );

    public static Finding Normal { get; } =
        new(
            "normal",
            "Your matrix is normal: W Wᵀ = Wᵀ W. The norm of its n-th power is ρⁿ exactly, so it falls "
                + "from the first step on.",
            "What must the eigenvectors be like for a vector to grow although each of its parts along them shrinks?",
            "Not at right angles. The plainest such matrix has the same number twice on its diagonal, "
                + "and a large one above it."
        );

    public static Finding Vanished(double radius, double kept) =>
        new(
            "vanished",
            string.Create(
                CultureInfo.InvariantCulture,
                $"With a radius of {radius:G4}, {kept:G2} of a gradient is left after twenty steps: it vanishes."
            ),
            "In the linear network 1 is the border. What does the slope of tanh do to each factor?",
            "The slopes are below 1, so W must make up for them: take a radius above 1. Look in the "
                + "figure for the curve that stays level."
        );

    public static Finding Exploded(double radius, double kept) =>
        new(
            "exploded",
            string.Create(
                CultureInfo.InvariantCulture,
                $"With a radius of {radius:G4}, a gradient is "
                    + $"{(kept < 1e6 ? Math.Round(kept, kept < 10 ? 1 : 0) : kept):G7} "
                    + $"times as long after twenty steps: it explodes."
            ),
            "Between which two curves of the figure does yours lie?",
            "Halve the distance to a radius whose curve falls, and try again: twenty steps are "
                + "sensitive, a few tries will do."
        );

    public static Finding TooLarge(double radius) =>
        new(
            "radius-too-large",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Its spectral radius is {radius:G3}; it may be 0.9 at the most."
            ),
            "What are the eigenvalues of a matrix with zeros below the diagonal?",
            "The numbers on its diagonal. Put 0.9 or less there, and the growth elsewhere."
        );

    public static Finding GrowsTooLittle(double largest) =>
        new(
            "grows-too-little",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The largest norm of its powers is {largest:G3}; it should be 10 at least."
            ),
            "Which number of the matrix can be large without changing the eigenvalues?",
            "The one above the diagonal of [[0.9, c], [0, 0.9]]."
        );
}
