using System.CommandLine;

namespace RnnCourse.Cli.Export;

/// <summary>The command <c>rnn export</c>: its arguments and its help.</summary>
internal static class ExportCommand
{
    public const string Examples = """
        Examples:
          rnn export                          All lessons, each as a program of one C# file: artifacts/export
          rnn export notebooks/06-*.ipynb     One notebook, or those that you name
          rnn export notebooks/solutions      The notebooks of a folder: here, the lessons with solutions
          rnn export --output programs        Put the programs into the folder 'programs'

          dotnet run -c Release artifacts/export/06-recurrent-connection.cs
                                              Run one: it prints what the notebook's cells print

        Text becomes comments, and figures print the text that describes them. The programs use the projects of the course's
        repository, so they stay where they were made. No cell is executed. The exported notebooks stay as they are.

        Exit codes:
          0    every notebook is a program now
          1    a notebook does not compile, or does what a program of one file can't
          2    wrong usage
          4    a file cannot be read or written, or is no notebook
          70   a defect of rnn itself

        """;

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description =
                "The notebooks to export (.ipynb), or folders of them. Without any: all lessons in "
                + "notebooks/ of the repository that you are in.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        notebooks.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value))
            {
                if (string.IsNullOrWhiteSpace(word))
                {
                    result.AddError("The name of a notebook is empty.");
                }
                else if (word.StartsWith('-') && !File.Exists(word) && !Directory.Exists(word))
                {
                    result.AddError($"There is no option '{word}'.");
                }
            }
        });
        var format = new Option<string>("--format")
        {
            Description = "What to make: cs, a program of one C# file for 'dotnet run'.",
            HelpName = "cs",
            DefaultValueFactory = _ => "cs",
        };
        format.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value != "cs")
            {
                result.AddError($"--format takes cs, not '{token.Value}'.");
            }
        });
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the programs. Without it: artifacts/export in the repository.",
            HelpName = "folder",
        };
        output.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("The name of the output folder is empty.");
            }
        });
        var command = new Command("export", "Turns notebooks into programs of one C# file, for 'dotnet run'.")
        {
            notebooks,
            format,
            output,
        };
        command.SetAction(
            (parsed, _) => ExportRun.ExecuteAsync(parsed.GetValue(notebooks) ?? [], parsed.GetValue(output))
        );
        return command;
    }
}
