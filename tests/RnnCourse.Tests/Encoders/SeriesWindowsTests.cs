using CsCheck;
using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class SeriesWindowsTests
{
    [Fact]
    public void A_window_holds_what_lies_before_its_target_and_never_the_target() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[0, 20], Gen.Int[0, 20])
            .Sample(
                (length, horizon, a, b) =>
                {
                    double[] series = [.. Enumerable.Range(0, 20).Select(k => (double)k)];
                    var (from, to) = (Math.Min(a, b), Math.Max(a, b));
                    var windows = SeriesWindows.Cut(series, length, horizon, from, to);
                    Assert.Equal(Math.Max(0, to - Math.Max(from, length + horizon - 1)), windows.Count);
                    Assert.All(
                        windows,
                        window =>
                        {
                            Assert.InRange(window.TargetIndex, from, to - 1);
                            Assert.Equal(window.TargetIndex, window.Target);
                            Assert.Equal(
                                Enumerable
                                    .Range(window.TargetIndex - horizon - length + 1, length)
                                    .Select(k => (double)k),
                                window.Values.ToArray()
                            );
                        }
                    );
                }
            );
}
