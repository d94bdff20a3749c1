using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RnnCourse.Cli.Blas;
using RnnCourse.Cli.Edition;
using RnnCourse.Cli.Evaluate;
using RnnCourse.Cli.Exercise;
using RnnCourse.Cli.Export;
using RnnCourse.Cli.Format;
using RnnCourse.Cli.Inference;
using RnnCourse.Cli.Kernel;
using RnnCourse.Cli.Ledger;
using RnnCourse.Cli.NewCourse;
using RnnCourse.Cli.Open;
using RnnCourse.Cli.Precompiling;
using RnnCourse.Cli.Progress;
using RnnCourse.Cli.Run;
using RnnCourse.Cli.Train;
using RnnCourse.Cli.Verify;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Tasks;

namespace RnnCourse.Cli;

/// <summary>The command <c>rnn</c> with its commands and options.</summary>
internal static class CommandLine
{
    private static readonly string Examples = $"""
        Examples:
          rnn open                 Do the course in your browser: read, change and run the lessons
          rnn new my-course        Make a copy of the course, without a clone of its repository
          rnn run                  Run all lessons, then open artifacts/course/index.html
          rnn verify               Run everything and compare with the stored outputs
          rnn run --help           Show the options of 'run'
          rnn format               Bring the notebooks into one form, so that differences show content only
          rnn export               Turn the lessons into programs of one C# file, for 'dotnet run'
          rnn edition              Generate the edition with solutions
          rnn claims               List which cell asserts which statement of the lecture
          rnn exercise new         Write the stubs of an exercise: cell, texts, check, tests
          rnn train names          Train a model: {TaskList}; --data for your own data
          rnn evaluate names       Measure it beside simple baselines
          rnn sample names         Let it write; 'rnn tag' and 'rnn rate' use the other models
          rnn export-model names   Write a model for PyTorch
          rnn kernel install       Install the course's C# kernel for Jupyter and VS Code
          rnn progress             Show your progress, and what to do next
          rnn blas                 Measure how fast matrix products are on this machine
          rnn precompile           Make notebooks start faster, now instead of later in the background
        """;

    private static string TaskList => string.Join(", ", TaskCatalogue.All.Select(task => task.Name));

    /// <summary>All commands, in the order of the help, each with the examples that its help ends with.</summary>
    private static readonly (Func<Command> Create, string Examples)[] Commands =
    [
        (OpenCommand.Create, OpenCommand.Examples),
        (NewCommand.Create, NewCommand.Examples),
        (RunCommand.Create, RunCommand.Examples),
        (VerifyCommand.Create, VerifyCommand.Examples),
        (FormatCommand.Create, FormatCommand.Examples),
        (ExportCommand.Create, ExportCommand.Examples),
        (EditionCommand.Create, EditionCommand.Examples),
        (ClaimsCommand.Create, ClaimsCommand.Examples),
        (ExerciseCommand.Create, ExerciseCommand.Examples),
        (TrainCommand.Create, TrainCommand.Examples),
        (EvaluateCommand.Create, EvaluateCommand.Examples),
        (SampleCommand.Create, SampleCommand.Examples),
        (TagCommand.Create, TagCommand.Examples),
        (RateCommand.Create, RateCommand.Examples),
        (ExportModelCommand.Create, ExportModelCommand.Examples),
        (KernelCommand.Create, KernelCommand.Examples),
        (ProgressCommand.Create, ProgressCommand.Examples),
        (BlasCommand.Create, BlasCommand.Examples),
        (PrecompileCommand.Create, PrecompileCommand.Examples),
    ];

    /// <summary>Parses the arguments and runs the command; returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (ParameterOption.Join(words) is not { } arguments)
        {
            return await RefuseAsync(["-p takes a name and a value."], "rnn run");
        }

        var root = CreateRoot();
        // A notebook's name may begin with @, which the parser would otherwise read as a file of further arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return await RefuseAsync(root, arguments, parsed);
        }

        if (
            arguments.FirstOrDefault(word =>
                RunCommand.GivesValueToFlag(word) || VerifyCommand.GivesValueToFlag(word)
            ) is
            { } flag
        )
        {
            return await RefuseAsync([$"'{flag}': This option takes no value."], NameOf(parsed.CommandResult.Command));
        }

        if (InvariantCulture.MissingLibraryNote is { } note)
        {
            await Console.Error.WriteLineAsync($"rnn: {note}");
        }

        // The kernel handles interrupts itself: they stop the cell, not the program.
        using var interrupts = parsed.CommandResult.Command.Parents.Any(command => command.Name == "kernel")
            ? null
            : new Interrupts();
        try
        {
            var exitCode = await parsed.InvokeAsync(
                new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false },
                interrupts?.Token ?? CancellationToken.None
            );
            if (parsed.CommandResult.Command.Name is RunCommand.Name or VerifyCommand.Name)
            {
                // Started only now, so that it doesn't slow down what the user waits for.
                BackgroundPrecompilation.StartIfWanted();
            }

            return exitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException { InnerException: IOException })
        {
            // Commands report problems with files themselves. What remains: the standard output is closed, its disk is
            // full, or the system lets this process open nothing more.
            await Console.Error.WriteLineAsync($"rnn: Cannot go on writing or opening files: {e.Message}");
            return ExitCode.File;
        }
#pragma warning disable CA1031 // the last place that can tell the user anything
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"rnn: This is a bug in rnn; please report it: {e}");
            return ExitCode.Defect;
        }
    }

    private static async Task<int> RefuseAsync(RootCommand root, IReadOnlyList<string> arguments, ParseResult parsed)
    {
        // Without any argument, the help is more useful than the message that a command is missing.
        if (arguments.Count == 0)
        {
            await root.Parse(["--help"]).InvokeAsync();
            return ExitCode.Usage;
        }

        return await RefuseAsync(
            parsed.UnmatchedTokens.Count > 0
                ? parsed.UnmatchedTokens.Select(word => $"Unknown command or option '{word}'.")
                : parsed.Errors.Select(error => error.Message),
            NameOf(parsed.CommandResult.Command)
        );
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> problems, string command)
    {
        foreach (var problem in problems)
        {
            ErrorMessage.Write(problem);
        }

        await Console.Error.WriteLineAsync($"Try '{command} --help'.");
        return ExitCode.Usage;
    }

    // Such as "rnn kernel install".
    private static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : "rnn";

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand(
            "The course on recurrent neural networks: run its notebooks and make pages of them."
        );
        var examples = new Dictionary<Command, string> { [root] = Examples };
        foreach (var (create, text) in Commands)
        {
            var command = create();
            root.Add(command);
            examples.Add(command, text);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        return root;
    }
}
