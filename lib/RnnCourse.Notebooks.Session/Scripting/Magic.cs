namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>What a <c>#!</c> line asks for that names no language.</summary>
internal enum MagicKind
{
    /// <summary>Execute a file first.</summary>
    Import,

    /// <summary>Say how long the cell took.</summary>
    Time,

    /// <summary>Name the variables.</summary>
    Who,

    /// <summary>List the variables with types and values.</summary>
    Whos,

    /// <summary>List what <c>#!</c> lines there are.</summary>
    ListMagics,
}

/// <summary>The <c>#!</c> lines that are known, and what each does.</summary>
internal static class Magic
{
    /// <summary>Name and purpose of each, as <c>#!lsmagic</c> lists them.</summary>
    public static readonly IReadOnlyList<(string Name, string Purpose)> All =
    [
        ("#!csharp", "What follows is C#. Also #!cs and #!c#."),
        ("#!html", "What follows is HTML."),
        ("#!import", "Executes a .cs or .csx file, or the cells of an .ipynb file, here: #!import \"setup.cs\"."),
        ("#!javascript", "What follows is JavaScript, for hosts that run it. Also #!js."),
        ("#!lsmagic", "Lists these lines."),
        ("#!markdown", "What follows is Markdown. Also #!md."),
        ("#!mermaid", "What follows is a Mermaid diagram, for hosts that draw it."),
        ("#!time", "Says how long the cell took."),
        ("#!who", "Names the variables."),
        ("#!whos", "Lists the variables with their types and values."),
        ("#i", "Adds a source of packages: #i \"nuget: folder or address\"."),
        ("#load", "Executes a file as part of the cell: #load \"file.csx\"."),
        ("#r", "Uses a library or a package: #r \"library.dll\", #r \"nuget: Package, 1.2.3\"."),
    ];

    /// <summary>Their names, as a sentence's list.</summary>
    public static string Names => string.Join(", ", All.Select(magic => magic.Name));

    public static MagicKind? Find(string name) =>
        name switch
        {
            "#!import" => MagicKind.Import,
            "#!time" => MagicKind.Time,
            "#!who" => MagicKind.Who,
            "#!whos" => MagicKind.Whos,
            "#!lsmagic" => MagicKind.ListMagics,
            _ => null,
        };
}
