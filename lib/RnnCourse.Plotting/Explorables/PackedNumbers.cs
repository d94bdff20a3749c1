using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace RnnCourse.Plotting.Explorables;

/// <summary>Numbers in an explorable's data: <c>{"f32": "…"}</c>, base 64 of little-endian floats, five letters each;
/// <c>{"f64": "…"}</c> if a number is out of a float's range.</summary>
internal static class PackedNumbers
{
    /// <summary>Packs numbers.</summary>
    public static JsonObject Of(IReadOnlyList<double> values)
    {
        var fits = values.All(v => !double.IsFinite(v) || v == 0 || Math.Abs(v) is > 1e-30 and < 1e38);
        var size = fits ? sizeof(float) : sizeof(double);
        var bytes = new byte[values.Count * size];
        for (var i = 0; i < values.Count; i++)
        {
            var place = bytes.AsSpan(i * size);
            if (fits)
            {
                BinaryPrimitives.WriteSingleLittleEndian(place, (float)values[i]);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(place, values[i]);
            }
        }

        return new JsonObject { [fits ? "f32" : "f64"] = Convert.ToBase64String(bytes) };
    }
}
