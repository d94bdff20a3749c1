using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace RnnCourse.Core;

/// <summary>Small helpers that the three networks share: how parameters start, and how inputs are checked.</summary>
internal static class Weights
{
    /// <summary>Draws a matrix, shape (rows, columns), uniformly from ±1/√scale; row after row, so that the numbers are
    /// easy to follow.</summary>
    public static Matrix<double> Draw(int rows, int columns, int scale, SeededRandom random)
    {
        var bound = 1 / Math.Sqrt(scale);
        var matrix = new DenseMatrix(rows, columns);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                matrix[r, c] = random.NextUniform(-bound, bound);
            }
        }

        return matrix;
    }

    public static ParameterView View(string name, Matrix<double> matrix) =>
        new(name, matrix.RowCount, matrix.ColumnCount, matrix.AsColumnMajorArray());

    public static ParameterView View(string name, Vector<double> vector) =>
        new(name, vector.Count, 1, vector.AsArray());

    public static int Count(IReadOnlyList<ParameterView> parameters) =>
        parameters.Sum(parameter => parameter.Values.Length);

    public static Matrix<double> ZerosLike(Matrix<double> m) => Matrix<double>.Build.Dense(m.RowCount, m.ColumnCount);

    public static Vector<double> ZerosLike(Vector<double> v) => Vector<double>.Build.Dense(v.Count);

    public static void RequireInputs(IReadOnlyList<Vector<double>> x, int inputSize)
    {
        ArgumentNullException.ThrowIfNull(x);
        for (var i = 0; i < x.Count; i++)
        {
            if (x[i].Count != inputSize)
            {
                throw new ArgumentException(
                    $"The input of step {i + 1} has {x[i].Count} numbers; this network takes {inputSize}.",
                    nameof(x)
                );
            }
        }
    }

    public static void RequireSizes(int inputSize, int hiddenSize, int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
    }
}
