namespace RnnCourse.Blas.Tests;

public sealed class GemmTests
{
    [Fact]
    public void A_two_by_two_product_is_right()
    {
        double[] a = [1, 3, 2, 4], b = [5, 7, 6, 8], c = new double[4];
        Gemm.Multiply(Transpose.No, Transpose.No, 2, 2, 2, 1.0, a, 2, b, 2, 0.0, c, 2);
        Assert.Equal([19, 43, 22, 50], c);
    }
}
