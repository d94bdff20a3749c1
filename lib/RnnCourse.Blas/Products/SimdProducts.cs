namespace RnnCourse.Blas.Products;

/// <summary>Products in SIMD C#.</summary>
internal sealed class SimdProducts : IProducts
{
    private SimdProducts() { }

    /// <summary>Gets the only instance: there is nothing to hold.</summary>
    public static SimdProducts Instance { get; } = new();

    /// <inheritdoc/>
    public void Multiply(in Product<float> product) => Route.Widest(product, BlasThreads.Allowed);

    /// <inheritdoc/>
    public void Multiply(in Product<double> product) => Route.Widest(product, BlasThreads.Allowed);
}
