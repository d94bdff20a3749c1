using System.CommandLine;
using System.Globalization;
using RnnCourse.Blas;
using Spectre.Console;

namespace RnnCourse.Cli.Blas;

/// <summary>The command <c>rnn blas</c>: shows which libraries can compute matrix products on this machine, and how
/// fast they are.</summary>
internal static class BlasCommand
{
    private const int DefaultRounds = 5;

    public const string Examples = """
        Examples:
          rnn blas                       What is available, which one is used, how fast each is
          RNN_BLAS=openblas rnn blas     The same, with OpenBLAS chosen: RNN_BLAS=simd|openblas|mkl|managed|auto

        Speeds are medians in GFLOP/s for float, measured in turn; compare them only within one table. An OpenBLAS that
        is older than the processor may not recognise it and be slow; set OPENBLAS_CORETYPE in that case.

        Exit codes:
          0    the table was printed
          2    wrong usage, or RNN_BLAS names a library that is not available
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var rounds = NumberOption.Whole("--rounds", $"How often to time each. Default: {DefaultRounds}.", 1, 100);
        var command = new Command("blas", "Show what computes matrix products on this machine, and how fast.")
        {
            rounds,
        };
        command.SetAction(parsed => Execute(parsed.GetValueOr(rounds, DefaultRounds)));
        return command;
    }

    private static int Execute(int rounds)
    {
        try
        {
            BlasSelection.UseEnvironment();
        }
        catch (InvalidOperationException wrong)
        {
            return ErrorMessage.Write(wrong.Message, ExitCode.Usage);
        }

        Write(Terminal.CreateConsole(), BlasReport.Measure(rounds: rounds));
        return ExitCode.Success;
    }

    private static void Write(IAnsiConsole console, BlasReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("products").AddColumn("");
        foreach (var shape in report.Shapes)
        {
            table.AddColumn(new TableColumn(shape.ToString()).RightAligned());
        }

        foreach (var row in report.Rows)
        {
            var speeds = row.IsAvailable
                ? row.Gflops.Select(speed => speed.ToString("F0", CultureInfo.InvariantCulture))
                : report.Shapes.Select(_ => "–");
            table.AddRow([Name(row), row.IsUsed ? "used" : "", .. speeds]);
        }

        console.Write(table);
        console.WriteLine($"GFLOP/s for float, up to {report.Threads} threads.");
        foreach (var row in report.Rows)
        {
            console.WriteLine($"{Name(row)}: {(row.IsAvailable ? "" : "not available: ")}{row.Detail}");
        }
    }

    private static string Name(BlasReportRow row) => row.Kind.ToString().ToLowerInvariant();
}
