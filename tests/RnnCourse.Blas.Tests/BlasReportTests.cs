namespace RnnCourse.Blas.Tests;

[Collection(nameof(Alone))]
public sealed class BlasReportTests
{
    [Fact]
    public void Every_kind_has_a_row_with_speeds_or_a_reason()
    {
        BlasSelection.Use(BlasKind.Simd);
        var report = BlasReport.Measure([new BlasShape(8, 4, 8), new BlasShape(16, 1, 16)], rounds: 1);
        Assert.Equal(
            [BlasKind.Simd, BlasKind.OpenBlas, BlasKind.Mkl, BlasKind.Managed],
            report.Rows.Select(row => row.Kind)
        );
        Assert.Equal(BlasKind.Simd, Assert.Single(report.Rows, row => row.IsUsed).Kind);
        foreach (var row in report.Rows)
        {
            Assert.NotEmpty(row.Detail);
            Assert.Equal(row.IsAvailable ? 2 : 0, row.Gflops.Count);
            Assert.All(row.Gflops, speed => Assert.True(speed > 0));
        }
    }

    [Fact]
    public void A_shape_counts_a_multiplication_and_an_addition_per_step()
    {
        Assert.Equal(48, new BlasShape(2, 3, 4).Operations);
        Assert.Equal("2×3×4", new BlasShape(2, 3, 4).ToString());
    }
}
