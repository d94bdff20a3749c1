namespace RnnCourse.Blas.Native;

/// <summary>Matrix products by a native library.</summary>
internal sealed unsafe class CblasGemm(CblasLibrary library) : IGemm
{
    private const int ColumnMajor = 102;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    /// <inheritdoc/>
    public void Multiply(in GemmOperands<float> operands)
    {
        if (operands.M != 0 && operands.N != 0)
        {
            library.Single(
                ColumnMajor,
                Of(operands.TransposeA),
                Of(operands.TransposeB),
                operands.M,
                operands.N,
                operands.K,
                operands.Alpha,
                operands.A,
                (int)operands.StepA,
                operands.B,
                (int)operands.StepB,
                operands.Beta,
                operands.C,
                (int)operands.StepC
            );
        }
    }

    /// <inheritdoc/>
    public void Multiply(in GemmOperands<double> operands)
    {
        if (operands.M != 0 && operands.N != 0)
        {
            library.Double(
                ColumnMajor,
                Of(operands.TransposeA),
                Of(operands.TransposeB),
                operands.M,
                operands.N,
                operands.K,
                operands.Alpha,
                operands.A,
                (int)operands.StepA,
                operands.B,
                (int)operands.StepB,
                operands.Beta,
                operands.C,
                (int)operands.StepC
            );
        }
    }

    private static int Of(bool transpose) => transpose ? Transpose : NoTranspose;
}
