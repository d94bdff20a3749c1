using MathNet.Numerics.Providers.LinearAlgebra;
using RnnCourse.Blas.Products;
using Operation = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace RnnCourse.Blas.Providers;

/// <summary>Products by one of Math.NET's own providers. They take whole arrays only, so blocks are copied out and
/// back: correct, but neither fast nor free of allocation.</summary>
internal sealed unsafe class MathNetProducts(ILinearAlgebraProvider provider) : IProducts
{
    /// <inheritdoc/>
    public void Multiply(in Product<float> product) => Multiply(product, provider);

    /// <inheritdoc/>
    public void Multiply(in Product<double> product) => Multiply(product, provider);

    private static void Multiply<T>(in Product<T> product, ILinearAlgebraProvider<T> provider)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        if (product.M == 0 || product.N == 0)
        {
            return;
        }

        var c = Out(product.C, product.StepC, product.M, product.N);
        if (product.Beta.Equals(default))
        {
            Array.Clear(c);
        }

        if (product.K == 0 || product.Alpha.Equals(default))
        {
            provider.ScaleArray(product.Beta, c, c);
        }
        else
        {
            var (rowsA, columnsA) = product.TransposeA ? (product.K, product.M) : (product.M, product.K);
            var (rowsB, columnsB) = product.TransposeB ? (product.N, product.K) : (product.K, product.N);
            provider.MatrixMultiplyWithUpdate(
                product.TransposeA ? Operation.Transpose : Operation.DontTranspose,
                product.TransposeB ? Operation.Transpose : Operation.DontTranspose,
                product.Alpha,
                Out(product.A, product.StepA, rowsA, columnsA),
                rowsA,
                columnsA,
                Out(product.B, product.StepB, rowsB, columnsB),
                rowsB,
                columnsB,
                product.Beta,
                c
            );
        }

        for (var j = 0; j < product.N; j++)
        {
            c.AsSpan(j * product.M, product.M).CopyTo(new Span<T>(product.C + (j * product.StepC), product.M));
        }
    }

    private static T[] Out<T>(T* source, nint step, int rows, int columns)
        where T : unmanaged
    {
        var copy = new T[rows * columns];
        for (var j = 0; j < columns; j++)
        {
            new ReadOnlySpan<T>(source + (j * step), rows).CopyTo(copy.AsSpan(j * rows));
        }

        return copy;
    }
}
