using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>The methods that every cell can call to show something, named as in other .NET notebook hosts.</summary>
[SuppressMessage(
    "Naming",
    "CA1708",
    Justification = "C# notebooks write display(x) and x.Display(); both names are fixed."
)]
public static class DisplayHelpers
{
    /// <summary>Shows a value.</summary>
    /// <param name="value">What to show; null is shown as such.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none means those that fit the value's type.</param>
    /// <returns>A handle by which the output can be updated.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        var shown = new DisplayedValue(DisplayTarget.NextDisplayId(), mimeTypes);
        DisplayTarget.Current.Show(DisplayFormatter.Format(value, mimeTypes), shown.DisplayId);
        return shown;
    }

    /// <summary>Shows a value.</summary>
    /// <param name="value">What to show; null is shown as such.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none means those that fit the value's type.</param>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <returns>A handle by which the output can be updated.</returns>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => display(value, mimeTypes);

    /// <summary>Shows a text that already is of a certain MIME type, such as an SVG picture.</summary>
    /// <param name="value">The text; for JSON types it must be valid JSON.</param>
    /// <param name="mimeType">Its MIME type, such as <c>image/svg+xml</c>.</param>
    /// <returns>A handle by which the output can be updated.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(mimeType);
        var shown = new DisplayedValue(DisplayTarget.NextDisplayId(), [mimeType]);
        DisplayTarget.Current.Show(DisplayFormatter.OfText(value, mimeType), shown.DisplayId);
        return shown;
    }

    /// <summary>Shows items as a table: a row for each, a column for each of their properties or keys.</summary>
    /// <param name="value">The items; null is shown as such.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none means HTML and plain text.</param>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <returns>A handle by which the output can be updated.</returns>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes) =>
        value is null ? display(value, mimeTypes) : display(value.ToTabularDataResource(), mimeTypes);

    /// <summary>Shows a script, for hosts that run it; others show its source.</summary>
    /// <param name="script">The source in JavaScript.</param>
    /// <exception cref="ArgumentNullException"><paramref name="script"/> is null.</exception>
    public static void Javascript(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        Show(script, $"<script type=\"text/javascript\">{script}</script>");
    }

    /// <summary>Adds a style sheet to the page, in hosts that apply it.</summary>
    /// <param name="sheet">The rules.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sheet"/> is null.</exception>
    public static void CSS(string sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Show(sheet, $"<style>{sheet}</style>");
    }

    /// <summary>Marks a text as HTML, to be shown as such.</summary>
    /// <param name="content">The HTML source.</param>
    /// <returns>A value that displays as HTML.</returns>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    private static void Show(string plain, string html) =>
        DisplayTarget.Current.Show(
            MimeBundle.OfText(("text/plain", plain), ("text/html", html)),
            DisplayTarget.NextDisplayId()
        );

    /// <summary>A text in LaTeX, which is shown as such: <c>(LaTeXString)@"$x^2$"</c>.</summary>
    /// <param name="Text">The source.</param>
    public sealed record LaTeXString(string Text)
    {
        /// <summary>Marks a text as LaTeX.</summary>
        /// <param name="text">The source.</param>
        public static explicit operator LaTeXString(string text) => new(text);

        /// <inheritdoc/>
        public override string ToString() => Text;
    }

    /// <summary>A formula in TeX without its dollars: <c>(MathString)@"x^2"</c>.</summary>
    /// <param name="Text">The source.</param>
    public sealed record MathString(string Text)
    {
        /// <summary>Marks a text as a formula.</summary>
        /// <param name="text">The source.</param>
        public static explicit operator MathString(string text) => new(text);

        /// <inheritdoc/>
        public override string ToString() => Text;
    }
}
