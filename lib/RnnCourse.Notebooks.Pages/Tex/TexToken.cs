namespace RnnCourse.Notebooks.Pages.Tex;

internal enum TexTokenKind
{
    /// <summary>A backslash and a name, or a backslash and one other character.</summary>
    Command,

    /// <summary>A number with its decimal point.</summary>
    Number,

    /// <summary>One character (grapheme) of any other kind.</summary>
    Character,

    OpenBrace,
    CloseBrace,
    Superscript,
    Subscript,
    Prime,
    ColumnBreak,
    End,
}

/// <summary>One token of a formula. The positions are needed because text in <c>\text{…}</c> includes blanks, which
/// tokens don't contain.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">The token; for a command, the name without the backslash.</param>
/// <param name="Start">Where it starts in the source.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct TexToken(TexTokenKind Kind, string Text, int Start, int End)
{
    public bool IsCommand(string name) => Kind == TexTokenKind.Command && Text == name;

    public bool IsCharacter(string text) => Kind == TexTokenKind.Character && Text == text;
}
