using System.Buffers.Binary;
using System.Numerics;

namespace RnnCourse.Model.Files;

/// <summary>A named block of numbers in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The numbers' type as safetensors writes it: F32, F64, I64 …</param>
/// <param name="Shape">Its sizes; none for a single number.</param>
/// <param name="Bytes">The numbers, little-endian, the last index running fastest (row after row).</param>
public sealed record Tensor(string Name, string Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How many numbers there are.</summary>
    public int Count => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Makes a tensor of real numbers.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="values">The numbers, the last index running fastest.</param>
    /// <exception cref="ArgumentException">The shape has another number of numbers.</exception>
    public static Tensor Of<T>(string name, IReadOnlyList<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var isFloat = typeof(T) == typeof(float);
        var bytes = new byte[values.Length * (isFloat ? 4 : 8)];
        for (var k = 0; k < values.Length; k++)
        {
            if (isFloat)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * k), float.CreateChecked(values[k]));
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * k), double.CreateChecked(values[k]));
            }
        }

        var tensor = new Tensor(name, isFloat ? "F32" : "F64", shape, bytes);
        return tensor.Count == values.Length
            ? tensor
            : throw new ArgumentException(
                $"Shape ({string.Join(", ", shape)}) does not hold {values.Length} numbers.",
                nameof(shape)
            );
    }

    /// <summary>Reads the numbers, rounded if they are stored with more digits.</summary>
    /// <returns>The numbers of shape <see cref="Shape"/>, the last index running fastest.</returns>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="InvalidDataException">The tensor holds no F32 or F64 numbers.</exception>
    public T[] Read<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[Count];
        var bytes = Bytes.Span;
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = Type switch
            {
                "F32" => T.CreateChecked(BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * k)..])),
                "F64" => T.CreateChecked(BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * k)..])),
                _ => throw new InvalidDataException($"Tensor '{Name}' is of type {Type}; F32 or F64 is needed."),
            };
        }

        return values;
    }
}
