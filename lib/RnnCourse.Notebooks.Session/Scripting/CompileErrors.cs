using System.Globalization;
using Microsoft.CodeAnalysis;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Describes why code doesn't compile: each error with its position, its source line, and a caret below the
/// place.</summary>
internal static class CompileErrors
{
    private const int Shown = 10;

    /// <summary>What to use in place of .NET Interactive's kernel.</summary>
    public const string KernelAdvice =
        "Kernel belongs to .NET Interactive, which this engine isn't. display(x), HTML(text), Javascript(text), "
        + "Input(prompt), Password(prompt) and #!import are here without it.";

    // Common errors in notebooks that were written for .NET Interactive.
    private static readonly (string Error, string Then)[] Advice =
    [
        ("CS0103: The name 'Kernel' ", KernelAdvice),
        (
            "CS0246: The type or namespace name 'Newtonsoft' ",
            "In .NET Interactive it is available automatically. Write above it: #r \"nuget: Newtonsoft.Json\""
        ),
        ("CS0103: The name 'Formatter' ", "Write above it: using Microsoft.DotNet.Interactive.Formatting;"),
    ];

    public static CellError Describe(IReadOnlyList<Diagnostic> errors, CellSource cell, CellSources sources)
    {
        var messages = new List<string>();
        var report = new List<string>();
        foreach (var error in errors.Take(Shown))
        {
            var span = error.Location.GetLineSpan();
            var line = span.StartLinePosition.Line + 1;
            var text = $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
            messages.Add(text);
            if (!error.Location.IsInSource)
            {
                report.Add(text);
                continue;
            }

            report.Add($"{CellSource.Position(span.Path, line)}: {text}");
            var sourceLine =
                sources.FindLine(span.Path, line) ?? error.Location.SourceTree!.GetText().Lines[line - 1].ToString();
            report.Add("    " + sourceLine.TrimEnd());
            report.Add("    " + Underline(sourceLine, span));
            if (
                Advice.FirstOrDefault(known => text.StartsWith(known.Error, StringComparison.Ordinal)) is
                { Then: { } then }
            )
            {
                report.Add("    " + then);
            }
        }

        if (errors.Count > Shown)
        {
            report.Add(string.Create(CultureInfo.InvariantCulture, $"… and {errors.Count - Shown} more errors."));
        }

        var first = errors[0].Location.GetLineSpan();
        var firstLine = first.Path == cell.FilePath ? first.StartLinePosition.Line + 1 : 0;
        return new CellError(
            CellError.Compilation,
            string.Join('\n', messages),
            report,
            firstLine,
            sources.FindLine(cell.FilePath, firstLine) ?? ""
        );
    }

    private static string Underline(string sourceLine, FileLinePositionSpan span)
    {
        var start = Math.Min(span.StartLinePosition.Character, sourceLine.Length);
        var sameLine = span.EndLinePosition.Line == span.StartLinePosition.Line;
        var end = sameLine ? span.EndLinePosition.Character : sourceLine.TrimEnd().Length;

        // Tabs stay tabs, so that the caret stands below its place at any tab width.
        var indent = string.Concat(sourceLine[..start].Select(c => c == '\t' ? '\t' : ' '));
        return indent + new string('^', Math.Clamp(end - start, 1, Math.Max(1, sourceLine.Length - start)));
    }
}
