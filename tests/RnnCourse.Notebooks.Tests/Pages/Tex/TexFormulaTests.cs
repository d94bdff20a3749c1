using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using RnnCourse.Notebooks.Pages.Tex;

namespace RnnCourse.Notebooks.Tests.Pages.Tex;

public sealed class TexFormulaTests
{
    // Pieces that open, close, nest, and end too early.
    private static readonly string[] Pieces =
    [
        "x",
        "12",
        "3.4",
        " ",
        "{",
        "}",
        "^",
        "_",
        "'",
        "&",
        "\\\\",
        "\\",
        "%",
        "\n",
        "(",
        ")",
        "[",
        "]",
        "|",
        "\\frac",
        "\\sqrt",
        "\\sqrt[",
        "\\left(",
        "\\right)",
        "\\left",
        "\\right",
        "\\begin{bmatrix}",
        "\\end{bmatrix}",
        "\\begin{cases}",
        "\\end{cases}",
        "\\begin",
        "\\end",
        "\\text{ if }",
        "\\text",
        "\\mathbf",
        "\\mathbb{R}",
        "\\hat",
        "\\underbrace{a}",
        "\\sum",
        "\\limits",
        "\\max",
        "\\alpha",
        "\\unknown",
        "\\operatorname{f}",
        "\\not",
        "\\big",
        "\\bigl(",
        "\\displaystyle",
        "😀",
        "é",
        "<b>",
        "\ud83d",
    ];

    // The elements of the formula, without its source.
    private static string Body(string tex)
    {
        var html = TexFormula.ToMathMl(tex, isDisplay: false);
        return html["<math><semantics>".Length..html.IndexOf("<annotation", StringComparison.Ordinal)];
    }

    private static string Visible(string tex) =>
        string.Concat(XElement.Parse($"<r>{Body(tex)}</r>").DescendantNodes().OfType<XText>());

    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("x_i", "<msub><mi>x</mi><mi>i</mi></msub>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^12", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>2</mn></mrow>")]
    [InlineData("\\frac{a}{3.5}", "<mfrac><mi>a</mi><mn>3.5</mn></mfrac>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\sqrt x", "<msqrt><mi>x</mi></msqrt>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>")]
    [InlineData("\\theta", "<mi>θ</mi>")]
    [InlineData("\\Delta", "<mi mathvariant=\"normal\">Δ</mi>")]
    [InlineData("\\partial", "<mi mathvariant=\"normal\">∂</mi>")]
    [InlineData("\\mathbb{R}", "<mi mathvariant=\"normal\">ℝ</mi>")]
    [InlineData("\\mathbf{W}", "<mi mathvariant=\"normal\" class=\"bold\">W</mi>")]
    [InlineData("\\mathbf{\\theta}", "<mi class=\"bold\">θ</mi>")]
    [InlineData("\\mathcal{L}", "<mi mathvariant=\"normal\">ℒ</mi>")]
    [InlineData("\\text{ if }", "<mtext>\u00A0if\u00A0</mtext>")]
    [InlineData("\\hat{y}", "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("\\sum_{i}^{n}", "<munderover><mo movablelimits=\"true\">∑</mo><mi>i</mi><mi>n</mi></munderover>")]
    [InlineData("\\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>")]
    public void A_formula_becomes_its_MathML(string tex, string expected) =>
        Assert.Equal(
            expected,
            Regex.Replace(
                Body(tex),
                "^<mrow>(<m.*)</mrow>$",
                match => IsOneElement(match.Groups[1].Value) ? match.Groups[1].Value : match.Value
            )
        );

    private static bool IsOneElement(string html) => XElement.Parse($"<r>{html}</r>").Elements().Count() == 1;

    [Theory]
    [InlineData("s_i = \\sigma(U x_i + W s_{i-1} + b)", "si=σ(Uxi+Wsi−1+b)")]
    [InlineData("\\{x \\mid x \\ne 0\\}", "{x|x≠0}")]
    [InlineData("\\lVert W \\rVert \\le \\rho", "‖W‖≤ρ")]
    [InlineData("f''(x)", "f″(x)")]
    [InlineData("a \\mapsto b \\to c \\approx d \\in E", "a↦b→c≈d∈E")]
    [InlineData("\\forall x \\; \\nabla f \\odot g \\cdot h \\times k \\circ l^\\top", "∀x∇f⊙g⋅h×k∘l⊤")]
    [InlineData("x_1, \\dots, x_n + \\cdots \\ldots \\vdots", "x1,…,xn+⋯…⋮")]
    [InlineData("\\mathrm{softmax}(z)", "softmax(z)")]
    [InlineData("\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}", "[abcd]")]
    [InlineData("\\begin{cases} 1 & \\text{if } x \\\\ 0 \\end{cases}", "{1if\u00A0x0")]
    [InlineData("\\left. x \\right|_0", "x|0")]
    [InlineData("\\overline{AB} \\bar x \\tilde x \\vec v \\dot s", "ABx¯x~v→s˙")]
    [InlineData("50\\% \\text{a\\_b {c}}", "50%a_b c")]
    [InlineData("a \\not= b", "a=\u0338b")]
    public void Everything_that_is_typed_is_seen(string tex, string expected) => Assert.Equal(expected, Visible(tex));

    [Fact]
    public void A_name_of_a_function_is_set_apart_from_its_argument()
    {
        Assert.Contains(
            "<mi mathvariant=\"normal\">ln</mi><mo>\u2061</mo><mspace",
            Body("\\ln x"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("mspace", Body("\\tanh(x)"), StringComparison.Ordinal);
        Assert.Contains("<munder><mrow><mo movablelimits=\"true\"", Body("\\max_j x_j"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_minus_after_a_relation_or_bracket_is_a_sign_and_not_a_subtraction()
    {
        Assert.Contains("form=\"prefix\" lspace=\"0\" rspace=\"0\">−", Body("x = -y"), StringComparison.Ordinal);
        Assert.Contains("form=\"prefix\" lspace=\"0\" rspace=\"0\">−", Body("f(-y)"), StringComparison.Ordinal);
        Assert.Contains("form=\"infix\"", Body("x - y"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_align_at_their_ampersands()
    {
        var rows = XElement
            .Parse(Body("\\begin{aligned} a &= b \\\\ &= c \\end{aligned}"))
            .DescendantsAndSelf("mtr")
            .ToList();

        Assert.Equal(2, rows.Count);
        Assert.All(
            rows,
            row => Assert.Equal(["r", "l"], row.Elements("mtd").Select(cell => (string?)cell.Attribute("class")))
        );
    }

    [Fact]
    public void A_brace_carries_its_label() =>
        Assert.StartsWith(
            "<munder><munder>",
            Regex.Replace(Body("\\underbrace{a+b}_{n}"), "^<mrow>", ""),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_unknown_command_is_marked_and_the_rest_is_set()
    {
        var body = Body("x + \\foo{y}");

        Assert.Contains("<merror><mtext>\\foo</mtext></merror>", body, StringComparison.Ordinal);
        Assert.Contains("<mi>y</mi>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\frac{1}{2")]
    [InlineData("x}")]
    [InlineData("\\left( x")]
    [InlineData("\\begin{bmatrix} x")]
    [InlineData("\\begin{bmatrix} x \\end{pmatrix}")]
    [InlineData("x^1^2")]
    [InlineData("x^")]
    [InlineData("\\frac")]
    public void A_broken_formula_is_shown_as_its_source(string tex) =>
        Assert.Equal($"<mrow><merror><mtext>{tex}</mtext></merror></mrow>", Body(tex));

    [Fact]
    public void The_source_is_the_annotation_and_is_escaped() =>
        Assert.Contains(
            "<annotation encoding=\"application/x-tex\">a &lt; b &amp; c</annotation>",
            TexFormula.ToMathMl(" a < b & c ", isDisplay: true),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("{")]
    [InlineData("\\hat")]
    [InlineData("\\sqrt{")]
    [InlineData("\\left(")]
    [InlineData("x_{")]
    [InlineData("\\begin{bmatrix}")]
    [InlineData("\\displaystyle ")]
    [InlineData("a")]
    public void Deep_nesting_and_great_length_come_to_an_end(string piece) =>
        Assert.StartsWith(
            "<math>",
            TexFormula.ToMathMl(
                string.Concat(Enumerable.Repeat(piece, TexFormula.MaximumLength / piece.Length)),
                isDisplay: false
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Any_text_gives_MathML_in_which_every_element_has_as_many_children_as_it_must()
    {
        var text = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 25].Select(string.Concat);
        text.Sample(
            tex =>
            {
                var html = TexFormula.ToMathMl(tex, isDisplay: true);
                foreach (var element in XElement.Parse(html).DescendantsAndSelf())
                {
                    int? expected = element.Name.LocalName switch
                    {
                        "semantics" or "mfrac" or "msub" or "msup" or "mover" or "munder" or "mroot" => 2,
                        "msubsup" or "munderover" => 3,
                        _ => null,
                    };
                    if (expected is { } count && element.Elements().Count() != count)
                    {
                        throw new InvalidOperationException(
                            $"{element.Name} has {element.Elements().Count()} children in {html}"
                        );
                    }
                }
            },
            iter: 3000
        );
    }
}
