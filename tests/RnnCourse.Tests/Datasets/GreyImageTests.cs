using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class GreyImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("P5\n# by hand\n2 2\n255\n\0\u007f\u0080\u00ff", new[] { 0, 127f / 255, 128f / 255, 1 })]
    [InlineData("P2 2 2 4\n0 1\n2 4", new[] { 0, 0.25f, 0.5f, 1 })]
    [InlineData("P5 1 2 65535\n\u0080\0\0\u0001", new[] { 32768f / 65535, 1f / 65535 })]
    public void Pgm_pictures_are_read(string bytes, float[] expected) =>
        Assert.Equal(expected, Read(Encoding.Latin1.GetBytes(bytes)).Pixels);

    [Theory]
    [InlineData("P5 2 2 255\nab", "2 bytes of pixels")]
    [InlineData("P5 0 2 255\n", "0 × 2")]
    [InlineData("P2 1 1 7\n8", "a pixel is 8")]
    [InlineData("P5 x", "width is missing")]
    [InlineData("P6 1 1 255\nabc", "neither a PGM")]
    [InlineData("", "empty")]
    public void Broken_pictures_are_refused(string bytes, string word) =>
        Assert.Contains(
            word,
            Assert.Throws<DataFileException>(() => Read(Encoding.Latin1.GetBytes(bytes))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(0, 8, 0)]
    [InlineData(0, 8, 1)]
    [InlineData(0, 8, 2)]
    [InlineData(0, 8, 3)]
    [InlineData(0, 8, 4)]
    [InlineData(0, 16, 4)]
    [InlineData(0, 4, 1)]
    [InlineData(0, 1, 2)]
    [InlineData(2, 8, 4)]
    [InlineData(3, 8, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(4, 8, 3)]
    [InlineData(6, 16, 4)]
    public void Png_pictures_of_all_kinds_come_back_whatever_the_filter(int colour, int depth, int filter)
    {
        const int Width = 7,
            Height = 5;
        var random = new SeededRandom(1);
        var channels = colour switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        var samples = new int[Height, Width * channels];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width * channels; x++)
            {
                samples[y, x] = random.NextIndex(1 << depth);
            }
        }

        byte[] palette = [.. Enumerable.Range(0, 3 << Math.Min(depth, 8)).Select(_ => (byte)random.NextIndex(256))];
        var image = Read(Png(Width, Height, colour, depth, filter, samples, palette));
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                double S(int channel) => samples[y, (x * channels) + channel] / (double)((1 << depth) - 1);
                double P(int channel) => palette[(3 * samples[y, x]) + channel] / 255.0;
                var expected = colour switch
                {
                    2 or 6 => Grey(S),
                    3 => Grey(P),
                    _ => S(0),
                };
                Assert.Equal(expected, image.Pixels[(y * Width) + x], 1e-6);
            }
        }

        static double Grey(Func<int, double> rgb) => (0.299 * rgb(0)) + (0.587 * rgb(1)) + (0.114 * rgb(2));
    }

    [Fact]
    public void A_png_that_is_cut_short_anywhere_is_refused()
    {
        var bytes = Png(3, 3, 0, 8, 1, new int[3, 3], []);
        for (var length = 8; length < bytes.Length; length++)
        {
            Assert.Throws<DataFileException>(() => Read(bytes[..length]));
        }
    }

    [Fact]
    public void Clips_are_read_in_the_order_of_the_numbers_in_their_names()
    {
        foreach (var frame in new[] { 10, 2, 1 })
        {
            Save("wave/one", $"f{frame}.pgm", frame, 4);
        }

        Save("jump/one", "1.pgm", 3, 4);
        var clips = FrameFolder.Read(_folder).ToList();
        Assert.Equal(["jump", "wave"], clips.Select(clip => clip.Label));
        Assert.Equal([1 / 255f, 2 / 255f, 10 / 255f], clips[1].Frames.Select(frame => frame.Pixels[0]));
        Save("wave/two", "1.pgm", 3, 5);
        Assert.Contains(
            "5 × 5",
            Assert.Throws<DataFileException>(() => FrameFolder.Read(_folder).ToList()).Message,
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(Path.Combine(_folder, "a-empty"));
        Assert.Contains(
            "each clip",
            Assert.Throws<DataFileException>(() => FrameFolder.Read(_folder).ToList()).Message,
            StringComparison.Ordinal
        );
    }

    private void Save(string folder, string name, int shade, int size)
    {
        Directory.CreateDirectory(Path.Combine(_folder, folder));
        new GreyImage(size, size, [.. Enumerable.Repeat(shade / 255f, size * size)]).WritePgm(
            Path.Combine(_folder, folder, name)
        );
    }

    private GreyImage Read(byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder, "x"), bytes);
        return GreyImage.Read(Path.Combine(_folder, "x"));
    }

    // An encoder for the test alone: packs the samples, filters each row, and writes the chunks.
    private static byte[] Png(int width, int height, int colour, int depth, int filter, int[,] samples, byte[] palette)
    {
        var perRow = samples.GetLength(1);
        var rowBytes = ((perRow * depth) + 7) / 8;
        var step = Math.Max(1, perRow / width * depth / 8);
        var rows = new byte[height][];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                rows[y] = new byte[rowBytes];
                for (var x = 0; x < perRow; x++)
                {
                    for (var bit = 0; bit < depth; bit++)
                    {
                        if ((samples[y, x] >> (depth - 1 - bit) & 1) != 0)
                        {
                            rows[y][((x * depth) + bit) / 8] |= (byte)(0x80 >> (((x * depth) + bit) % 8));
                        }
                    }
                }

                zlib.WriteByte((byte)filter);
                for (var k = 0; k < rowBytes; k++)
                {
                    int a = k >= step ? rows[y][k - step] : 0,
                        b = y > 0 ? rows[y - 1][k] : 0,
                        c = k >= step && y > 0 ? rows[y - 1][k - step] : 0,
                        p = a + b - c;
                    var nearest = new[] { a, b, c }.MinBy(v => Math.Abs(p - v));
                    zlib.WriteByte(
                        (byte)(
                            rows[y][k]
                            - filter switch
                            {
                                1 => a,
                                2 => b,
                                3 => (a + b) / 2,
                                4 => nearest,
                                _ => 0,
                            }
                        )
                    );
                }
            }
        }

        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)depth, (byte)colour);
        Chunk("IHDR", header);
        if (colour == 3)
        {
            Chunk("PLTE", palette);
        }

        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return png.ToArray();

        void Chunk(string type, byte[] data)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
            png.Write([.. length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0]);
        }
    }
}
