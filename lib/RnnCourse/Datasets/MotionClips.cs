using System.Runtime.CompilerServices;
using RnnCourse.Core;

namespace RnnCourse.Datasets;

/// <summary>The course's clips: a small bright shape that moves or turns over a dark, noisy ground. A single frame
/// never reveals the action.</summary>
/// <remarks>
/// Why a single frame reveals nothing: place, angle, shape and brightness of the first frame are drawn without regard
/// to the action, and evenly from all there are; the ground has no edges (what leaves on one side comes back on the
/// other). So at each time the frames of all actions come from one and the same distribution.
/// </remarks>
internal static class MotionClips
{
    /// <summary>The width and height of a frame, in pixels.</summary>
    public const int Size = 12;

    /// <summary>How many frames a clip has, at most.</summary>
    public const int MaxFrames = 10;

    /// <summary>How many frames a clip has, at the least.</summary>
    public const int MinFrames = 6;

    /// <summary>The seed of the clips that the course learns from and tests on.</summary>
    public const ulong Seed = 2026;

    /// <summary>The actions that a shape can perform.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    ["left", "right", "up", "down", "clockwise", "anticlockwise"];

    /// <summary>Draws clips, equally many of each action (up to a remainder).</summary>
    /// <param name="count">How many.</param>
    /// <param name="random">Where everything is drawn from.</param>
    public static IReadOnlyList<Clip> Draw(int count, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(random);
        return [.. Enumerable.Range(0, count).Select(k => DrawOne(Actions[k % Actions.Count], random))];
    }

    /// <summary>Draws a clip.</summary>
    /// <param name="action">The action, one of <see cref="Actions"/>.</param>
    /// <param name="random">Where everything else is drawn from.</param>
    /// <exception cref="ArgumentException">The action is unknown.</exception>
    public static Clip DrawOne(string action, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (dx, dy, turn) = action switch
        {
            "left" => (-1, 0, 0),
            "right" => (1, 0, 0),
            "up" => (0, -1, 0),
            "down" => (0, 1, 0),
            "clockwise" => (0, 0, 1),
            "anticlockwise" => (0, 0, -1),
            _ => throw new ArgumentException(
                $"'{action}' is not an action. Choose one of {string.Join(", ", Actions)}.",
                nameof(action)
            ),
        };
        var frames = new GreyImage[MinFrames + random.NextIndex(MaxFrames - MinFrames + 1)];
        var shape = random.NextIndex(Shapes.Length);
        var (x, y, angle) = (
            random.NextUniform(0, Size),
            random.NextUniform(0, Size),
            random.NextUniform(0, 2 * Math.PI)
        );
        var speed = random.NextUniform(0.7, 1.3);
        var brightness = random.NextUniform(0.6, 1);
        for (var t = 0; t < frames.Length; t++)
        {
            frames[t] = Paint(Shapes[shape], x, y, angle, brightness, random);
            (x, y, angle) = (x + (speed * dx), y + (speed * dy), angle + (speed * turn * Math.PI / 7));
        }

        return new(action, frames);
    }

    // Each shape is a few round spots, at (x, y) from its middle. No shape looks the same again before a full turn.
    private static readonly (double X, double Y)[][] Shapes =
    [
        [(-2.2, 0), (-1.1, 0), (0, 0), (1.1, 0), (2.2, 0), (2.2, 1.3)],
        [(0, -1.8), (0, -0.6), (0, 0.6), (0, 1.8), (1.2, 1.8), (2.4, 1.8)],
        [(-1.5, -1.5), (0, 0), (1.5, 1.5), (2.3, 0.4)],
    ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static GreyImage Paint(
        (double X, double Y)[] spots,
        double x,
        double y,
        double angle,
        double brightness,
        SeededRandom random
    )
    {
        var (sin, cos) = Math.SinCos(angle);

        // Squared distances of each spot, shape (spots, Size): across to each column, and down to each row.
        Span<double> across = stackalloc double[spots.Length * Size];
        Span<double> down = stackalloc double[spots.Length * Size];
        for (var spot = 0; spot < spots.Length; spot++)
        {
            var (spotX, spotY) = spots[spot];
            for (var k = 0; k < Size; k++)
            {
                across[(spot * Size) + k] = SquareOf(Around(k - (x + (cos * spotX) - (sin * spotY))));
                down[(spot * Size) + k] = SquareOf(Around(k - (y + (sin * spotX) + (cos * spotY))));
            }
        }

        var pixels = new float[Size * Size];
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                // The nearest spot is the brightest.
                var nearest = double.PositiveInfinity;
                for (var spot = 0; spot < spots.Length; spot++)
                {
                    nearest = Math.Min(nearest, across[(spot * Size) + column] + down[(spot * Size) + row]);
                }

                var light = Math.Exp(-nearest / 1.2);
                pixels[(row * Size) + column] = (float)
                    Math.Clamp((brightness * light) + (0.05 * random.NextNormal()), 0, 1);
            }
        }

        return new(Size, Size, pixels);
    }

    private static double SquareOf(double value) => value * value;

    // The way to the nearest of a spot's copies: the ground has no edges.
    private static double Around(double distance) => distance - (Size * Math.Round(distance / Size));
}

/// <summary>A sequence of frames and the action that it shows.</summary>
/// <param name="Label">The action.</param>
/// <param name="Frames">The frames in the order of time, all of one size, each with pixels of shape (Height,
/// Width).</param>
/// <param name="Source">The folder that it comes from; null if it was drawn.</param>
public sealed record Clip(string Label, IReadOnlyList<GreyImage> Frames, string? Source = null);
