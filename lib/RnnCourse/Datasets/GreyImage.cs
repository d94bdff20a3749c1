namespace RnnCourse.Datasets;

/// <summary>A picture in shades of grey.</summary>
/// <param name="Width">How many pixels a row has.</param>
/// <param name="Height">How many rows there are.</param>
/// <param name="Pixels">The brightness of each pixel, shape (Height, Width), row after row, from 0 (black) to 1
/// (white).</param>
public sealed record GreyImage(int Width, int Height, float[] Pixels)
{
    /// <summary>Reads a picture: PGM (P2 or P5), or any PNG that isn't interlaced, whose colours become shades of grey
    /// (0.299 R + 0.587 G + 0.114 B; transparency is left out).</summary>
    /// <param name="path">The file. The format is recognised by the content, not by the name.</param>
    /// <exception cref="DataFileException">It is neither of the two, or broken, or larger than 4096 × 4096.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GreyImage Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = File.ReadAllBytes(path);
        return bytes.AsSpan().StartsWith(PngImage.Signature) ? PngImage.Decode(path, bytes)
            : bytes is [(byte)'P', (byte)'2' or (byte)'5', ..] ? PgmImage.Decode(path, bytes)
            : throw new DataFileException(
                path,
                0,
                0,
                bytes.Length == 0
                    ? "The file is empty."
                    : "This is neither a PGM (P2, P5) nor a PNG picture. Convert it to one of them."
            );
    }

    /// <summary>Writes the picture as PGM with 256 shades.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void WritePgm(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] header = System.Text.Encoding.ASCII.GetBytes(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"P5\n{Width} {Height}\n255\n")
        );
        File.WriteAllBytes(
            path,
            [.. header, .. Pixels.Select(value => (byte)Math.Clamp(MathF.Round(value * 255), 0, 255))]
        );
    }

    internal const int MaxSide = 4096;
}
