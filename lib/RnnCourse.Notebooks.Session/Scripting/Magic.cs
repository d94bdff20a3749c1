using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>A command such as <c>#!time</c>: a line of a cell that is carried out by the session.</summary>
/// <param name="Name">The name, with <c>#!</c>.</param>
/// <param name="Purpose">What it does, in one sentence; <c>#!lsmagic</c> shows it.</param>
/// <param name="InSession">Carries out this line in a session.</param>
/// <param name="InProgram">Translates this line for <c>rnn export</c>.</param>
/// <param name="TakesFile">Whether the line must name a file.</param>
/// <param name="TakesText">Whether the lines below it, to the next such line, belong to it.</param>
internal sealed record MagicCommand(
    string Name,
    string Purpose,
    Func<IMagicSession, MagicStep, Task<CellOutcome>> InSession,
    Action<IMagicProgram, MagicStep> InProgram,
    bool TakesFile = false,
    bool TakesText = false
);

/// <summary>The operations of a session that commands use.</summary>
internal interface IMagicSession
{
    /// <summary>The variables that the session's cells have declared.</summary>
    IReadOnlyList<(string Name, Type Type, object? Value)> Variables { get; }

    /// <summary>Shows an output of the cell.</summary>
    void Show(MimeBundle data);

    /// <summary>Executes the file that the line names.</summary>
    Task<CellOutcome> ImportAsync(MagicStep step);

    /// <summary>Executes C# in place of the line.</summary>
    Task<CellOutcome> RunAsync(MagicStep step, Func<MagicStep, string> toCode);

    /// <summary>Starts a clock, so that the cell reports how long the rest of it took.</summary>
    void StartClock();

    /// <summary>Name and purpose of each line that extensions have added.</summary>
    IReadOnlyList<(string Name, string Purpose)> Added { get; }
}

/// <summary>The operations on an exported program that commands use.</summary>
internal interface IMagicProgram
{
    /// <summary>Adds the file that the line names.</summary>
    void Import(MagicStep step);

    /// <summary>Adds C# in place of the line.</summary>
    void Add(MagicStep step, Func<MagicStep, string> toCode);

    /// <summary>Starts a clock, so that the program reports how long the rest of the cell took.</summary>
    void StartClock();

    /// <summary>Rejects the line, because it works only in a notebook.</summary>
    void Refuse(MagicStep step);

    /// <summary>Rejects a line that only the extension of a package can define.</summary>
    void RefuseAdded(MagicStep step);
}

/// <summary>All commands, and the names of the other lines that a session understands.</summary>
internal static class Magic
{
    /// <summary>The commands. To add one, add an entry here, and a row to the table in the project's
    /// README.md.</summary>
    public static readonly IReadOnlyList<MagicCommand> Commands =
    [
        new(
            "#!about",
            "Says what executes the cells, and in which version.",
            (session, _) => Show(session, MagicDisplay.About()),
            (program, step) => program.Refuse(step)
        ),
        new(
            "#!import",
            "Executes a .cs or .csx file, or the cells of an .ipynb or .dib file, here: #!import \"setup.cs\".",
            (session, step) => session.ImportAsync(step),
            (program, step) => program.Import(step),
            TakesFile: true
        ),
        new(
            "#!lsmagic",
            "Lists these lines.",
            (session, _) => Show(session, MagicDisplay.Magics(session.Added)),
            (program, step) => program.Refuse(step)
        ),
        new(
            "#!set",
            "Declares a variable: #!set --name x --value 5, or @input:\"Your name\", @password:\"…\", @csharp:y.",
            (session, step) => session.RunAsync(step, ValueLines.Set),
            (program, step) => program.Add(step, ValueLines.Set)
        ),
        new(
            "#!share",
            "Gives a variable another name: #!share --from csharp x --as y.",
            (session, step) => session.RunAsync(step, ValueLines.Share),
            (program, step) => program.Add(step, ValueLines.Share)
        ),
        new(
            "#!time",
            "Says how long the cell took.",
            (session, _) =>
            {
                session.StartClock();
                return Task.FromResult(CellOutcome.Nothing);
            },
            (program, _) => program.StartClock()
        ),
        new(
            "#!value",
            "Declares a variable with the text below it: #!value --name x, or --from-file \"file.txt\".",
            (session, step) => session.RunAsync(step, ValueLines.Value),
            (program, step) => program.Add(step, ValueLines.Value),
            TakesText: true
        ),
        new(
            "#!who",
            "Names the variables.",
            (session, _) => Show(session, MagicDisplay.Variables(session.Variables, isDetailed: false)),
            (program, step) => program.Refuse(step)
        ),
        new(
            "#!whos",
            "Lists the variables with their types and values.",
            (session, _) => Show(session, MagicDisplay.Variables(session.Variables, isDetailed: true)),
            (program, step) => program.Refuse(step)
        ),
    ];

    /// <summary>Name and purpose of every line, including the commands, as <c>#!lsmagic</c> lists them.</summary>
    public static readonly IReadOnlyList<(string Name, string Purpose)> Lines =
    [
        .. new (string Name, string Purpose)[]
        {
            ("#!csharp", "What follows is C#. Also #!cs and #!c#."),
            ("#!html", "What follows is HTML."),
            ("#!javascript", "What follows is JavaScript, for hosts that run it. Also #!js."),
            ("#!markdown", "What follows is Markdown. Also #!md."),
            ("#!mermaid", "What follows is a Mermaid diagram, for hosts that draw it."),
            ("#i", "Adds a source of packages: #i \"nuget: folder or address\"."),
            ("#load", "Executes a file as part of the cell: #load \"file.csx\"."),
            ("#r", "Uses a library or a package: #r \"library.dll\", #r \"nuget: Package, 1.2.3\"."),
        }
            .Concat(Commands.Select(command => (command.Name, command.Purpose)))
            .OrderBy(line => line.Name, StringComparer.Ordinal),
    ];

    /// <summary>The names of all lines, separated by commas.</summary>
    public static string Names => string.Join(", ", Lines.Select(line => line.Name));

    /// <summary>Finds a command by its name.</summary>
    public static MagicCommand? Find(string name) => Commands.FirstOrDefault(command => command.Name == name);

    private static Task<CellOutcome> Show(IMagicSession session, MimeBundle data)
    {
        session.Show(data);
        return Task.FromResult(CellOutcome.Nothing);
    }
}
