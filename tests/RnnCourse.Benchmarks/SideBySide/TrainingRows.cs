using System.Numerics;
using RnnCourse.Benchmarks.Peers;
using TorchSharp;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Training steps: ours beside libtorch's, fed in two ways.</summary>
internal static class TrainingRows
{
    private static readonly TrainingShape[] Shapes =
    [
        new("RNN", 65, 100, 25, 1),
        new("RNN", 27, 64, 16, 32),
        new("RNN", 65, 128, 50, 32),
        new("RNN", 65, 256, 64, 64),
        new("RNN", 65, 512, 64, 64),
        new("LSTM", 65, 128, 50, 50, Layers: 2),
        new("LSTM", 65, 256, 64, 64),
        new("GRU", 65, 256, 64, 64),
    ];

    private static readonly TrainingShape InDoubleToo = Shapes[2];

    internal static IEnumerable<Contest> All(int threads) =>
        Shapes.SelectMany(shape =>
            shape == InDoubleToo
                ? [Of<float>(shape, threads), Of<double>(shape, threads)]
                : new[] { Of<float>(shape, threads) }
        );

    internal static IEnumerable<Contest> For(TrainingShape shape, int threads) =>
        [Of<float>(shape, threads), Of<double>(shape, threads)];

    private static Contest Of<T>(TrainingShape shape, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var isDouble = typeof(T) == typeof(double);
        var type = isDouble ? torch.ScalarType.Float64 : torch.ScalarType.Float32;
        return new(
            $"{shape} {(isDouble ? "double" : "float")}",
            "libtorch",
            shape.ProductFlops,
            isDouble,
            () =>
            {
                var ours = new OurTrainingStep<T>(shape, threads);
                var theirs = FasterOf(new(shape, embed: false, type), new(shape, embed: true, type));
                return new Contestants(ours.Run, theirs.Run, ours, theirs);
            }
        );
    }

    private static TorchTrainingStep FasterOf(TorchTrainingStep a, TorchTrainingStep b)
    {
        var (faster, slower) = PairedTimer.Time(a.Run, b.Run, rounds: 5).Ratio >= 1 ? (a, b) : (b, a);
        slower.Dispose();
        return faster;
    }
}
