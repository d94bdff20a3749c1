using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RnnCourse.Cli.Files;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Cli.Run;

/// <summary>The options shared by the commands that execute notebooks.</summary>
internal sealed class ExecutionOptions
{
    /// <summary>The exit codes, for the commands' help.</summary>
    public const string ExitCodes = """
        Exit codes (of several, the first in the order 4, 1, 3, 5):
          0    every cell ran, and nothing differs
          1    a cell failed, ended its process, or used too much memory
          2    wrong usage
          3    a time limit passed
          4    a file cannot be read or written, or is not a notebook
          5    outputs differ from those stored (verify)
          70   a bug in rnn itself
          130  stopped by Ctrl-C

        """;

    /// <summary>The option that passes an environment variable to cells.</summary>
    public const string PassedVariables = "--pass-env";

    private const string Slow = "--slow";
    private const double MaxSeconds = 7 * 24 * 3600;
    private const int MaxParallel = 64;

    // A lesson's process uses up to 600 MB; the next one, which loads its compiler meanwhile, 200 MB.
    private const long MemoryOfOne = 1L << 30;

    private readonly Option<int> _parallel = new("--parallel")
    {
        Description = "How many notebooks run at a time. Default: one for each processor, if there is enough memory.",
        HelpName = "number",
        DefaultValueFactory = _ =>
            DefaultParallel(Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        CustomParser = ParseParallel,
    };

    private readonly Option<TimeSpan?> _cell = Seconds(
        "--cell-timeout",
        "Time limit for each cell. Default: 600, or as the notebook says."
    );
    private readonly Option<TimeSpan?> _notebook = Seconds(
        "--notebook-timeout",
        "Time limit for each notebook. Default: none."
    );
    private readonly Option<TimeSpan?> _startup = Seconds(
        "--startup-timeout",
        "Time limit for the start of a notebook's process. Default: 600, or as the notebook says."
    );

    private readonly Option<long?> _memory = new("--memory-limit")
    {
        Description =
            "Memory limit for a notebook's process, such as 2GB. Default: three quarters of the machine's memory.",
        HelpName = "size",
        CustomParser = ParseMemory,
    };

    private readonly Option<bool> _slow = new(Slow)
    {
        Description = "Also run cells tagged 'slow'.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string[]> _pass = PassedVariablesOption();

    private readonly Option<string?> _junit = Report("--junit", "Write a JUnit report with a case for each cell.");
    private readonly Option<string?> _trx = Report("--trx", "Write a TRX report with a result for each cell.");
    private readonly Option<string?> _json = Report(
        "--json",
        "Write a summary with times, peak memory and outcome of each cell."
    );

    private readonly Option<bool> _force = OutputFile.ForceOption();

    private Option[] All => [_parallel, _cell, _notebook, _startup, _memory, _slow, _pass, _junit, _trx, _json, _force];

    public static bool GivesValueToFlag(string word) =>
        word.StartsWith($"{Slow}=", StringComparison.Ordinal) || word.StartsWith($"{Slow}:", StringComparison.Ordinal);

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    public ExecutionSettings Read(ParseResult parsed) =>
        new(
            parsed.GetValue(_parallel),
            parsed.GetValue(_cell),
            parsed.GetValue(_notebook),
            parsed.GetValue(_startup),
            parsed.GetValue(_memory),
            parsed.GetValue(_slow),
            parsed.GetValue(_pass) ?? [],
            new ReportSettings(
                parsed.GetValue(_junit),
                parsed.GetValue(_trx),
                parsed.GetValue(_json),
                parsed.GetValue(_force)
            )
        );

    /// <summary>The default number of notebooks that run at a time: one for each processor, if there is enough
    /// memory.</summary>
    /// <param name="processors">How many processors there are.</param>
    /// <param name="memory">How much memory there is, in bytes.</param>
    public static int DefaultParallel(int processors, long memory) =>
        (int)Math.Clamp(Math.Min(processors, memory / MemoryOfOne), 1, MaxParallel);

    /// <summary>Creates the option that passes an environment variable to cells, for every command that runs
    /// cells.</summary>
    public static Option<string[]> PassedVariablesOption() =>
        new(PassedVariables)
        {
            Description = "Let cells see this environment variable too. They see PATH, HOME, LANG and the like.",
            HelpName = "name",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    private static Option<TimeSpan?> Seconds(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "seconds",
            CustomParser = result =>
            {
                var text = Word(result);
                if (
                    double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is > 0 and <= MaxSeconds
                )
                {
                    return TimeSpan.FromSeconds(seconds);
                }

                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} takes a number of seconds, more than 0 and at most {MaxSeconds}, not '{text}'."
                    )
                );
                return null;
            },
        };

    private static Option<string?> Report(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "file" };
        option.Validators.Add(result =>
            NotebookArgument.RefuseEmptyNames(result, $"The name of the file for {name} is empty.")
        );
        return option;
    }

    private static int ParseParallel(ArgumentResult result)
    {
        var text = Word(result);
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= MaxParallel
        )
        {
            return number;
        }

        result.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"--parallel takes a number from 1 to {MaxParallel}, not '{text}'."
            )
        );
        return 1;
    }

    private static long? ParseMemory(ArgumentResult result)
    {
        var text = Word(result);
        if (MemorySize.TryParse(text, out var bytes))
        {
            return bytes;
        }

        result.AddError(
            $"--memory-limit takes an amount of memory such as 2GB or 512MB, at least 256MB, not '{text}'."
        );
        return null;
    }

    private static string Word(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}

/// <summary>The user's settings for the execution. If a setting is null, the notebook's metadata or else the default
/// apply.</summary>
/// <param name="Parallel">How many notebooks run at a time; with fewer notebooks, as many as there are.</param>
/// <param name="CellTimeout">How long one cell may run.</param>
/// <param name="NotebookTimeout">How long one notebook may run.</param>
/// <param name="StartupTimeout">How long a process may take to start.</param>
/// <param name="MemoryLimit">How much memory the process of a notebook may use, in bytes.</param>
/// <param name="Slow">Whether cells tagged <c>slow</c> run.</param>
/// <param name="PassedVariables">Environment variables that are passed to cells in addition to those that every session
/// needs.</param>
/// <param name="Reports">The files for reports.</param>
internal sealed record ExecutionSettings(
    int Parallel,
    TimeSpan? CellTimeout,
    TimeSpan? NotebookTimeout,
    TimeSpan? StartupTimeout,
    long? MemoryLimit,
    bool Slow,
    IReadOnlyList<string> PassedVariables,
    ReportSettings Reports
);

/// <summary>The files for reports; null for a report that was not requested.</summary>
/// <param name="JUnit">The file for JUnit's XML.</param>
/// <param name="Trx">The file for TRX.</param>
/// <param name="Json">The file for JSON.</param>
/// <param name="Force">Whether a report may replace a file that is not a report.</param>
internal sealed record ReportSettings(string? JUnit, string? Trx, string? Json, bool Force = false);
