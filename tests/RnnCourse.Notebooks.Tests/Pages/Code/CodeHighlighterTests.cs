using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages.Code;

/// <summary>Through the one public door: a code cell on a page.</summary>
public sealed class CodeHighlighterTests
{
    private static readonly string[] Pieces =
    [
        "x",
        "\"",
        "$\"",
        "{",
        "}",
        "'",
        "//",
        "/*",
        "*/",
        "\n",
        "#r \"a\"",
        "#!x",
        "#if X\n",
        "@",
        "\"\"\"",
        " ",
        "1e",
        "class",
        "<",
        "&",
        ";",
        "\\",
        "é",
        "😀",
        "\t",
    ];

    private static string Coloured(string source)
    {
        var page = PageRenderer.Render(
            new Notebook { Cells = [new CodeCell { Id = "c", Source = source }] },
            new PageContext()
        );
        return Regex.Match(page, "</span><pre><code>(.*)</code></pre></div>", RegexOptions.Singleline).Groups[1].Value;
    }

    [Theory]
    [InlineData("keyword", "var x = 1;", "var")]
    [InlineData("keyword", "foreach (var x in y) await z;", "foreach", "var", "in", "await")]
    [InlineData("keyword", "nameof(x);", "nameof")]
    [InlineData("type", "Foo x = new Bar<Baz>();", "Foo", "Bar", "Baz")]
    [InlineData("type", "using System.Text; Math.Sqrt(2); x.Length.Y;", "Math")]
    [InlineData("type", "record P(Q a); class R : S;", "P", "Q", "R", "S")]
    [InlineData("method", "f(1); a.B(); double G() => 1;", "f", "B", "G")]
    [InlineData("string", "\"a\" + 'b' + $\"c{d}e\"", "\"a\"", "'b'", "$\"", "c", "e", "\"")]
    [InlineData("number", "1 + 2.5e3 + 0x1F", "1", "2.5e3", "0x1F")]
    [InlineData("comment", "// a\n/* b */ x", "// a", "/* b */")]
    [InlineData("directive", "#r \"../x.dll\"\nvar x = 1;", "#r \"../x.dll\"")]
    [InlineData("directive", "#!import \"a.cs\"\nvar x = 1;", "#!import \"a.cs\"")]
    [InlineData("directive", "var x = 1;\n#!time\nx", "#!time")]
    public void Tokens_have_their_colours(string @class, string source, params string[] expected) =>
        Assert.Equal(
            expected,
            Regex
                .Matches(Coloured(source), $"<span class=\"{@class}\">(.*?)</span>", RegexOptions.Singleline)
                .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
        );

    [Fact]
    public void Every_character_of_any_text_stays() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(i => Pieces[i])
            .Array[1, 20]
            .Select(pieces => "x" + string.Concat(pieces) + "x")
            .Sample(
                source => WebUtility.HtmlDecode(Regex.Replace(Coloured(source), "<[^>]*>", "")) == source,
                iter: 1000
            );

    [Fact]
    public void Another_language_is_left_alone()
    {
        var cell = new CodeCell
        {
            Id = "c",
            Source = "var x",
            Metadata = new()
            {
                ["polyglot_notebook"] = new System.Text.Json.Nodes.JsonObject { ["kernelName"] = "fsharp" },
            },
        };

        Assert.Contains(
            "<code>var x</code>",
            PageRenderer.Render(new Notebook { Cells = [cell] }, new PageContext()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a<")]
    [InlineData("{")]
    [InlineData("!")]
    [InlineData("x is not ")]
    [InlineData("if (x) ")]
    [InlineData("a ? b : ")]
    public void Deeply_nested_code_is_shown(string piece) =>
        Assert.NotEmpty(Coloured(string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length))));
}
