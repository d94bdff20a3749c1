namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>The meanings of single commands and characters.</summary>
internal static class TexSymbols
{
    private static readonly Dictionary<string, TexNode> Commands = Build();

    private static readonly Dictionary<string, string> Brackets = Pairs(
            @"( ( ) ) [ [ ] ] | | / / < ⟨ > ⟩ \{ { \} } \lbrace { \rbrace } \| ‖ \lvert | \rvert | \vert | "
                + @"\Vert ‖ \lVert ‖ \rVert ‖ "
                + @"\langle ⟨ \rangle ⟩ \lfloor ⌊ \rfloor ⌋ \lceil ⌈ \rceil ⌉ \lbrack [ \rbrack ] "
                + @"\backslash \ \uparrow ↑ \downarrow ↓"
        )
        .Append((Name: ".", Text: ""))
        .ToDictionary(pair => pair.Name, pair => pair.Text, StringComparer.Ordinal);

    /// <summary>The meaning of a command without arguments.</summary>
    public static TexNode? Command(string name) => Commands.GetValueOrDefault(name);

    /// <summary>The bracket that a token means after <c>\left</c> or a similar command; empty for none.</summary>
    public static bool TryBracket(TexToken token, out string bracket) =>
        Brackets.TryGetValue((token.Kind == TexTokenKind.Command ? "\\" : "") + token.Text, out bracket!);

    /// <summary>The meaning of a character that isn't a digit.</summary>
    public static TexNode Character(string text, LetterStyle style) =>
        text switch
        {
            "+" or "±" or "×" or "·" => new SignNode(text, AtomKind.Binary),
            "-" => new SignNode("−", AtomKind.Binary),
            "*" => new SignNode("∗", AtomKind.Binary),
            "=" or "<" or ">" or ":" or "≤" or "≥" or "≠" or "≈" or "→" or "∈" => new SignNode(text, AtomKind.Relation),
            "," or ";" => new SignNode(text, AtomKind.Punctuation),
            "(" or "[" => new BracketNode(text, AtomKind.Open, null),
            ")" or "]" => new BracketNode(text, AtomKind.Close, null),
            "|" => new BracketNode(text, AtomKind.Ordinary, null),
            "!" or "?" or "/" or "." or "\"" or "@" => new SignNode(text, AtomKind.Ordinary),
            "~" => new SpaceNode(1.0 / 3),
            _ => new LetterNode(text, style),
        };

    private static Dictionary<string, TexNode> Build()
    {
        var table = new Dictionary<string, TexNode>(StringComparer.Ordinal);
        AddLetters(table);
        Add(
            table,
            AtomKind.Binary,
            "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ odot ⊙ oplus ⊕ ominus ⊖ otimes "
                + "⊗ cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨"
        );
        Add(
            table,
            AtomKind.Relation,
            "le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ ll "
                + "≪ gg ≫ lt < gt > in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ perp ⊥ parallel ∥ mid | "
                + "vdash ⊢ models ⊨ prec ≺ succ ≻ coloneqq ≔ triangleq ≜ doteq ≐ to → rightarrow → leftarrow ← gets ← "
                + "mapsto ↦ leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺ "
                + "longrightarrow ⟶ longleftarrow ⟵ longmapsto ⟼ hookrightarrow ↪ uparrow ↑ downarrow ↓ updownarrow ↕ "
                + "nearrow ↗ searrow ↘ leadsto ⇝ colon :"
        );
        Add(table, AtomKind.Open, "lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ { {");
        Add(table, AtomKind.Close, "rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] } }");
        foreach (var (name, text) in Pairs("vert | Vert ‖ | ‖"))
        {
            table[name] = new BracketNode(text, AtomKind.Ordinary, null);
        }

        foreach (var (name, text) in Pairs("% % $ $ # # & & _ _ backslash \\"))
        {
            table[name] = new SignNode(text, AtomKind.Ordinary);
        }

        foreach (
            var (name, text) in Pairs(
                "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀"
            )
        )
        {
            table[name] = new LargeOperatorNode(text, HasLimits: true);
        }

        foreach (var (name, text) in Pairs("int ∫ iint ∬ iiint ∭ oint ∮"))
        {
            table[name] = new LargeOperatorNode(text, HasLimits: false);
        }

        foreach (
            var name in Words(
                "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp arg deg dim hom ker"
            )
        )
        {
            table[name] = new FunctionNode(name, HasLimits: false);
        }

        foreach (var name in Words("max min sup inf lim det gcd Pr argmax argmin"))
        {
            table[name] = new FunctionNode(name, HasLimits: true);
        }

        table["limsup"] = new FunctionNode("lim sup", HasLimits: true);
        table["liminf"] = new FunctionNode("lim inf", HasLimits: true);
        AddSpaces(table);
        return table;
    }

    private static void AddLetters(Dictionary<string, TexNode> table)
    {
        foreach (
            var (name, text) in Pairs(
                "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
                    + "lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon "
                    + "υ phi ϕ varphi φ chi χ psi ψ omega ω ell ℓ imath ı jmath ȷ"
            )
        )
        {
            table[name] = new LetterNode(text, LetterStyle.Variable);
        }

        foreach (
            var (name, text) in Pairs(
                "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω partial ∂ nabla ∇ "
                    + "infty ∞ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ aleph ℵ hbar ℏ Re ℜ Im "
                    + "ℑ wp ℘ angle ∠ triangle △ square □ blacksquare ■ checkmark ✓ dagger † degree ° neg ¬ lnot ¬ "
                    + "prime ′ ldots … dots … dotsc … dotsb ⋯ cdots ⋯ vdots ⋮ ddots ⋱ S §"
            )
        )
        {
            table[name] = new LetterNode(text, LetterStyle.Upright);
        }
    }

    private static void AddSpaces(Dictionary<string, TexNode> table)
    {
        foreach (
            var (name, width) in new (string, double)[]
            {
                (",", 3.0 / 18),
                ("thinspace", 3.0 / 18),
                (":", 4.0 / 18),
                (">", 4.0 / 18),
                (";", 5.0 / 18),
                ("!", -3.0 / 18),
                (" ", 1.0 / 3),
                ("\n", 1.0 / 3),
                ("enspace", 0.5),
                ("quad", 1),
                ("qquad", 2),
            }
        )
        {
            table[name] = new SpaceNode(width);
        }
    }

    private static void Add(Dictionary<string, TexNode> table, AtomKind kind, string pairs)
    {
        foreach (var (name, text) in Pairs(pairs))
        {
            table[name] = kind is AtomKind.Open or AtomKind.Close
                ? new BracketNode(text, kind, null)
                : new SignNode(text, kind);
        }
    }

    private static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string Name, string Text)> Pairs(string pairs) =>
        Words(pairs).Chunk(2).Select(pair => (pair[0], pair[1]));
}
