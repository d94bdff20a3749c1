namespace RnnCourse.Datasets;

/// <summary>Reads clips from folders of pictures, one at a time.</summary>
internal static class FrameFolder
{
    /// <summary>Reads clips. A folder holds a folder for each action; in that lies a folder for each clip; in that the
    /// frames as PGM or PNG, in the order of their names, in which numbers count by value (2 before 10).</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DataFileException">A folder holds nothing to read, or a frame is broken or of another size than
    /// the first.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<Clip> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            throw new DataFileException(
                path,
                0,
                0,
                File.Exists(path)
                    ? "This is a file; a folder ACTION/CLIP/FRAME.png is needed."
                    : "This folder does not exist. Check the path."
            );
        }

        GreyImage? first = null;
        foreach (var action in Folders(path, "a folder for each action"))
        {
            foreach (var clip in Folders(action, "a folder for each clip"))
            {
                var files = Directory.EnumerateFiles(clip).Where(IsPicture).Order(NaturalOrder.Comparer).ToList();
                if (files.Count == 0)
                {
                    throw new DataFileException(clip, 0, 0, "The folder holds no .pgm or .png frame.");
                }

                List<GreyImage> frames = [];
                foreach (var file in files)
                {
                    var frame = GreyImage.Read(file);
                    first ??= frame;
                    if ((frame.Width, frame.Height) != (first.Width, first.Height))
                    {
                        throw new DataFileException(
                            file,
                            0,
                            0,
                            $"This frame is {frame.Width} × {frame.Height}, but the first was {first.Width} × "
                                + $"{first.Height}. All frames must have the same size."
                        );
                    }

                    frames.Add(frame);
                }

                yield return new(Path.GetFileName(action), frames, clip);
            }
        }
    }

    private static string[] Folders(string path, string what) =>
        Directory.GetDirectories(path) is { Length: > 0 } folders
            ? [.. folders.Order(NaturalOrder.Comparer)]
            : throw new DataFileException(
                path,
                0,
                0,
                $"The folder holds no folders; {what} is needed: ACTION/CLIP/FRAME.png."
            );

    private static bool IsPicture(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PGM" or ".PNG";

    private static class NaturalOrder
    {
        // Runs of digits are padded with zeros, so that sorting as text sorts by number.
        public static readonly IComparer<string> Comparer = Comparer<string>.Create(
            (a, b) =>
                string.CompareOrdinal(Padded(a), Padded(b)) is var order && order != 0
                    ? order
                    : string.CompareOrdinal(a, b)
        );

        private static string Padded(string name) =>
            System.Text.RegularExpressions.Regex.Replace(
                name,
                "[0-9]+",
                digits => digits.Value.TrimStart('0').PadLeft(20, '0')
            );
    }
}
