using MathNet.Numerics.Providers.LinearAlgebra;
using Operation = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace RnnCourse.Blas.Providers;

/// <summary>Products by one of Math.NET's own providers. They take whole arrays only, so blocks are copied out and
/// back: correct, but slow and with allocations.</summary>
internal sealed unsafe class MathNetGemm(ILinearAlgebraProvider provider) : IGemm
{
    /// <inheritdoc/>
    public void Multiply(in GemmOperands<float> operands) => Multiply(operands, provider);

    /// <inheritdoc/>
    public void Multiply(in GemmOperands<double> operands) => Multiply(operands, provider);

    private static void Multiply<T>(in GemmOperands<T> operands, ILinearAlgebraProvider<T> provider)
        where T : unmanaged, IEquatable<T>, IFormattable
    {
        if (operands.M == 0 || operands.N == 0)
        {
            return;
        }

        var c = Out(operands.C, operands.StepC, operands.M, operands.N);
        if (operands.Beta.Equals(default))
        {
            Array.Clear(c);
        }

        if (operands.K == 0 || operands.Alpha.Equals(default))
        {
            provider.ScaleArray(operands.Beta, c, c);
        }
        else
        {
            var (rowsA, columnsA) = operands.TransposeA ? (operands.K, operands.M) : (operands.M, operands.K);
            var (rowsB, columnsB) = operands.TransposeB ? (operands.N, operands.K) : (operands.K, operands.N);
            provider.MatrixMultiplyWithUpdate(
                operands.TransposeA ? Operation.Transpose : Operation.DontTranspose,
                operands.TransposeB ? Operation.Transpose : Operation.DontTranspose,
                operands.Alpha,
                Out(operands.A, operands.StepA, rowsA, columnsA),
                rowsA,
                columnsA,
                Out(operands.B, operands.StepB, rowsB, columnsB),
                rowsB,
                columnsB,
                operands.Beta,
                c
            );
        }

        for (var j = 0; j < operands.N; j++)
        {
            c.AsSpan(j * operands.M, operands.M).CopyTo(new Span<T>(operands.C + (j * operands.StepC), operands.M));
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
