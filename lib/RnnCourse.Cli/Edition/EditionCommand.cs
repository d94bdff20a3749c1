using System.CommandLine;
using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Edition;

/// <summary>The command <c>rnn edition</c>: its arguments and its help.</summary>
internal static class EditionCommand
{
    public const string Examples = """
        Examples:
          rnn edition                          Generate the edition with solutions: notebooks/solutions
          rnn edition notebooks/06-*.ipynb     Only the lessons that you name
          rnn edition --check                  Change nothing, and report where the stored edition is out of date

        The cell of each exercise receives the solution from the library, and the quiz its right letters. The notebooks
        are executed and stored with their outputs. Lessons without exercises are left out.

        Exit codes:
          0    the edition is generated, or up to date
          1    a cell failed, a solution is wrong, or --check found a difference
          2    wrong usage
          4    a file cannot be read or written, or is not a notebook
          70   a bug in rnn itself
          130  stopped by Ctrl-C

        """;

    public static Command Create()
    {
        var lessons = new Argument<string[]>("lesson")
        {
            Description = "The lessons to solve (.ipynb in notebooks/). Default: all of them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Change nothing; fail if the stored edition is out of date.",
            Arity = ArgumentArity.Zero,
        };
        var passed = ExecutionOptions.PassedVariablesOption();
        var command = new Command("edition", "Generate the lessons with solutions.") { lessons, check, passed };
        command.SetAction(
            (parsed, cancellation) =>
                EditionRun.ExecuteAsync(
                    parsed.GetValue(lessons) ?? [],
                    parsed.GetValue(check),
                    parsed.GetValue(passed) ?? [],
                    cancellation
                )
        );
        return command;
    }
}
