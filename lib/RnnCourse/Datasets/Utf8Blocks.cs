using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace RnnCourse.Datasets;

/// <summary>Decodes a file block by block, counts lines and columns, and refuses a file that is not UTF-8
/// text.</summary>
internal sealed class Utf8Blocks : IDisposable
{
    private const int BlockSize = 1 << 16;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly byte[] _bytes = new byte[BlockSize];
    private readonly char[] _chars = new char[BlockSize];
    private long _line = 1,
        _column = 1; // of the next character
    private int _held; // bytes that are read and not decoded yet
    private bool _begun,
        _ended,
        _afterReturn,
        _sawOtherThanAscii;

    private Utf8Blocks(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <summary>The block that <see cref="Next"/> found.</summary>
    public ReadOnlyMemory<char> Block { get; private set; }

    public static Utf8Blocks Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataFileException(path, 0, 0, "This is a folder; a file is needed.");
        }

        return new(
            path,
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)
        );
    }

    /// <summary>Reads on; false at the end of the file.</summary>
    public bool Next()
    {
        while (!_ended)
        {
            var read = _stream.ReadAtLeast(_bytes.AsSpan(_held), BlockSize - _held, throwOnEndOfStream: false);
            var length = _held + read;
            _ended = length < BlockSize;
            var from = _begun ? 0 : Begin(_bytes.AsSpan(0, length));
            _begun = true;
            var status = Utf8.ToUtf16(
                _bytes.AsSpan(from, length - from),
                _chars,
                out var used,
                out var written,
                replaceInvalidSequences: false,
                isFinalBlock: _ended
            );
            var count = Tidy(written);
            if (status == OperationStatus.InvalidData)
            {
                throw Refuse(_bytes[from + used], _bytes.AsSpan(from + used, Math.Min(4, length - from - used)));
            }

            _held = length - from - used;
            _bytes.AsSpan(from + used, _held).CopyTo(_bytes);
            if (count == 0)
            {
                continue;
            }

            Block = _chars.AsMemory(0, count);
            return true;
        }

        return false;
    }

    public void Dispose() => _stream.Dispose();

    // Looks at the first bytes: the mark of UTF-8 is skipped, and other kinds of files are reported by name.
    private int Begin(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return 3;
        }

        var kind =
            start.StartsWith<byte>([0xFF, 0xFE, 0, 0]) || start.StartsWith<byte>([0, 0, 0xFE, 0xFF]) ? "UTF-32"
            : start.StartsWith<byte>([0xFF, 0xFE]) ? "UTF-16LE"
            : start.StartsWith<byte>([0xFE, 0xFF]) ? "UTF-16BE"
            : null;
        if (kind is not null)
        {
            throw new DataFileException(
                _path,
                1,
                1,
                $"This is text in {kind}; UTF-8 is needed. Convert it, for example with: iconv -f {kind} -t "
                    + "UTF-8 OLD > NEW"
            );
        }

        var packed =
            start.StartsWith<byte>([0x1F, 0x8B]) ? "a gzip file: unpack it first (gunzip)"
            : start.StartsWith("PK\u0003\u0004"u8)
                ? "a zip file (or an office document): unpack it first, or save it as text"
            : start.StartsWith("%PDF"u8) ? "a PDF: save it as text first"
            : start.StartsWith("\u0089PNG"u8) || start.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'])
                ? "a PNG image"
            : null;
        return packed is null
            ? 0
            : throw new DataFileException(_path, 1, 1, $"This is not a text file, it is {packed}. Unpack it first.");
    }

    // Counts lines and columns, refuses control characters, and makes every end of a line one LF. Returns how many
    // characters are left.
    private int Tidy(int count)
    {
        var to = 0;
        for (var from = 0; from < count; from++)
        {
            var c = _chars[from];
            if (c == '\n' && _afterReturn)
            {
                _afterReturn = false;
                continue;
            }

            _afterReturn = c == '\r';
            if (c is '\r' or '\n')
            {
                _chars[to++] = '\n';
                _line++;
                _column = 1;
                continue;
            }

            if (c < ' ' && c is not ('\t' or '\f' or '\v'))
            {
                throw Control(c);
            }

            _sawOtherThanAscii |= c > '\u007f';
            _chars[to++] = c;
            if (!char.IsLowSurrogate(c))
            {
                _column++;
            }
        }

        return to;
    }

    private DataFileException Control(char c) =>
        new(
            _path,
            _line,
            _column,
            c == '\0'
                ? "There is a zero byte: this is a binary file, or text in UTF-16 without a mark at its "
                    + "beginning. Text in UTF-8 is needed."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is the control character 0x{(int)c:X2}: this looks like a binary file. Text in "
                        + $"UTF-8 is needed."
                )
        );

    private DataFileException Refuse(byte wrong, ReadOnlySpan<byte> rest)
    {
        // Two bytes or more of a character: a single such byte is more probably a letter in another encoding.
        var cutShort =
            _ended
            && wrong >= 0xE0
            && rest.Length is 2 or 3
            && rest[1..].IndexOfAnyExceptInRange((byte)0x80, (byte)0xBF) < 0;
        var problem = cutShort
            ? "The file ends within a character: it was cut short. Fetch or copy it again."
            : $"The byte 0x{wrong:X2} is not valid UTF-8. "
                + (
                    _sawOtherThanAscii
                        ? "Other characters before it are, so the file mixes encodings: repair it where it was put "
                            + "together. "
                        : "The file is in another encoding, perhaps Windows-1252 or Latin-1, or it is binary. "
                )
                + "If you know the encoding, convert the file, for example with: iconv -f WINDOWS-1252 -t "
                + "UTF-8 OLD > NEW";
        return new(_path, _line, _column, problem);
    }
}
