using System.CommandLine;

namespace RnnCourse.Cli.Run;

/// <summary>The command <c>rnn run</c>: its arguments and its help.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public const string Examples =
        """
            Examples:
              rnn run                        Run all lessons of the course, in order
              rnn run notebooks/06-*.ipynb   Run the notebooks that you name
              rnn run notebooks/solutions    Run the notebooks of a folder: here, the lessons with solutions
              rnn run --output pages         Put the results into the folder 'pages'
              rnn run --in-place             Also store the new outputs in the notebooks themselves
              rnn run -p epochs 5 a.ipynb    Set the parameter 'epochs', which a cell tagged 'parameters' declares

            Each notebook runs in a process of its own. The executed notebooks, a page for each, and index.html go to
            the output folder. The notebooks themselves change only with --in-place. A limit of time or memory is a
            maximum: a notebook's metadata can only lower it. For tags and metadata, see lib/RnnCourse.Cli/README.md.


            """ + ExecutionOptions.ExitCodes;

    private const string InPlace = "--in-place";

    /// <summary>Whether a word is a flag with a value, which the parser would read as the flag and the name of a
    /// notebook.</summary>
    public static bool GivesValueToFlag(string word) =>
        word.StartsWith($"{InPlace}=", StringComparison.Ordinal)
        || word.StartsWith($"{InPlace}:", StringComparison.Ordinal)
        || ExecutionOptions.GivesValueToFlag(word);

    public static Command Create()
    {
        var notebooks = NotebookArgument.Create(
            "The notebooks to run (.ipynb), or folders of them. Default: all lessons in notebooks/ "
                + "of the current repository."
        );
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The folder for the results. Default: artifacts/course in the repository.",
            HelpName = "folder",
        };
        output.Validators.Add(result =>
            NotebookArgument.RefuseEmptyNames(result, "The name of the output folder is empty.")
        );
        var inPlace = new Option<bool>(InPlace)
        {
            Description =
                "Also store the outputs in the notebooks themselves. A notebook with a failing cell is not changed.",
            Arity = ArgumentArity.Zero,
        };
        var parameters = new Option<string[]>(ParameterOption.Option)
        {
            Description = "Set a parameter of the notebooks. Short form: -p name value.",
            HelpName = "name value",
        };
        var execution = new ExecutionOptions();
        var command = new Command(Name, "Run notebooks, and make a page of each to read in a browser.")
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
                    "-p and --in-place cannot be combined: the notebook would keep the values of this run."
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
                        [.. (parsed.GetValue(parameters) ?? []).Select(ParameterOption.Split)],
                        execution.Read(parsed)
                    ),
                    cancellation
                )
        );
        return command;
    }
}
