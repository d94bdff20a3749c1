using System.Globalization;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Writes the summary of a run: each failure with its cell and line, a table of all notebooks, and the page to
/// read.</summary>
internal static class RunSummary
{
    /// <param name="console">The console for the table.</param>
    /// <param name="errors">The writer for failures.</param>
    /// <param name="results">The results of the notebooks.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="done">The verb if all succeeded: <c>ran</c>.</param>
    /// <param name="notDone">The verb for those that failed: <c>did not run to the end</c>.</param>
    /// <param name="index">The page to read first, or null.</param>
    public static void Write(
        IAnsiConsole console,
        TextWriter errors,
        IReadOnlyList<RunResult> results,
        TimeSpan elapsed,
        string done,
        string notDone,
        string? index = null
    )
    {
        foreach (var result in results)
        {
            WriteFailure(errors, result);
        }

        console.WriteLine();
        console.Write(Table(results));
        var failed = results.Count(result => result.ExitCode != ExitCode.Success);
        var notebooks = results.Count == 1 ? "notebook" : "notebooks";
        var time = Terminal.FormatDuration(elapsed);
        console.MarkupLine(
            failed == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"[green]{results.Count} {notebooks} {done}[/] in {time}."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"[red]{failed} of {results.Count} {notebooks} {notDone}[/] ({time})."
                )
        );
        if (index is not null)
        {
            console.WriteLine();
            console.MarkupLine($"Start reading here, in a browser:  [bold]{Markup.Escape(index)}[/]");
        }
    }

    /// <summary>Writes what the checks found, with the first hint and the place on the page for each wrong
    /// answer.</summary>
    /// <param name="console">The console.</param>
    /// <param name="results">The results of the notebooks.</param>
    public static void WriteVerdicts(IAnsiConsole console, IReadOnlyList<RunResult> results)
    {
        foreach (var result in results.Where(result => result.Verdicts.Count > 0))
        {
            console.WriteLine();
            console.WriteUnwrapped($"{result.Name}: {Verdict.Count(result.Verdicts)}");
            foreach (var line in result.Verdicts.SelectMany(verdict => verdict.Describe(result.Page)))
            {
                console.WriteUnwrapped(Terminal.Printable($"  {line}"));
            }
        }
    }

    /// <summary>Writes which cell failed, where and why; writes nothing if the notebook succeeded.</summary>
    public static void WriteFailure(TextWriter errors, RunResult result)
    {
        if (result.Run?.Failure is { } failure)
        {
            var line =
                failure.Error.Line > 0
                    ? string.Create(CultureInfo.InvariantCulture, $", line {failure.Error.Line}")
                    : "";
            errors.WriteLine();
            errors.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Terminal.Printable(result.Path)}: cell {failure.Cell} (id "
                        + $"{Terminal.Printable(failure.Id)}){line}:"
                )
            );
            foreach (var text in failure.Error.Traceback)
            {
                errors.WriteLine($"  {Terminal.Printable(text)}");
            }
        }

        foreach (var difference in result.IsUpdated ? [] : result.Differences)
        {
            errors.WriteLine();
            errors.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Terminal.Printable(result.Path)}: cell {difference.Number} (id "
                        + $"{Terminal.Printable(difference.Id)}): the outputs differ from those stored:"
                )
            );
            foreach (var text in difference.Report)
            {
                errors.WriteLine($"  {Terminal.Printable(text)}");
            }
        }

        if (result.Problem is { } problem)
        {
            errors.WriteLine();
            errors.WriteLine(Terminal.Printable(problem));
        }
    }

    private static Table Table(IReadOnlyList<RunResult> results)
    {
        var table = new Table { Border = TableBorder.Simple };
        table
            .AddColumn("Notebook")
            .AddColumn(new TableColumn("Cells").RightAligned())
            .AddColumn("Result")
            .AddColumn(new TableColumn("Time").RightAligned());
        foreach (var result in results)
        {
            var colour = result.ExitCode == ExitCode.Success ? "green" : "red";
            table.AddRow(
                Markup.Escape(result.Name),
                Markup.Escape(
                    ResultDescription
                        .Cells(result)
                        .Replace(" cells", "", StringComparison.Ordinal)
                        .Replace(" cell", "", StringComparison.Ordinal)
                ),
                $"[{colour}]{Markup.Escape(ResultDescription.Short(result))}[/]",
                result.Run is { } run ? Terminal.FormatDuration(run.Elapsed) : ""
            );
        }

        return table;
    }
}
