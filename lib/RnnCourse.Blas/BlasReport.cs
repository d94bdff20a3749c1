using RnnCourse.Blas.Selection;

namespace RnnCourse.Blas;

/// <summary>One row of <see cref="BlasReport"/>: one implementation.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="IsAvailable">Whether this machine has it.</param>
/// <param name="IsUsed">Whether <see cref="Gemm"/> and Math.NET use it now.</param>
/// <param name="Detail">A description, or the reason why it is not available, for people.</param>
/// <param name="Gflops">Measured speed for each of the report's shapes, in 10⁹ floating-point operations per second;
/// empty if not available.</param>
public sealed record BlasReportRow(
    BlasKind Kind,
    bool IsAvailable,
    bool IsUsed,
    string Detail,
    IReadOnlyList<double> Gflops
);

/// <summary>The implementations available on this machine, which one is used, and how fast each is at the course's
/// shapes.</summary>
/// <param name="Shapes">The columns: the products that were timed.</param>
/// <param name="Rows">One row for each kind, available or not.</param>
/// <param name="Threads">How many threads a large product could use while it was measured.</param>
public sealed record BlasReport(IReadOnlyList<BlasShape> Shapes, IReadOnlyList<BlasReportRow> Rows, int Threads)
{
    /// <summary>Gets the shapes of the products in the course's trainings, and a large square.</summary>
    internal static IReadOnlyList<BlasShape> CourseShapes { get; } =
    [new(128, 32, 128), new(256, 64, 256), new(512, 64, 512), new(1024, 1024, 1024)];

    /// <summary>Measures every available implementation in float, in turns, and takes medians. This takes about ten
    /// seconds: the slowest one needs a third of a second for one large square.</summary>
    /// <param name="shapes">The shapes to time; the course's if null.</param>
    /// <param name="rounds">How many turns each implementation gets, at least 1.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rounds"/> is less than 1.</exception>
    public static BlasReport Measure(IReadOnlyList<BlasShape>? shapes = null, int rounds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        shapes ??= CourseShapes;
        var used = BlasSelection.Current;
        var found = BlasImplementation
            .Kinds.Select(kind =>
                (Kind: kind, BlasImplementation: BlasImplementation.Find(kind, out var reason), Reason: reason)
            )
            .ToArray();
        BlasImplementation[] available = [.. found.Select(f => f.BlasImplementation).OfType<BlasImplementation>()];
        var speeds = shapes.Select(shape => SpeedMeasurement.Gflops<float>(available, shape, rounds)).ToArray();
        var rows = found.Select(f => new BlasReportRow(
            f.Kind,
            f.BlasImplementation is not null,
            f.Kind == used,
            f.BlasImplementation is { } candidate ? Describe(candidate) : f.Reason,
            f.BlasImplementation is null
                ? []
                : [.. speeds.Select(s => s[Array.IndexOf(available, f.BlasImplementation)])]
        ));
        return new BlasReport(shapes, [.. rows], BlasThreads.Count);
    }

    private static string Describe(BlasImplementation candidate) =>
        candidate.Kind == BlasKind.Managed
            ? "Math.NET Numerics, managed, on one thread"
            : candidate.Provider.ToString() ?? candidate.Kind.ToString();
}
