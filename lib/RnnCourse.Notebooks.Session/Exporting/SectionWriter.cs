using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Writes the statements of one cell.</summary>
internal static class SectionWriter
{
    /// <summary>Returns the statements, or a note if a cell declares only types.</summary>
    public static string Write(
        ProgramSection section,
        IReadOnlyDictionary<CodePart, RewrittenPart> rewritten,
        ProgramNames names
    )
    {
        var parts = new List<string>();
        string? clock = null;
        foreach (var part in section.Parts)
        {
            switch (part)
            {
                case CodePart code:
                    parts.Add(rewritten[code].Statements);
                    break;
                case TextPart text:
                    parts.Add(Show(text));
                    break;
                case TimePart when clock is null:
                    clock = names.Free("clock");
                    parts.Add($"var {clock} = System.Diagnostics.Stopwatch.StartNew();");
                    break;
            }
        }

        if (clock is not null)
        {
            parts.Add($"display($\"Wall time: {{{clock}.Elapsed.TotalMilliseconds}}ms\");");
        }

        var statements = string.Join("\n\n", parts.Where(text => text.Length > 0));
        if (statements.Length == 0 && section.Parts.OfType<CodePart>().Any(code => rewritten[code].Types.Count > 0))
        {
            return "// The declarations of this cell are at the end of the file.";
        }

        return section.Kind == SectionKind.RunToException ? Catch(statements, names.Free("expected")) : statements;
    }

    private static string Show(TextPart part)
    {
        var text = Layout.Literal(part.Step.Text);
        return part.Step.Language == CellLanguage.Html
            ? $"{text}.DisplayAs(\"text/html\");"
            : $"Console.WriteLine({text});";
    }

    // Not indented: a line may stand in a string.
    private static string Catch(string statements, string exception) =>
        $$"""
            try
            {
            {{statements}}
            }
            catch (Exception {{exception}})   // the cell is there to show it
            {
                Console.WriteLine($"{{{exception}}.GetType()}: {{{exception}}.Message}");
            }
            """;
}
