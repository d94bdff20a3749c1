using System.Text;
using CsCheck;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class TextFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_text_comes_back_whatever_the_ends_of_its_lines() =>
        Gen.OneOf(
                Gen.Char['a', 'f'].Select(c => c.ToString()),
                Gen.Const("é"),
                Gen.Const("😀"),
                Gen.Const("\n"),
                Gen.Const("\t")
            )
            .List[0, 40]
            .Select(parts => string.Concat(parts))
            .Sample(
                text =>
                {
                    foreach (var (end, mark) in new[] { ("\n", false), ("\r\n", false), ("\r", true) })
                    {
                        File.WriteAllText(
                            _path,
                            text.Replace("\n", end, StringComparison.Ordinal),
                            new UTF8Encoding(mark)
                        );
                        Assert.Equal(text, TextFile.ReadAll(_path));
                        Assert.Equal(
                            text.EndsWith('\n') || text.Length == 0 ? text.Split('\n')[..^1] : text.Split('\n'),
                            TextFile.Lines(_path).Select(line => line.Text)
                        );
                    }
                },
                iter: 200,
                threads: 1
            );

    [Theory]
    [InlineData("caf\u00e9 and more", "ISO-8859-1", 1, 4, "0xE9")]
    [InlineData("one\ntwo caf\u00e9", "ISO-8859-1", 2, 8, "Windows-1252")]
    [InlineData("plain", "UTF-16LE", 1, 2, "UTF-16")]
    public void Another_encoding_is_refused_at_its_place(
        string text,
        string encoding,
        long line,
        long column,
        string word
    )
    {
        File.WriteAllBytes(_path, Encoding.GetEncoding(encoding).GetBytes(text));
        Refused(line, column, word);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 65, 0 }, "iconv -f UTF-16LE")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 65 }, "iconv -f UTF-16BE")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0 }, "UTF-32")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8 }, "gunzip")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4 }, "zip")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "PNG")]
    public void A_file_of_another_kind_is_recognised_by_its_first_bytes(byte[] bytes, string word)
    {
        File.WriteAllBytes(_path, bytes);
        Refused(1, 1, word);
    }

    [Fact]
    public void A_mixture_of_encodings_is_reported_as_such()
    {
        File.WriteAllBytes(_path, [.. "première ligne\n"u8, .. Encoding.Latin1.GetBytes("deuxième")]);
        Refused(2, 6, "mixes encodings");
    }

    [Fact]
    public void A_file_that_ends_within_a_character_was_cut_short()
    {
        File.WriteAllBytes(_path, [.. "abc"u8, 0xE2, 0x82]);
        Refused(1, 4, "cut short");
    }

    [Fact]
    public void The_place_is_right_beyond_the_first_block()
    {
        File.WriteAllBytes(
            _path,
            [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ä23456789\r\n", 20_000))), (byte)'x', 1]
        );
        Refused(20_001, 2, "0x01");
    }

    [Fact]
    public void A_folder_is_refused_where_a_file_is_needed() =>
        Assert.Contains(
            "folder",
            Assert.Throws<DataFileException>(() => TextFile.ReadAll(Path.GetTempPath())).Message,
            StringComparison.Ordinal
        );

    private void Refused(long line, long column, string word)
    {
        var refused = Assert.Throws<DataFileException>(() => TextFile.ReadAll(_path));
        Assert.Equal((_path, line, column), (refused.Path, refused.Line, refused.Column));
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }
}
