using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class StoredLinesTests
{
    // All line breaks of Python's str.splitlines, with which Jupyter's writer splits texts.
    public static TheoryData<string> Ends =>
        ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_line_ends_where_python_ends_it_and_keeps_its_end(string end)
    {
        Assert.Equal([$"a{end}", $"{end}", "b"], Lines($"a{end}{end}b"));
        Assert.Equal([$"a{end}"], Lines($"a{end}"));
        Assert.Equal("a", StoredLines.WithoutEnd($"a{end}"));
    }

    [Theory]
    [InlineData("\t")]
    [InlineData("\0")]
    [InlineData("\x1f")]
    [InlineData("\x84")]
    [InlineData("\u2027")]
    [InlineData("\u202a")]
    public void No_other_character_ends_a_line(string other)
    {
        Assert.Equal([$"a{other}b"], Lines($"a{other}b"));
        Assert.Equal($"a{other}", StoredLines.WithoutEnd($"a{other}"));
    }

    [Fact]
    public void An_empty_text_has_no_line()
    {
        Assert.Empty(Lines(""));
        Assert.Equal("", StoredLines.WithoutEnd(""));
    }

    private static List<string> Lines(string text) => [.. new StoredLines(text).Lines().Select(line => text[line])];
}
