using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RnnCourse.Notebooks.Format;

/// <summary>Turns the bytes of a file into JSON, or says at which line and column that fails.</summary>
internal static class JsonText
{
    /// <summary>How deep arrays and objects may nest: far deeper than any notebook needs, and far less than would
    /// overflow the stack.</summary>
    public const int MaximumDepth = 200;

    public static JsonElement Parse(ReadOnlyMemory<byte> bytes, string? file)
    {
        var utf8 = bytes.Span;
        RequireText(utf8, file);
        try
        {
            // Without a copy of the bytes; the document lives as long as values refer to it.
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaximumDepth }).RootElement;
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0);
            throw Broken(
                $"{WithoutPosition(exception.Message)} {Advice(exception.Message)} {ByHand}",
                file,
                utf8,
                StartOfLine(utf8, line) + (int)(exception.BytePositionInLine ?? 0)
            );
        }
    }

    private const string ByHand =
        "If you edit a notebook by hand, write each line of a cell in quotes, with \\n before the closing quote and a "
        + "comma after it (none after the last line). `rnn open` edits cells as plain code and writes the rest.";

    // The usual mistakes of editing by hand, by where the parser fails.
    private static string Advice(string message)
    {
        bool Says(string text) => message.Contains(text, StringComparison.Ordinal);
        return Says("'\"' is invalid after a value") ? "Is a comma missing at the end of the line before?"
            : Says("is invalid after a value")
                ? "Is there a quote inside a line of code? Write it as \\\". Or is a comma missing?"
            : Says("'0x0A' is invalid within") || Says("'0x0D' is invalid within")
                ? "Is the closing quote missing at the end of this line? A line break inside a cell is written \\n."
            : Says("'0x09' is invalid within") ? "A tab inside a cell is written \\t."
            : Says("escapable character") ? "A backslash in code is written as two: \\\\."
            : Says("trailing comma") ? "Remove the comma after the last line, cell or field."
            : Says("end of data") || Says("end of string") || Says("Expected depth to be zero")
                ? "The end of the file is missing: a quote, a bracket, or all of it. Take it from a copy, such as "
                    + "the one in git."
            : Says("invalid start of a property name")
                ? "Is there a comma after the last field, or is a quote missing before a name?"
            : Says("is an invalid start of a value")
                ? "Is a quote missing at the beginning of this line, or is there a comma too many?"
            : "Look at this place and at the line before it.";
    }

    private static void RequireText(ReadOnlySpan<byte> utf8, string? file)
    {
        if (utf8.IsEmpty)
        {
            throw new NotebookFormatException("The file is empty; a notebook is a JSON object with cells.", file);
        }

        if (utf8.StartsWith("\uFEFF"u8))
        {
            throw Broken(
                "The file starts with a byte order mark, which JSON does not allow; save it as UTF-8 without one.",
                file,
                utf8,
                0
            );
        }

        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || utf8.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw Broken("The file is UTF-16; save it as UTF-8.", file, utf8, 0);
        }

        if (!Utf8.IsValid(utf8))
        {
            throw Broken("These bytes are not UTF-8 text; save the file as UTF-8.", file, utf8, FirstInvalidByte(utf8));
        }
    }

    private static NotebookFormatException Broken(string problem, string? file, ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8[..Math.Min(offset, utf8.Length)];
        var line = before.Count((byte)'\n');
        return new(
            problem,
            file,
            line: line + 1,
            column: Encoding.UTF8.GetCharCount(before[StartOfLine(before, line)..]) + 1
        );
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    private static int StartOfLine(ReadOnlySpan<byte> utf8, int line)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return start;
    }

    // The reader of System.Text.Json appends a position counted from 0 and in bytes; ours is counted from 1 and in
    // characters.
    private static string WithoutPosition(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "The file is not JSON. " + (position < 0 ? message : message[..position]);
    }
}
