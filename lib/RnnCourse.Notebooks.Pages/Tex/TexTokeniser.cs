using System.Globalization;

namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>Splits a formula into tokens; blanks and comments are dropped, as in TeX's math mode.</summary>
internal static class TexTokeniser
{
    public static List<TexToken> Tokenise(string source)
    {
        var tokens = new List<TexToken>();
        for (var position = 0; position < source.Length; )
        {
            var c = source[position];
            if (char.IsWhiteSpace(c))
            {
                position++;
            }
            else if (c == '%')
            {
                position = EndOfLine(source, position);
            }
            else
            {
                var token = Next(source, position);
                tokens.Add(token);
                position = token.End;
            }
        }
        tokens.Add(new(TexTokenKind.End, "", source.Length, source.Length));
        return tokens;
    }

    private static TexToken Next(string source, int start) =>
        source[start] switch
        {
            '\\' => Command(source, start),
            '{' => new(TexTokenKind.OpenBrace, "{", start, start + 1),
            '}' => new(TexTokenKind.CloseBrace, "}", start, start + 1),
            '^' => new(TexTokenKind.Superscript, "^", start, start + 1),
            '_' => new(TexTokenKind.Subscript, "_", start, start + 1),
            '\'' => new(TexTokenKind.Prime, "'", start, start + 1),
            '&' => new(TexTokenKind.ColumnBreak, "&", start, start + 1),
            >= '0' and <= '9' => Number(source, start),
            _ => Character(source, start),
        };

    private static TexToken Command(string source, int start)
    {
        var end = start + 1;
        while (end < source.Length && char.IsAsciiLetter(source[end]))
        {
            end++;
        }

        if (end < source.Length && source[end] == '*' && source[(start + 1)..end] is ("operatorname" or "tag"))
        {
            end++;
        }

        if (end == start + 1 && end < source.Length)
        {
            end = Character(source, end).End;
        }

        return new(TexTokenKind.Command, source[(start + 1)..end], start, end);
    }

    private static TexToken Number(string source, int start)
    {
        var end = start;
        while (end < source.Length && (char.IsAsciiDigit(source[end]) || IsDecimalPoint(source, end)))
        {
            end++;
        }

        return new(TexTokenKind.Number, source[start..end], start, end);
    }

    private static bool IsDecimalPoint(string source, int position) =>
        source[position] == '.' && position + 1 < source.Length && char.IsAsciiDigit(source[position + 1]);

    private static TexToken Character(string source, int start)
    {
        var end = start + StringInfo.GetNextTextElementLength(source, start);
        return new(TexTokenKind.Character, source[start..end], start, end);
    }

    private static int EndOfLine(string source, int position)
    {
        var end = source.IndexOf('\n', position);
        return end < 0 ? source.Length : end;
    }
}
