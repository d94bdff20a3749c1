using System.Globalization;

namespace RnnCourse.Datasets;

/// <summary>A sentence, its words and the tag of each.</summary>
/// <param name="Words">The words, n of them, as written.</param>
/// <param name="Tags">The tag of each word, n of them; null where the word has none.</param>
/// <param name="Line">The line where the sentence begins in its file, from 1; 0 if it does not come from a
/// file.</param>
internal sealed record TaggedSentence(IReadOnlyList<string> Words, IReadOnlyList<string?> Tags, long Line = 0)
{
    /// <summary>The words with a space between.</summary>
    public override string ToString() => string.Join(' ', Words);
}

/// <summary>Reads and writes sentences with part-of-speech tags in CoNLL-U, the format of Universal Dependencies,
/// sentence by sentence.</summary>
/// <remarks>
/// <para>The format: universaldependencies.org/format.html. Ten columns with a tab between; the second holds the word,
/// the fourth its universal tag. A sentence ends with an empty line, which may be missing at the end of the
/// file.</para>
/// <para>What is read are the syntactic words, which have tags: of a multiword token (<c>1-2 don't</c>) its parts (<c>1
/// do</c>, <c>2 n't</c>). Empty nodes (<c>8.1</c>) stand for words that were not said and are skipped. The tag <c>_</c>
/// means "no tag".</para>
/// </remarks>
internal static class ConlluFile
{
    private const int Columns = 10;

    /// <summary>Reads a file's sentences, one at a time.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is not UTF-8 text or not CoNLL-U. The error is raised when reading
    /// reaches the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<TaggedSentence> Read(string path)
    {
        List<string> words = [];
        List<string?> tags = [];
        var (first, partsTo) = (0L, 0);
        foreach (var (number, text) in TextFile.Lines(path))
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                if (partsTo > words.Count)
                {
                    throw MissingPart(path, number, partsTo, words.Count);
                }

                if (words.Count > 0)
                {
                    yield return new([.. words], [.. tags], first);
                }

                words.Clear();
                tags.Clear();
                (first, partsTo) = (0, 0);
                continue;
            }

            if (first == 0)
            {
                first = number;
            }

            if (text[0] == '#' && words.Count == 0 && !text.StartsWith("#\t", StringComparison.Ordinal))
            {
                continue;
            }

            var fields = text.Split('\t');
            if (fields.Length != Columns)
            {
                throw new DataFileException(
                    path,
                    number,
                    Math.Min(ColumnOf(fields, Columns), text.Length + 1),
                    WrongCount(text, fields.Length)
                );
            }

            var id = fields[0];
            var next = words.Count + 1;
            if (id.Contains('-', StringComparison.Ordinal))
            {
                partsTo = Range(path, number, id, next);
            }
            else if (id.Contains('.', StringComparison.Ordinal))
            {
                if (
                    !id.StartsWith(
                        string.Create(CultureInfo.InvariantCulture, $"{words.Count}."),
                        StringComparison.Ordinal
                    )
                )
                {
                    throw new DataFileException(
                        path,
                        number,
                        1,
                        $"The empty node '{id}' stands after word {words.Count}; its number must begin with "
                            + $"'{words.Count}.'."
                    );
                }
            }
            else
            {
                if (id != next.ToString(CultureInfo.InvariantCulture))
                {
                    throw new DataFileException(
                        path,
                        number,
                        1,
                        $"The word's number is '{id}', but {next} follows here. Perhaps an empty line is missing "
                            + "between two sentences, or a line is lost."
                    );
                }

                if (fields[1].Length == 0)
                {
                    throw new DataFileException(
                        path,
                        number,
                        id.Length + 2,
                        "The word is empty. Fill in the second field, or remove the line."
                    );
                }

                if (fields[3].Length == 0)
                {
                    throw new DataFileException(
                        path,
                        number,
                        ColumnOf(fields, 3),
                        "The tag is empty. Write '_' for a word without a tag."
                    );
                }

                words.Add(fields[1]);
                tags.Add(fields[3] == "_" ? null : fields[3]);
            }
        }

        if (partsTo > words.Count)
        {
            throw MissingPart(path, first, partsTo, words.Count);
        }

        if (words.Count > 0)
        {
            yield return new([.. words], [.. tags], first);
        }
    }

    /// <summary>Writes sentences, the other columns as <c>_</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="sentences">The sentences.</param>
    public static void Write(TextWriter writer, IEnumerable<TaggedSentence> sentences)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(sentences);
        foreach (var sentence in sentences)
        {
            for (var k = 0; k < sentence.Words.Count; k++)
            {
                writer.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{k + 1}\t{sentence.Words[k]}\t_\t{sentence.Tags[k] ?? "_"}\t_\t_\t_\t_\t_\t_\n"
                    )
                );
            }

            writer.Write('\n');
        }
    }

    private static string WrongCount(string text, int count) =>
        text.Contains('\t', StringComparison.Ordinal)
            ? $"This line has {count} columns; CoNLL-U has {Columns}, with a tab between each two."
        : text[0] == '#' ? "A comment is within a sentence; comments come before its first word."
        : "This line has no tabs. CoNLL-U has ten columns with a tab (not spaces) between each two.";

    private static DataFileException MissingPart(string path, long line, int to, int count) =>
        new(path, line, 0, $"A multiword token goes to word {to}, but the sentence has {count} words.");

    // The column of the first character of a field, or of the line's end.
    private static long ColumnOf(string[] fields, int index) => fields.Take(index).Sum(field => field.Length + 1) + 1;

    private static int Range(string path, long line, string id, int next)
    {
        var ends = id.Split('-');
        return
            ends.Length == 2
            && ends[0] == next.ToString(CultureInfo.InvariantCulture)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && to > next - 1
            ? to
            : throw new DataFileException(
                path,
                line,
                1,
                $"'{id}' is not a multiword token that begins with word {next}."
            );
    }
}
