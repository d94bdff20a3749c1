namespace RnnCourse.Datasets;

/// <summary>Decodes PGM pictures: netpbm.sourceforge.net/doc/pgm.html.</summary>
internal static class PgmImage
{
    public static GreyImage Decode(string path, byte[] bytes)
    {
        var at = 2;
        var isText = bytes[1] == '2';
        int width = Number("width"),
            height = Number("height"),
            largest = Number("largest shade");
        if (width is < 1 or > GreyImage.MaxSide || height is < 1 or > GreyImage.MaxSide)
        {
            throw Broken($"its size is {width} × {height}; 1 to {GreyImage.MaxSide} are possible");
        }

        if (largest is < 1 or > 65535)
        {
            throw Broken($"its largest shade is {largest}; 1 to 65535 are possible");
        }

        var pixels = new float[width * height];
        if (isText)
        {
            for (var k = 0; k < pixels.Length; k++)
            {
                pixels[k] = Shade(Number("pixel"));
            }

            return new(width, height, pixels);
        }

        at++; // exactly one white space ends the header
        var perPixel = largest < 256 ? 1 : 2;
        if (bytes.Length - at < pixels.Length * perPixel)
        {
            throw Broken(
                $"it holds {Math.Max(0, bytes.Length - at)} bytes of pixels, and {pixels.Length * perPixel} are needed"
            );
        }

        for (var k = 0; k < pixels.Length; k++)
        {
            pixels[k] = Shade(perPixel == 1 ? bytes[at + k] : (bytes[at + (2 * k)] << 8) | bytes[at + (2 * k) + 1]);
        }

        return new(width, height, pixels);

        float Shade(int value) =>
            value <= largest
                ? (float)value / largest
                : throw Broken($"a pixel is {value}, but the largest shade is {largest}");

        DataFileException Broken(string what) => new(path, 0, 0, $"This PGM picture is broken: {what}.");

        int Number(string what)
        {
            while (at < bytes.Length && (bytes[at] is (byte)'#' || char.IsWhiteSpace((char)bytes[at])))
            {
                if (bytes[at] == '#')
                {
                    while (at < bytes.Length && bytes[at] != '\n')
                    {
                        at++;
                    }
                }
                else
                {
                    at++;
                }
            }

            var value = 0;
            var begin = at;
            for (; at < bytes.Length && char.IsAsciiDigit((char)bytes[at]) && at - begin < 7; at++)
            {
                value = (value * 10) + (bytes[at] - '0');
            }

            return at > begin ? value : throw Broken($"the {what} is missing at byte {begin}");
        }
    }
}
