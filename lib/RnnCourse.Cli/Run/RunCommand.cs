using System.CommandLine;

namespace RnnCourse.Cli.Run;

/// <summary>The command <c>rnn run</c>: its arguments and its help.</summary>
internal static class RunCommand
{
    public const string Examples =
        """
            Examples:
              rnn run                        Run all lessons of the course, in order
              rnn run notebooks/06-*.ipynb   Run one notebook, or those that you name
              rnn run notebooks/solutions    Run the notebooks of a folder: here, the lessons with solutions
              rnn run --output pages         Put the results into the folder 'pages'
              rnn run --in-place             Also store the fresh outputs in the notebooks themselves

              rnn run -p epochs 5 a.ipynb    Give the parameter 'epochs', declared in a cell tagged 'parameters', another value

            Each notebook runs in a process of its own. The executed notebooks, a page for each, and index.html go to the
            output folder; the notebooks themselves stay as they are unless --in-place is given. Limits of time and memory are
            ceilings: a notebook's metadata may only be stricter. What tags of cells and metadata can say:
            lib/RnnCourse.Cli/README.md.


            """ + ExecutionOptions.ExitCodes;

    private const string InPlace = "--in-place";

    /// <summary>Whether a word is a flag with a value, which the parser takes for the flag and the name of a
    /// notebook.</summary>
    public static bool GivesValueToFlag(string word) =>
        word.StartsWith($"{InPlace}=", StringComparison.Ordinal)
        || word.StartsWith($"{InPlace}:", StringComparison.Ordinal)
        || ExecutionOptions.GivesValueToFlag(word);

    public static Command Create()
    {
        var notebooks = NotebookArgument.Create(
            "The notebooks to run (.ipynb), or folders of them. Without any: all lessons in notebooks/ "
                + "of the repository that you are in."
        );
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the results. Without it: artifacts/course in the repository.",
            HelpName = "folder",
        };
        output.Validators.Add(result =>
            NotebookArgument.RefuseEmptyNames(result, "The name of the output folder is empty.")
        );
        var inPlace = new Option<bool>(InPlace)
        {
            Description =
                "Store the outputs in the notebooks themselves, too. A notebook with a failing cell is left as it is.",
            Arity = ArgumentArity.Zero,
        };
        var parameters = new Option<string[]>(ParameterWords.Option)
        {
            Description = "Give a parameter of the notebooks a value; short: -p name value.",
            HelpName = "name value",
        };
        var execution = new ExecutionOptions();
        var command = new Command(
            "run",
            "Runs notebooks, shows how far they are, and makes a page of each to read in a browser."
        )
        {
            notebooks,
            output,
            inPlace,
            parameters,
        };
        execution.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(inPlace) && result.GetResult(parameters) is not null)
            {
                result.AddError(
                    "-p and --in-place do not go together: the notebook would keep the values of this run."
                );
            }
        });
        command.SetAction(
            (parsed, cancellation) =>
                CourseRun.ExecuteAsync(
                    new RunSettings(
                        parsed.GetValue(notebooks) ?? [],
                        parsed.GetValue(output),
                        parsed.GetValue(inPlace),
                        [.. (parsed.GetValue(parameters) ?? []).Select(ParameterWords.Split)],
                        execution.Read(parsed)
                    ),
                    cancellation
                )
        );
        return command;
    }
}
