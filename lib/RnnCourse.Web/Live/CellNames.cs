using System.Collections.Frozen;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Pages.Code;

namespace RnnCourse.Web.Live;

/// <summary>
/// The names that the code of a cell sets, and those that it mentions. They tell which cells may have different outputs
/// after this one is run again. Names are found by words alone, so there may be too many rather than too few; names
/// inside methods, which no other cell can see, don't count.
/// </summary>
internal sealed partial class CellNames
{
    // Before a bracket or a dot they look like names, as in "double[]", "return [1]" and "string.Join".
    private static readonly FrozenSet<string> Keywords = (
        "as await base bool byte case char decimal default do double else float in int is long new nint nuint object "
        + "out params ref return sbyte short stackalloc string this throw typeof uint ulong ushort when yield"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _set = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly bool _touchesAll;

    private CellNames(string source)
    {
        var code = NoCode().Replace(LocalNames.Blank(source), " ");
        _touchesAll = Everything().IsMatch(code);
        foreach (Match word in Word().Matches(code))
        {
            _mentioned.Add(word.Value);
        }

        foreach (Match name in Declaring().Matches(code))
        {
            _declared.UnionWith(name.Groups["name"].Captures.Select(capture => capture.Value));
        }

        foreach (Match name in Setting().Matches(code))
        {
            _set.Add(name.Groups["name"].Value);
        }

        _set.ExceptWith(Keywords);
    }

    /// <summary>The names of a cell's code.</summary>
    public static CellNames Of(string source) => new(source);

    /// <summary>Whether running this cell may change the outputs of the other one.</summary>
    public bool MayChangeOutputsOf(CellNames other) => _touchesAll || _set.Overlaps(other._mentioned);

    /// <summary>Whether it loads libraries, usings or whole files, so that any name may come from it.</summary>
    public bool BringsLibraries => _touchesAll;

    /// <summary>Whether it declares a variable, a method or a type of this name.</summary>
    public bool Declares(string name) => _declared.Contains(name);

    /// <summary>Whether another cell can run only after this one: it mentions a name that this one declares, or this
    /// one brings libraries or usings.</summary>
    public bool IsNeededBy(CellNames other) => _touchesAll || _declared.Overlaps(other._mentioned);

    // Comments and string literals, but not the expressions inside interpolated strings.
    [GeneratedRegex(
        """//[^\n]*|/\*.*?\*/|(?<![$@"])"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'""",
        RegexOptions.Singleline
    )]
    private static partial Regex NoCode();

    // Libraries, usings and imported files affect every cell.
    [GeneratedRegex(@"^\s*(?:#r|#load|#!import|using\s+[\w.=\s]+;)", RegexOptions.Multiline)]
    private static partial Regex Everything();

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{Nd}_]*")]
    private static partial Regex Word();

    // Variables (also several at once), types and methods. Keywords that precede a value, such as return, aren't types.
    [GeneratedRegex(
        """
            \b(?:class|record|struct|enum|interface|delegate)\s+(?:class\s+|struct\s+)?(?<name>[\p{L}_]\w*)
            |(?<![.\w])(?!(?:return|throw|await|new|else|case|in|is|as|yield|goto|when)\b)[\p{L}_][\w.]*(?:<[^;={}]*>)?(?:\[[,\s]*\])*\??
              \s+(?<name>[\p{L}_]\w*)\s*(?:<[\w,\s]*>)?(?:=(?![=>])|;|,|\([^;{]*\)\s*(?:=>|\{|where\b))
            |\bvar\s*\(\s*(?:(?<name>[\p{L}_]\w*)[\s,]*)+\)\s*=
            |(?<![\w)])\(\s*(?:(?:var|[\p{L}_][\w.<>\[\]?]*)\s+(?<name>[\p{L}_]\w*)\s*,?\s*)+\)\s*=(?![=>])
            |\bout\s+(?:var|[\w.<>\[\]?]+)\s+(?<name>[\p{L}_]\w*)
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Declaring();

    // Declared, assigned, counted up or down; a variable whose members are called, which may change it; types and
    // methods.
    [GeneratedRegex(
        """
            \b(?:class|record|struct|enum|interface|delegate)\s+(?:class\s+|struct\s+)?(?<name>[\p{L}_]\w*)
            |(?<![.\w])(?<name>[\p{L}_]\w*)\s*(?:\+\+|--|(?:[-+*/%&|^]|<<|>>|\?\?)?=(?![=>]))
            |(?:\+\+|--)(?<name>[\p{L}_]\w*)
            |(?<![.\w])(?<name>[\p{Ll}_]\w*)\s*[.\[]
            |[\w>\]?]\s+(?<name>[\p{L}_]\w*)\s*(?:<[\w,\s]*>)?\([^;{]*\)\s*(?:=>|\{)
            |(?:var|[\w>\]?])\s+(?<name>[\p{L}_]\w*)\s*[=;,)]
            |[(,]\s*(?:[\w<>\[\]?]+\s+)?(?<name>[\p{L}_]\w*)\s*(?=(?:,[^;\n]*)?\)\s*=[^=>])
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Setting();
}
