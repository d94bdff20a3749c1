using System.CommandLine;
using RnnCourse.Cli.Files;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The options for the data of a task: their location and their format.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _path = new("--data")
    {
        Description =
            "Your own data: a file, - for the standard input, or a folder whose files or folders for training and "
            + "testing are named so. Default: the course's data.",
        HelpName = "path",
    };

    private readonly Option<string?> _textColumn = new("--text-column")
    {
        Description = "reviews: the column with the texts, by name or number.",
        HelpName = "column",
    };
    private readonly Option<string?> _labelColumn = new("--label-column")
    {
        Description = "reviews: the column with the labels.",
        HelpName = "column",
    };
    private readonly Option<string?> _column = new("--column")
    {
        Description = "names, sunspots: the column with the names or numbers.",
        HelpName = "column",
    };
    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The table's first row is data; columns are named by number.",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<string> _unit = new("--unit")
    {
        Description = "code: what a step reads.",
        DefaultValueFactory = _ => "character",
    };
    private readonly Option<int> _horizon = NumberOption.Whole(
        "--horizon",
        "sunspots: how many steps ahead to forecast.",
        1,
        100_000
    );
    private readonly Option<int> _lookBack = NumberOption.Whole(
        "--look-back",
        "sunspots: how many numbers a forecast sees.",
        1,
        100_000
    );

    public DataOptions() => _unit.AcceptOnlyFromAmong("character", "token");

    public IEnumerable<Option> All =>
        [_path, _textColumn, _labelColumn, _column, _noHeader, _unit, _horizon, _lookBack];

    /// <summary>Whether the user has named the data.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.IsGiven(_path);

    /// <summary>Reads the options; makes the path absolute, so that it stays valid in any folder. The name of the
    /// standard input is unchanged.</summary>
    public TaskData Read(ParseResult parsed) =>
        new()
        {
            Path = parsed.GetValue(_path) switch
            {
                null or "" => null,
                InputFile.StandardInput => InputFile.StandardInput,
                var path => Path.GetFullPath(path),
            },
            TextColumn = parsed.GetValue(_textColumn),
            LabelColumn = parsed.GetValue(_labelColumn),
            Column = parsed.GetValue(_column),
            NoHeader = parsed.GetValue(_noHeader),
            ByToken = parsed.GetValue(_unit) == "token",
            Horizon = parsed.GetValue(_horizon),
            Window = parsed.GetValue(_lookBack),
        };
}
