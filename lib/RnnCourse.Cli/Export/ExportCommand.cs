using System.CommandLine;

namespace RnnCourse.Cli.Export;

/// <summary>The command <c>rnn export</c>: its arguments and its help.</summary>
internal static class ExportCommand
{
    public const string Examples = """
        Examples:
          rnn export                          Turn each lesson into a program of one C# file, in artifacts/export
          rnn export notebooks/06-*.ipynb     Only the notebooks that you name
          rnn export notebooks/solutions      The notebooks of a folder: here, the lessons with solutions
          rnn export --format html my/06-*.ipynb
                                              A page of your copy with your answers, to hand in; also --format ipynb
          rnn export --output programs        Put the programs into the folder 'programs'

          dotnet run -c Release artifacts/export/06-recurrent-connection.cs
                                              Run a program: it prints what the notebook's cells print

        Text becomes comments, and figures print the text that describes them. The programs use the projects of the
        course's repository by path, so keep the repository where it is. No cell is executed. The notebooks do not
        change.

        Exit codes:
          0    every notebook was exported
          1    a notebook does not compile, or cannot be expressed as a program of one file
          2    wrong usage
          4    a file cannot be read or written, or is not a notebook
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description =
                "The notebooks to export (.ipynb), or folders of them. Default: all lessons in "
                + "notebooks/ of the current repository.",
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
                    result.AddError($"Unknown option '{word}'.");
                }
            }
        });
        var format = new Option<string>("--format")
        {
            Description =
                "The format: cs, a program of one C# file for 'dotnet run'; html, a self-contained page; "
                + "ipynb, a notebook. The last two are to be handed in, and have no scratch cells.",
            HelpName = "cs|html|ipynb",
            DefaultValueFactory = _ => "cs",
        };
        format.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ExportRun.Formats.Contains(token.Value))
            {
                result.AddError($"--format takes {string.Join(", ", ExportRun.Formats)}, not '{token.Value}'.");
            }
        });
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The folder for the files. Default: artifacts/export in the repository.",
            HelpName = "folder",
        };
        output.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("The name of the output folder is empty.");
            }
        });
        var command = new Command("export", "Turn notebooks into programs of one C# file, or into files to hand in.")
        {
            notebooks,
            format,
            output,
        };
        command.SetAction(
            (parsed, _) =>
                ExportRun.ExecuteAsync(
                    parsed.GetValue(notebooks) ?? [],
                    parsed.GetValue(format)!,
                    parsed.GetValue(output)
                )
        );
        return command;
    }
}
