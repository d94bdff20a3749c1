using System.CommandLine;

namespace RnnCourse.Cli.Edition;

/// <summary>The command <c>rnn edition</c>: its arguments and its help.</summary>
internal static class EditionCommand
{
    public const string Examples = """
        Examples:
          rnn edition                          Make the edition with solutions anew: notebooks/solutions
          rnn edition notebooks/06-*.ipynb     Only of the lessons that you name
          rnn edition --check                  Change nothing, and say where it differs from what would be made

        Each exercise's cell gets the library's solution, and the quiz its right letters; the rest is the lesson. The
        notebooks are executed and stored with their outputs. Lessons without exercises are left out.

        Exit codes:
          0    the edition is made, or agrees
          1    a cell failed, a solution isn't correct, or --check found a difference
          2    wrong usage
          4    a file cannot be read or written, or is no notebook
          70   a defect of rnn itself
          130  stopped by Ctrl-C

        """;

    public static Command Create()
    {
        var lessons = new Argument<string[]>("lesson")
        {
            Description = "The lessons to solve (.ipynb in notebooks/). Without any: all of them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Change nothing; fail if what is stored is not what would be made.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("edition", "Makes the edition with solutions of the lessons.") { lessons, check };
        command.SetAction(
            (parsed, cancellation) =>
                EditionRun.ExecuteAsync(parsed.GetValue(lessons) ?? [], parsed.GetValue(check), cancellation)
        );
        return command;
    }
}
