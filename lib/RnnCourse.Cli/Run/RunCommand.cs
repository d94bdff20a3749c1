using System.CommandLine;
using System.Globalization;

namespace RnnCourse.Cli.Run;

/// <summary>The command <c>rnn run</c>: its arguments and its help.</summary>
internal static class RunCommand
{
    public const string Examples = """
        Examples:
          rnn run                                         Run all lessons of the course, in order
          rnn run notebooks/06-recurrent-connection.ipynb Run one notebook
          rnn run --output /tmp/pages                     Put the results elsewhere
          rnn run --in-place                              Also store the fresh outputs in the notebooks themselves

        Each notebook runs in a process of its own. The executed notebooks, a page for each, and index.html go to the
        output folder; the notebooks themselves stay as they are unless --in-place is given.

        Exit codes:
          0    every cell ran
          1    a cell failed, took too long, or ended its process
          2    wrong usage, or a file that cannot be read or written
          130  stopped by Ctrl-C

        """;

    private const double MaximalSeconds = 7 * 24 * 3600;

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "The notebooks to run (.ipynb). Without any: all lessons in notebooks/ of the repository that you are in.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the results. Without it: artifacts/course in the repository.",
            HelpName = "folder",
        };
        var inPlace = new Option<bool>("--in-place")
        {
            Description = "Store the outputs in the notebooks themselves, too. A notebook with a failing cell is left as it is.",
        };
        var timeout = new Option<double>("--cell-timeout")
        {
            Description = "How many seconds one cell may run.",
            HelpName = "seconds",
            DefaultValueFactory = _ => 120,
        };
        timeout.Validators.Add(result =>
        {
            if (result.Errors.Any())
            {
                return;
            }

            if (result.GetValueOrDefault<double>() is not (> 0 and <= MaximalSeconds))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--cell-timeout must be more than 0 and at most {MaximalSeconds} seconds."));
            }
        });

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
}
