using System.CommandLine;
using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Verify;

/// <summary>The command <c>rnn verify</c>: its arguments and its help.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify";

    public const string Examples =
        """
            Examples:
              rnn verify                       Run all notebooks of the course and compare with the stored outputs
              rnn verify notebooks/06-*.ipynb  Only these
              rnn verify --update              Store the new outputs of the cells that differ

            Words and whole numbers must be equal, other numbers equal up to rounding (relative 1e-6, absolute 1e-12,
            unless the metadata says otherwise). Figures are compared by their data and texts. Cells tagged 'timing' are
            left out. For tolerances and sanitizers, see lib/RnnCourse.Cli/README.md.


            """ + ExecutionOptions.ExitCodes;

    private const string Update = "--update";

    public static Command Create()
    {
        var notebooks = NotebookArgument.Create(
            "The notebooks to verify (.ipynb), or folders of them. Default: all lessons, and those in "
                + "notebooks/solutions."
        );
        var update = new Option<bool>(Update)
        {
            Description = "Store the new outputs of cells that differ. A notebook with a failing cell is not changed.",
            Arity = ArgumentArity.Zero,
        };
        var rules = new Option<string?>("--rules")
        {
            Description = "A JSON file with 'tolerance' and 'sanitize' for all notebooks.",
            HelpName = "file",
        };
        rules.Validators.Add(result =>
            NotebookArgument.RefuseEmptyNames(result, "The name of the file for --rules is empty.")
        );
        var execution = new ExecutionOptions();
        var command = new Command(Name, "Run notebooks and report where the stored outputs are out of date.")
        {
            notebooks,
            update,
            rules,
        };
        execution.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
                VerifyRun.ExecuteAsync(
                    new VerifySettings(
                        parsed.GetValue(notebooks) ?? [],
                        parsed.GetValue(update),
                        parsed.GetValue(rules),
                        execution.Read(parsed)
                    ),
                    cancellation
                )
        );
        return command;
    }

    public static bool GivesValueToFlag(string word) =>
        word.StartsWith($"{Update}=", StringComparison.Ordinal)
        || word.StartsWith($"{Update}:", StringComparison.Ordinal);
}
