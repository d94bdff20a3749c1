using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages.Tex;

namespace RnnCourse.Notebooks.Pages;

/// <summary>Makes the page that leads to all lessons; like them it is self-contained, and the same for the same
/// lessons.</summary>
public static partial class IndexRenderer
{
    /// <summary>Renders the index.</summary>
    /// <param name="context">The course and its lessons.</param>
    /// <returns>The page, to be stored as UTF-8.</returns>
    public static string Render(IndexContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var body = $"""
            <main id="content">
            <header><h1>{HtmlText.Escape(context.Title)}</h1>
            <p>{WithFormulas(context.Summary)}</p></header>
            <ol class="lessons">
            {string.Concat(context.Lessons.Select(Render))}</ol>
            </main>

            """;
        return PageFrame.Render(context.Title, context.Language, "index", body);
    }

    private static string Render(IndexEntry lesson)
    {
        var title = lesson.Address is { } address
            ? PageFrame.Link(new(lesson.Title, address))
            : HtmlText.Escape(lesson.Title);
        var (state, name) = lesson.State switch
        {
            LessonState.Ran => ("ran", "✓ Ran"),
            LessonState.Failed => ("failed", "✗ Failed"),
            _ => ("not-run", "Not run"),
        };
        var number = lesson.Number.Length > 0 ? $"<span class=\"number\">{HtmlText.Escape(lesson.Number)}</span>" : "";
        var summary = lesson.Summary.Length > 0 ? $"<p>{WithFormulas(lesson.Summary)}</p>" : "";
        var exercises = lesson.Exercises.Length > 0 ? $"<p>Exercises: {HtmlText.Escape(lesson.Exercises)}.</p>" : "";
        return $"<li>{number}<div><h2>{title}</h2>{summary}{exercises}</div>"
            + $"<span class=\"state {state}\">{name}</span></li>\n";
    }

    /// <summary>A line of plain text as HTML; text between dollar signs is a formula.</summary>
    /// <param name="text">Plain text, not Markdown.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string WithFormulas(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(
            Formula()
                .Split(text)
                .Select((part, i) => i % 2 == 0 ? HtmlText.Escape(part) : TexFormula.ToMathMl(part, isDisplay: false))
        );
    }

    // As in Markdown: no blank inside next to the dollar signs, so that prices stay prices.
    [GeneratedRegex(@"\$(?! )([^$]*[^$ ])\$(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
