namespace RnnCourse.Blas.Products;

/// <summary>Something that can compute products.</summary>
internal interface IProducts
{
    /// <summary>Computes a product of floats.</summary>
    /// <param name="product">Checked and pinned operands.</param>
    void Multiply(in Product<float> product);

    /// <summary>Computes a product of doubles.</summary>
    /// <param name="product">Checked and pinned operands.</param>
    void Multiply(in Product<double> product);
}
