using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RnnCourse.Cli.Edition;
using RnnCourse.Cli.Evaluate;
using RnnCourse.Cli.Export;
using RnnCourse.Cli.Format;
using RnnCourse.Cli.Kernel;
using RnnCourse.Cli.Ledger;
using RnnCourse.Cli.Precompiling;
using RnnCourse.Cli.Products;
using RnnCourse.Cli.Progress;
using RnnCourse.Cli.Run;
using RnnCourse.Cli.Train;
using RnnCourse.Cli.Use;
using RnnCourse.Cli.Verify;

namespace RnnCourse.Cli;

/// <summary>The command <c>rnn</c> with its commands and options.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (ParameterWords.Join(words) is not { } arguments)
        {
            await Console.Error.WriteLineAsync("rnn: -p takes a name and a value.\nTry 'rnn run --help'.");
            return ExitCode.Usage;
        }

        var run = RunCommand.Create();
        var verify = VerifyCommand.Create();
        var root = Create(run, verify);
        // A notebook's name may begin with @, which would otherwise mean a file of further arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            // With no command at all, what there is says more than that one is missing.
            if (arguments.Count == 0)
            {
                await root.Parse(["--help"]).InvokeAsync();
                return ExitCode.Usage;
            }

            var command = parsed.CommandResult.Command == root ? "rnn" : $"rnn {parsed.CommandResult.Command.Name}";
            var problems =
                parsed.UnmatchedTokens.Count > 0
                    ? parsed.UnmatchedTokens.Select(word => $"'{word}' is no command or option of {command}.")
                    : parsed.Errors.Select(error => error.Message);
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync($"rnn: {problem}");
            }

            await Console.Error.WriteLineAsync($"Try '{command} --help'.");
            return ExitCode.Usage;
        }

        if (
            arguments.FirstOrDefault(word =>
                RunCommand.GivesValueToFlag(word) || VerifyCommand.GivesValueToFlag(word)
            ) is
            { } flag
        )
        {
            await Console.Error.WriteLineAsync($"rnn: '{flag}': this option takes no value.");
            return ExitCode.Usage;
        }

        // To a kernel an interrupt means the cell, not the program: it has handlers of its own.
        using var interrupts = parsed.CommandResult.Command.Parents.Any(command => command.Name == "kernel")
            ? null
            : new Interrupts();
        try
        {
            var exitCode = await parsed.InvokeAsync(
                new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false },
                interrupts?.Token ?? CancellationToken.None
            );
            if (parsed.CommandResult.Command == run || parsed.CommandResult.Command == verify)
            {
                // Only now, so that it doesn't slow down what somebody waits for.
                BackgroundPrecompilation.StartIfWanted();
            }

            return exitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException { InnerException: IOException })
        {
            // Files have messages of their own; what is left is that the standard output is closed or its disk is full.
            await Console.Error.WriteLineAsync($"rnn: cannot write to the standard output: {e.Message}");
            return ExitCode.Usage;
        }
#pragma warning disable CA1031 // the last place that can tell the user anything
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"rnn: a defect of rnn itself, please report it: {e}");
            return ExitCode.Defect;
        }
    }

    private static RootCommand Create(Command run, Command verify)
    {
        var format = FormatCommand.Create();
        var export = ExportCommand.Create();
        var edition = EditionCommand.Create();
        var claims = ClaimsCommand.Create();
        var train = TrainCommand.Create();
        var evaluate = EvaluateCommand.Create();
        var sample = SampleCommand.Create();
        var tag = TagCommand.Create();
        var rate = RateCommand.Create();
        var kernel = KernelCommand.Create();
        var progress = ProgressCommand.Create();
        var blas = BlasCommand.Create();
        var precompile = PrecompileCommand.Create();
        var root = new RootCommand(
            "The course on recurrent neural networks: runs its notebooks and makes pages of them."
        )
        {
            run,
            verify,
            format,
            export,
            edition,
            claims,
            train,
            evaluate,
            sample,
            tag,
            rate,
            kernel,
            progress,
            blas,
            precompile,
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples(
            (HelpAction)help.Action!,
            new Dictionary<Command, string>
            {
                [root] = """
                Examples:
                  rnn run            Run all lessons, then open artifacts/course/index.html
                  rnn verify         Is anything in the lessons stale? Runs all and compares with what is stored
                  rnn run --help     What else 'run' can do
                  rnn format         Bring the notebooks into one form, so that differences show content only
                  rnn export         Turn the lessons into programs of one C# file, for 'dotnet run'
                  rnn edition        Make the edition with solutions anew
                  rnn claims         List which cell asserts which statement of the lecture
                  rnn train names    Train a model: names, code, pos, reviews, motion, sunspots; --data for your own
                  rnn evaluate names Measure it beside what a sceptic would try first
                  rnn sample names   Let it write; 'rnn tag' and 'rnn rate' use the others
                  rnn kernel install Make the course's C# kernel known to Jupyter and VS Code
                  rnn progress       Show where you stand, and what to do next
                  rnn blas           How fast matrix products are on this machine
                  rnn precompile     Make notebooks start faster, now instead of later in the background
                """,
                [run] = RunCommand.Examples,
                [verify] = VerifyCommand.Examples,
                [format] = FormatCommand.Examples,
                [export] = ExportCommand.Examples,
                [edition] = EditionCommand.Examples,
                [claims] = ClaimsCommand.Examples,
                [train] = TrainCommand.Examples,
                [evaluate] = EvaluateCommand.Examples,
                [sample] = SampleCommand.Examples,
                [tag] = TagCommand.Examples,
                [rate] = RateCommand.Examples,
                [kernel] = KernelCommand.Examples,
                [progress] = ProgressCommand.Examples,
                [blas] = BlasCommand.Examples,
                [precompile] = PrecompileCommand.Examples,
            }
        );
        return root;
    }
}
