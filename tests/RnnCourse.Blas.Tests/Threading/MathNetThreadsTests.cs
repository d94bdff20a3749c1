using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Blas.Tests.Threading;

[Collection(nameof(Alone))]
public sealed class MathNetThreadsTests : IDisposable
{
    public void Dispose()
    {
        Control.MaxDegreeOfParallelism = 1;
        BlasSelection.Use(BlasKind.Simd);
    }

    [Fact]
    public void Once_products_are_chosen_Math_NETs_own_stay_with_the_caller_until_a_program_wants_more()
    {
        BlasSelection.Use(BlasKind.Managed);
        Assert.Equal(1, Control.MaxDegreeOfParallelism);
        Control.MaxDegreeOfParallelism = 3;
        BlasSelection.Use(BlasKind.Managed);
        Assert.Equal(3, Control.MaxDegreeOfParallelism);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(64)]
    [InlineData(150)]
    public void The_bits_of_Math_NETs_own_results_do_not_depend_on_its_threads(int size)
    {
        BlasSelection.Use(BlasKind.Managed);
        var a = Matrix<double>.Build.Dense(size, size, (i, j) => Math.Sin((i * 31) + (j * j * 17)));
        var alone = Results(a);
        Control.MaxDegreeOfParallelism = 3;
        Assert.Equal(alone, Results(a));
    }

    private static double[] Results(Matrix<double> a)
    {
        var (qr, svd, evd) = (a.QR(), a.Svd(), a.Evd());
        Matrix<double>[] all =
        [
            a * a,
            a.Transpose() * a,
            a.TransposeThisAndMultiply(a),
            a.Inverse(),
            qr.Q,
            qr.R,
            svd.U,
            svd.W,
            svd.VT,
            evd.EigenVectors,
            evd.D,
            a.PointwiseTanh(),
        ];
        return
        [
            .. all.SelectMany(m => m.ToColumnMajorArray()),
            .. a * a.Column(0),
            .. a.TransposeThisAndMultiply(a.Column(0)),
            a.L2Norm(),
        ];
    }
}
