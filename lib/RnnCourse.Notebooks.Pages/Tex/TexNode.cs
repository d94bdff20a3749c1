namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>How an atom behaves among its neighbours; the names are TeX's.</summary>
internal enum AtomKind
{
    Ordinary,
    Operator,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
}

/// <summary>The style of letters.</summary>
internal enum LetterStyle
{
    /// <summary>Single letters in italics, as for variables.</summary>
    Variable,
    Upright,
    Bold,
    BoldVariable,
    Blackboard,
    Calligraphic,
    Fraktur,
    Monospace,
    SansSerif,
}

/// <summary>A part of a formula.</summary>
internal abstract record TexNode;

internal sealed record RowNode(IReadOnlyList<TexNode> Items) : TexNode;

internal sealed record LetterNode(string Text, LetterStyle Style) : TexNode;

internal sealed record NumberNode(string Text, LetterStyle Style) : TexNode;

/// <summary>A sign such as + or ⊙.</summary>
internal sealed record SignNode(string Text, AtomKind Kind) : TexNode;

/// <summary>A bracket in its normal size, or in a fixed size in em.</summary>
internal sealed record BracketNode(string Text, AtomKind Kind, string? Size) : TexNode;

/// <summary>A large sign such as ∑; its limits are above and below it where there is room.</summary>
internal sealed record LargeOperatorNode(string Text, bool HasLimits) : TexNode;

/// <summary>A function's name such as tanh or max.</summary>
internal sealed record FunctionNode(string Name, bool HasLimits) : TexNode;

internal sealed record TextNode(string Text, LetterStyle Style) : TexNode;

/// <summary>A space with a width in em, which may be negative.</summary>
internal sealed record SpaceNode(double Width) : TexNode;

/// <summary>A base with its scripts.</summary>
internal sealed record ScriptNode(TexNode Base, TexNode? Sub, TexNode? Super) : TexNode;

/// <summary>A part with another one exactly below or above it.</summary>
internal sealed record StackNode(TexNode Base, TexNode? Under, TexNode? Over, bool IsAccent) : TexNode;

/// <summary>A sign that stretches to the width of the part that it is above or below.</summary>
internal sealed record StretchNode(string Text, bool Stretches) : TexNode;

internal sealed record FractionNode(TexNode Numerator, TexNode Denominator, bool HasLine, bool? IsLarge) : TexNode;

internal sealed record RootNode(TexNode Body, TexNode? Index) : TexNode;

/// <summary>Brackets as tall as their content; an empty text means that there is no bracket on this side.</summary>
internal sealed record FencedNode(string Left, TexNode Body, string Right) : TexNode;

/// <summary>A bracket inside <see cref="FencedNode"/> that is as tall as the outer ones.</summary>
internal sealed record MiddleNode(string Text) : TexNode;

internal enum TableKind
{
    Matrix,
    Cases,
    Aligned,
}

internal sealed record TableNode(IReadOnlyList<IReadOnlyList<TexNode>> Rows, TableKind Kind, string? Columns) : TexNode;

internal sealed record LargeStyleNode(TexNode Body, bool IsLarge) : TexNode;

internal enum BoxKind
{
    Framed,
    Overlined,
    Underlined,
    Invisible,
}

internal sealed record BoxNode(TexNode Body, BoxKind Kind) : TexNode;

/// <summary>Source that can't be translated; it is shown as it was written.</summary>
internal sealed record UnknownNode(string Source) : TexNode;
