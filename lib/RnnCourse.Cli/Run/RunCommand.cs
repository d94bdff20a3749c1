using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RnnCourse.Cli.Run;

/// <summary>The command <c>rnn run</c>: its arguments and its help.</summary>
internal static class RunCommand
{
    public const string Examples = """
        Examples:
          rnn run                        Run all lessons of the course, in order
          rnn run notebooks/06-*.ipynb   Run one notebook, or those that you name
          rnn run notebooks/solutions    Run the notebooks of a folder: here, the lessons with solutions
          rnn run --output pages         Put the results into the folder 'pages'
          rnn run --in-place             Also store the fresh outputs in the notebooks themselves

        Each notebook runs in a process of its own. The executed notebooks, a page for each, and index.html go to the
        output folder; the notebooks themselves stay as they are unless --in-place is given.

        Exit codes:
          0    every cell ran
          1    a cell failed, took too long, or ended its process
          2    wrong usage, or a file that cannot be read or written
          70   a defect of rnn itself
          130  stopped by Ctrl-C

        """;

    private const double MaximalSeconds = 7 * 24 * 3600;

    private const string InPlace = "--in-place";

    /// <summary>Whether a word is a flag with a value, which the parser takes for the flag and the name of a notebook.</summary>
    public static bool GivesValueToFlag(string word) =>
        word.StartsWith($"{InPlace}=", StringComparison.Ordinal) || word.StartsWith($"{InPlace}:", StringComparison.Ordinal);

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "The notebooks to run (.ipynb), or folders of them. Without any: all lessons in notebooks/ of the repository that you are in.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        notebooks.Validators.Add(RefuseOptions);
        notebooks.Validators.Add(result => RefuseEmptyNames(result, "The name of a notebook is empty."));
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the results. Without it: artifacts/course in the repository.",
            HelpName = "folder",
        };
        output.Validators.Add(result => RefuseEmptyNames(result, "The name of the output folder is empty."));
        var inPlace = new Option<bool>(InPlace)
        {
            Description = "Store the outputs in the notebooks themselves, too. A notebook with a failing cell is left as it is.",
            Arity = ArgumentArity.Zero,
        };
        var timeout = new Option<double>("--cell-timeout")
        {
            Description = "How many seconds one cell may run.",
            HelpName = "seconds",
            DefaultValueFactory = _ => 120,
            CustomParser = ParseSeconds,
        };
        var command = new Command("run", "Runs notebooks, shows how far they are, and makes a page of each to read in a browser.")
        {
            notebooks, output, inPlace, timeout,
        };
        command.SetAction((parsed, cancellation) => CourseRun.ExecuteAsync(
            new RunSettings(
                parsed.GetValue(notebooks) ?? [],
                parsed.GetValue(output),
                parsed.GetValue(inPlace),
                TimeSpan.FromSeconds(parsed.GetValue(timeout))),
            cancellation));
        return command;
    }

    private static double ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= MaximalSeconds)
        {
            return seconds;
        }

        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"--cell-timeout takes a number of seconds, more than 0 and at most {MaximalSeconds}, not '{text}'."));
        return 0;
    }

    // An unset variable in a script gives one.
    private static void RefuseEmptyNames(SymbolResult result, string problem)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError(problem);
        }
    }

    // Any word may be the name of a notebook, so a mistyped option would be taken for one.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !File.Exists(token.Value)))
        {
            result.AddError($"There is no option '{token.Value}'.");
        }
    }
}
