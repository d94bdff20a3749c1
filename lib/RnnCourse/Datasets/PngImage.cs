using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RnnCourse.Datasets;

/// <summary>Decodes PNG pictures: www.w3.org/TR/png. All kinds of colour and depth, but not interlaced ones.</summary>
internal static class PngImage
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static GreyImage Decode(string path, byte[] bytes)
    {
        Header? header = null;
        var palette = Array.Empty<byte>();
        using var packed = new MemoryStream();
        var ended = false;
        for (var at = Signature.Length; !ended; )
        {
            if (at + 12 > bytes.Length)
            {
                throw Broken(path, "it ends too early");
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12)
            {
                throw Broken(path, "it ends too early");
            }

            var data = bytes.AsSpan(at + 8, (int)length);
            switch (Encoding.ASCII.GetString(bytes, at + 4, 4))
            {
                case "IHDR":
                    header = Header.Read(path, data);
                    break;
                case "PLTE":
                    palette = data.ToArray();
                    break;
                case "IDAT":
                    packed.Write(data);
                    break;
                case "IEND":
                    ended = true;
                    break;
                default:
                    break;
            }

            at += 12 + (int)length;
        }

        if (header is null)
        {
            throw Broken(path, "it has no header");
        }

        packed.Position = 0;
        return new(header.Width, header.Height, header.ToGrey(path, Unpack(path, header, packed), palette));
    }

    private static DataFileException Broken(string path, string what) =>
        new(path, 0, 0, $"This PNG picture is broken: {what}.");

    // Unpacks the rows and undoes their filters. The result has no filter bytes.
    private static byte[] Unpack(string path, Header header, MemoryStream packed)
    {
        var raw = new byte[(long)(header.RowBytes + 1) * header.Height];
        try
        {
            using var stream = new ZLibStream(packed, CompressionMode.Decompress);
            stream.ReadExactly(raw);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Broken(path, e is EndOfStreamException ? "it holds too few pixels" : "its pixels cannot be unpacked");
        }

        var rows = new byte[header.RowBytes * header.Height];
        ReadOnlySpan<byte> above = new byte[header.RowBytes];
        for (var y = 0; y < header.Height; y++)
        {
            var from = raw.AsSpan(y * (header.RowBytes + 1), header.RowBytes + 1);
            var to = rows.AsSpan(y * header.RowBytes, header.RowBytes);
            for (var k = 0; k < to.Length; k++)
            {
                int left = k >= header.Step ? to[k - header.Step] : 0,
                    up = above[k],
                    corner = k >= header.Step ? above[k - header.Step] : 0;
                to[k] = (byte)(
                    from[k + 1]
                    + from[0] switch
                    {
                        0 => 0,
                        1 => left,
                        2 => up,
                        3 => (left + up) / 2,
                        4 => Paeth(left, up, corner),
                        _ => throw Broken(path, $"row {y} has the unknown filter {from[0]}"),
                    }
                );
            }

            above = to;
        }

        return rows;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        int byLeft = Math.Abs(guess - left),
            byUp = Math.Abs(guess - up),
            byCorner = Math.Abs(guess - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left
            : byUp <= byCorner ? up
            : corner;
    }

    private sealed record Header(int Width, int Height, int Depth, int Colour)
    {
        private int Channels =>
            Colour switch
            {
                2 => 3,
                4 => 2,
                6 => 4,
                _ => 1,
            };

        /// <summary>The distance in bytes to the same byte of the previous pixel.</summary>
        public int Step => Math.Max(1, Channels * Depth / 8);

        public int RowBytes => ((Width * Channels * Depth) + 7) / 8;

        public static Header Read(string path, ReadOnlySpan<byte> data)
        {
            if (data.Length != 13)
            {
                throw Broken(path, "its header is too short");
            }

            uint width = BinaryPrimitives.ReadUInt32BigEndian(data),
                height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
            if (width is < 1 or > GreyImage.MaxSide || height is < 1 or > GreyImage.MaxSide)
            {
                throw Broken(path, $"its size is {width} × {height}; 1 to {GreyImage.MaxSide} are possible");
            }

            int depth = data[8],
                colour = data[9];
            var known = colour switch
            {
                0 => depth is 1 or 2 or 4 or 8 or 16,
                3 => depth is 1 or 2 or 4 or 8,
                2 or 4 or 6 => depth is 8 or 16,
                _ => false,
            };
            if (!known || data[10] != 0 || data[11] != 0)
            {
                throw Broken(path, $"PNG has no colour type {colour} with depth {depth}");
            }

            if (data[12] != 0)
            {
                throw new DataFileException(
                    path,
                    0,
                    0,
                    "This PNG picture is interlaced, which is not supported. Save it without interlacing."
                );
            }

            return new((int)width, (int)height, depth, colour);
        }

        public float[] ToGrey(string path, byte[] rows, byte[] palette)
        {
            var pixels = new float[Width * Height];
            var largest = (float)((1 << Depth) - 1);
            for (var y = 0; y < Height; y++)
            {
                var row = y * RowBytes;
                for (var x = 0; x < Width; x++)
                {
                    int Sample(int channel)
                    {
                        var k = (x * Channels) + channel;
                        return Depth switch
                        {
                            16 => (rows[row + (2 * k)] << 8) | rows[row + (2 * k) + 1],
                            8 => rows[row + k],
                            _ => (rows[row + (k * Depth / 8)] >> (8 - Depth - (k * Depth % 8))) & ((1 << Depth) - 1),
                        };
                    }

                    pixels[(y * Width) + x] = Colour switch
                    {
                        2 or 6 => ((0.299f * Sample(0)) + (0.587f * Sample(1)) + (0.114f * Sample(2))) / largest,
                        3 => (3 * Sample(0)) + 2 < palette.Length
                            ? (
                                (0.299f * palette[3 * Sample(0)])
                                + (0.587f * palette[(3 * Sample(0)) + 1])
                                + (0.114f * palette[(3 * Sample(0)) + 2])
                            ) / 255
                            : throw Broken(path, $"pixel ({x}, {y}) has colour {Sample(0)}, which its palette lacks"),
                        _ => Sample(0) / largest,
                    };
                }
            }

            return pixels;
        }
    }
}
