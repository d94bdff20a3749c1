using System.Globalization;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>What a run says at its end: each failure with its cell and line, a table of all notebooks, and where to read.</summary>
internal static class RunSummary
{
    public static void Write(IAnsiConsole console, TextWriter errors, IReadOnlyList<RunResult> results, TimeSpan elapsed, string? index)
    {
        foreach (var result in results)
        {
            WriteFailure(errors, result);
        }

        console.WriteLine();
        console.Write(Table(results));
        var failed = results.Count(result => result.ExitCode != ExitCode.Success);
        var notebooks = results.Count == 1 ? "notebook" : "notebooks";
        var time = Duration.Format(elapsed);
        console.MarkupLine(failed == 0
            ? string.Create(CultureInfo.InvariantCulture, $"[green]{results.Count} {notebooks} ran[/] in {time}.")
            : string.Create(CultureInfo.InvariantCulture, $"[red]{failed} of {results.Count} {notebooks} did not run to the end[/] ({time})."));
        if (index is not null)
        {
            console.WriteLine();
            console.MarkupLine($"Start reading here, in a browser:  [bold]{Markup.Escape(index)}[/]");
        }
    }

    /// <summary>Says which cell failed, where and why; nothing of a notebook that ran.</summary>
    public static void WriteFailure(TextWriter errors, RunResult result)
    {
        if (result.Run?.Failure is { } failure)
        {
            var line = failure.Error.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $", line {failure.Error.Line}") : "";
            errors.WriteLine();
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Terminal.Printable(result.Path)}: cell {failure.Cell} (id {Terminal.Printable(failure.Id)}){line}:"));
            foreach (var text in failure.Error.Traceback)
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
        table.AddColumn("Notebook").AddColumn(new TableColumn("Cells").RightAligned()).AddColumn("Result").AddColumn(new TableColumn("Time").RightAligned());
        foreach (var result in results)
        {
            var colour = result.ExitCode == ExitCode.Success ? "green" : "red";
            table.AddRow(
                Markup.Escape(result.Name),
                Markup.Escape(Outcome.Cells(result).Replace(" cells", "", StringComparison.Ordinal).Replace(" cell", "", StringComparison.Ordinal)),
                $"[{colour}]{Markup.Escape(Outcome.Short(result))}[/]",
                result.Run is { } run ? Duration.Format(run.Elapsed) : "");
        }

        return table;
    }
}
