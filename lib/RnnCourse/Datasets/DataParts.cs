namespace RnnCourse.Datasets;

/// <summary>The files of the training, development (dev) and test parts of a data set.</summary>
/// <param name="Train">The files to learn from.</param>
/// <param name="Dev">The files to make choices with, such as when to stop; empty if the part has to be split off
/// <see cref="Train"/>.</param>
/// <param name="Test">The files to test on; empty if the part has to be split off <see cref="Train"/>.</param>
internal sealed record DataParts(IReadOnlyList<string> Train, IReadOnlyList<string> Dev, IReadOnlyList<string> Test)
{
    private static readonly string[] TrainNames = ["train", "training"];
    private static readonly string[] DevNames = ["dev", "valid", "validation", "val"];

    /// <summary>Whether the parts are separate files; otherwise the one part has to be split.</summary>
    public bool AreGiven => Test.Count > 0;

    /// <summary>All files.</summary>
    public IEnumerable<string> All => [.. Train, .. Dev, .. Test];

    /// <summary>Finds the parts of the data set that a user names.</summary>
    /// <param name="path">A file; or a folder with folders or files whose names hold the words <c>train</c>,
    /// <c>dev</c> (or <c>valid</c>, <c>val</c>) and <c>test</c>, as in <c>en_ewt-ud-train.conllu</c>; or a folder with
    /// files of the wanted kind, which are then one part.
    /// </param>
    /// <param name="extensions">The endings of the wanted kind of file, such as ".conllu".</param>
    /// <exception cref="DataFileException">The file or folder does not exist, the folder holds no file of that kind, or
    /// it has a test part but no training part.</exception>
    public static DataParts Find(string path, params IReadOnlyList<string> extensions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(extensions);
        if (File.Exists(path))
        {
            return new([path], [], []);
        }

        if (!Directory.Exists(path))
        {
            throw new DataFileException(path, 0, 0, "This file or folder does not exist. Check the path.");
        }

        string[] files =
        [
            .. Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file =>
                    extensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                    && !Path.GetFileName(file).StartsWith('.')
                )
                .Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
        {
            throw new DataFileException(
                path,
                0,
                0,
                $"The folder holds no file that ends with {string.Join(" or ", extensions)}. Name another folder "
                    + "or a file."
            );
        }

        string[] Part(params string[] words) =>
            [.. files.Where(file => words.Any(word => HasWord(TellingName(Path.GetRelativePath(path, file)), word)))];
        string[] train = Part(TrainNames),
            dev = Part(DevNames),
            test = Part("test");
        if (train.Length == 0 && test.Length == 0)
        {
            return new(files, [], []);
        }

        if (train.Length == 0)
        {
            throw new DataFileException(
                path,
                0,
                0,
                "The folder holds a test part, but no file or folder with 'train' in its name. Rename what is to be "
                    + "learnt from, or name a single file."
            );
        }

        if (test.Length == 0)
        {
            return new([.. train, .. dev], [], []);
        }

        if (train.Intersect(test).Concat(dev.Intersect(test)).Concat(train.Intersect(dev)).FirstOrDefault() is { } both)
        {
            throw new DataFileException(both, 0, 0, "By its name this file belongs to two parts; rename it.");
        }

        return new(train, dev, test);
    }

    // The outermost folder whose name contains a part's name decides, so that dev/Training.cs belongs to dev; without
    // one, the file's own name.
    private static string TellingName(string relative)
    {
        var names = relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return names.FirstOrDefault(name => TrainNames.Concat(DevNames).Append("test").Any(word => HasWord(name, word)))
            ?? names[^1];
    }

    // A word is surrounded by anything but letters: 'contest' holds no 'test'.
    private static bool HasWord(string name, string word)
    {
        for (
            var at = name.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = name.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            if (
                (at == 0 || !char.IsLetter(name[at - 1]))
                && (at + word.Length == name.Length || !char.IsLetter(name[at + word.Length]))
            )
            {
                return true;
            }
        }

        return false;
    }
}
