using RnnCourse.Blas.Products;

namespace RnnCourse.Blas.Native;

/// <summary>Products by a native library.</summary>
internal sealed unsafe class CblasProducts(CblasLibrary library) : IProducts
{
    private const int ColumnMajor = 102;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    /// <inheritdoc/>
    public void Multiply(in Product<float> product)
    {
        if (product.M != 0 && product.N != 0)
        {
            library.Single(
                ColumnMajor,
                Of(product.TransposeA),
                Of(product.TransposeB),
                product.M,
                product.N,
                product.K,
                product.Alpha,
                product.A,
                (int)product.StepA,
                product.B,
                (int)product.StepB,
                product.Beta,
                product.C,
                (int)product.StepC
            );
        }
    }

    /// <inheritdoc/>
    public void Multiply(in Product<double> product)
    {
        if (product.M != 0 && product.N != 0)
        {
            library.Double(
                ColumnMajor,
                Of(product.TransposeA),
                Of(product.TransposeB),
                product.M,
                product.N,
                product.K,
                product.Alpha,
                product.A,
                (int)product.StepA,
                product.B,
                (int)product.StepB,
                product.Beta,
                product.C,
                (int)product.StepC
            );
        }
    }

    private static int Of(bool transpose) => transpose ? Transpose : NoTranspose;
}
