using System.CommandLine;
using System.CommandLine.Parsing;
using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Open;

/// <summary>The command <c>rnn open</c>: serves notebooks to a browser, in which they are read, changed and
/// run.</summary>
internal static class OpenCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "open";

    public const string Examples = """
        Examples:
          rnn open                       All lessons, in your browser; your work goes to my/
          rnn open 06                    Lesson 06
          rnn open path/to/any.ipynb     Any C# notebook; this file itself is changed
          rnn open --work ~/rnn          Keep your copies of the lessons in another folder
          rnn open --no-browser          Only print the address

        The server listens on this machine only. On another machine, forward the port (ssh -L 5000:127.0.0.1:5000 …, with
        --port 5000) and open the printed address; if the browser reaches it under another name, give that with --host.
        The address contains a token: who has it can run programs as you.

        Exit codes:
          0    ended by Ctrl-C; everything is saved. Or the folder is served already, and the address was shown
          2    wrong usage, or no such lesson
          4    a file that cannot be read or written, or a port that is taken
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var notebook = new Argument<string?>("lesson or file")
        {
            Description =
                "The number or name of a lesson, a notebook, or a folder of notebooks. Without it: the list of "
                + "lessons.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        notebook.Validators.Add(result =>
            NotebookArgument.RefuseEmptyNames(result, "The name of the lesson or file is empty.")
        );
        var port = NumberOption.Whole(
            "--port",
            "The port to listen on. Without it: the one that this folder had last, or any that is free.",
            1,
            65535
        );
        var work = new Option<string?>("--work")
        {
            Description = "The folder of your copies of the lessons. Without it: my/ in the course's folder.",
            HelpName = "folder",
        };
        var noBrowser = new Option<bool>("--no-browser")
        {
            Description = "Do not open a browser.",
            Arity = ArgumentArity.Zero,
        };
        var hosts = new Option<string[]>("--host")
        {
            Description =
                "A further name by which a browser reaches the server through a forwarded port, such as example.org or "
                + "example.org:8080. May be given several times.",
            HelpName = "name",
        };
        hosts.Validators.Add(RefuseWhatIsNoHost);
        var passed = ExecutionOptions.PassedVariablesOption();
        var command = new Command(Name, "Read, change and run notebooks in your browser.")
        {
            notebook,
            port,
            work,
            noBrowser,
            hosts,
            passed,
        };
        command.SetAction(
            (parsed, stop) =>
                OpenRun.RunAsync(
                    new OpenSettings(
                        parsed.GetValue(notebook),
                        parsed.GetValue(port),
                        parsed.GetValue(work),
                        parsed.GetValue(hosts) ?? [],
                        !parsed.GetValue(noBrowser),
                        parsed.GetValue(passed) ?? []
                    ),
                    stop
                )
        );
        return command;
    }

    private static void RefuseWhatIsNoHost(OptionResult result)
    {
        foreach (var host in result.Tokens.Select(token => token.Value))
        {
            var isHost =
                Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var address)
                && string.Equals(host, address.Authority, StringComparison.OrdinalIgnoreCase);
            if (!isHost)
            {
                result.AddError(
                    $"--host takes a name, and a port if the browser shows one, such as example.org:8080; '{host}' "
                        + "is something else. Leave out http:// and what follows the name."
                );
            }
        }
    }
}
