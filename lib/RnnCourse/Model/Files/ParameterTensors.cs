using System.Globalization;
using System.Numerics;

namespace RnnCourse.Model.Files;

/// <summary>Converts between parameters, which are stored column by column, and tensors, which are stored row by
/// row.</summary>
internal static class ParameterTensors
{
    public static Tensor ToTensor<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tensor.Of<T>(parameter.Name, Shape(parameter), Transposed(parameter.Values, parameter.Rows, parameter.Columns));

    /// <summary>Copies a tensor of the parameter's shape into the parameter.</summary>
    public static void FromTensor<T>(string path, Tensor tensor, Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireShape(path, tensor, Shape(parameter));
        Transposed(tensor.Read<T>(), parameter.Columns, parameter.Rows).CopyTo(parameter.Values, 0);
    }

    public static void RequireShape(string path, Tensor tensor, params int[] shape)
    {
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw SafetensorsFile.Refuse(
                path,
                $"tensor '{tensor.Name}' has shape ({string.Join(", ", tensor.Shape)}), but the model needs "
                    + $"({string.Join(", ", shape)})"
            );
        }
    }

    /// <summary>From column after column to row after row: with rows and columns exchanged, the way back.</summary>
    public static T[] Transposed<T>(T[] values, int rows, int columns)
    {
        if (columns == 1 || rows == 1)
        {
            return values;
        }

        var turned = new T[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                turned[(row * columns) + column] = values[row + (column * rows)];
            }
        }

        return turned;
    }

    /// <summary>Finds a tensor by name.</summary>
    public static Tensor Find(string path, IReadOnlyList<Tensor> tensors, string name) =>
        tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw SafetensorsFile.Refuse(path, $"it holds no tensor '{name}'");

    public static string Number(IFormattable value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static int[] Shape<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        parameter.Columns == 1 ? [parameter.Rows] : [parameter.Rows, parameter.Columns];
}
