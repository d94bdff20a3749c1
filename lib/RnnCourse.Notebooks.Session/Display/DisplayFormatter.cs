using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using RnnCourse.Notebooks.Format;
using RnnCourse.Shared;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// Turns values into the representations that a notebook stores. There is always <c>text/plain</c>; further ones depend
/// on the value's type, its <c>TypeFormatterSource</c> attribute, and the formatters that a cell registered with
/// <c>Formatter</c>.
/// </summary>
public static class DisplayFormatter
{
    private const string PlainText = "text/plain";

    private static readonly ConditionalWeakTable<ITypeFormatter, object> OfExtensions = [];

    /// <summary>Makes the representations of a value.</summary>
    /// <param name="value">The value; null has a representation, too.</param>
    /// <param name="mimeTypes">The MIME types wanted; none means those that fit the value's type.</param>
    /// <returns>Its representations, <c>text/plain</c> among them.</returns>
    /// <exception cref="DisplayLimitException">The value contains itself, or is too large to be shown.</exception>
    public static MimeBundle Format(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        return BoundedFormatting.WithLittleStack(() => FormatAny(value, mimeTypes));
    }

    private static MimeBundle FormatAny(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        if (value is not null && FormatKnown(value, mimeTypes) is { } known)
        {
            return known;
        }

        var wanted =
            mimeTypes.Count > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object));
        var found = new Dictionary<string, MimeValue>(StringComparer.Ordinal)
        {
            [PlainText] = new MimeText(AsPlainText(value)),
        };
        foreach (var mimeType in wanted.Where(type => type != PlainText))
        {
            var text = BoundedFormatting.Write(value, mimeType);

            // A formatter that doesn't support the value writes nothing.
            if (text.Length == 0)
            {
                continue;
            }

            if (mimeType == HtmlFormatter.MimeType)
            {
                text = HtmlCleaner.WithoutStyle(text);

                // HTML that only wraps the plain text adds nothing.
                if (mimeTypes.Count == 0 && HtmlCleaner.IsPlain(text))
                {
                    continue;
                }
            }

            found[mimeType] = AsValue(text, mimeType);
        }

        return new MimeBundle(found);
    }

    /// <summary>Makes the representations of a text that is already in the format of a MIME type, and adds a
    /// <c>text/plain</c> form.</summary>
    /// <param name="text">The text; for JSON types it must be valid JSON.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <returns>Both representations.</returns>
    /// <exception cref="JsonException">The type is a JSON type and the text isn't JSON.</exception>
    public static MimeBundle OfText(string text, string mimeType) =>
        new(
            new Dictionary<string, MimeValue>
            {
                [PlainText] = new MimeText(
                    mimeType switch
                    {
                        "text/html" or "image/svg+xml" => HtmlCleaner.ToPlainText(text),
                        _ when mimeType.StartsWith("image/", StringComparison.Ordinal) => $"[{mimeType}]",
                        _ => text,
                    }
                ),
                [mimeType] = AsValue(text, mimeType),
            }
        );

    /// <summary>Makes formatters that an extension added yield to the engine's own for types that the engine knows: an
    /// extension that draws charts with a script from the network must not replace the engine's charts.</summary>
    internal static void LeaveToEngine(IEnumerable<ITypeFormatter> formatters)
    {
        foreach (var formatter in formatters)
        {
            OfExtensions.AddOrUpdate(formatter, formatter);
        }
    }

    // Types that this engine shows better than the general formatter, unless the notebook registers its own.
    private static MimeBundle? FormatKnown(object value, IReadOnlyCollection<string> mimeTypes)
    {
        MimeBundle? known = null;
        if (NumberTable.Of(value) is { } table)
        {
            known = table.IsMathNet
                ? MimeBundle.OfText((PlainText, table.ToText()), (HtmlFormatter.MimeType, table.ToHtml()))
                : MimeBundle.OfText((PlainText, table.ToText()));
        }
        else if (value is DisplayHelpers.LaTeXString or DisplayHelpers.MathString)
        {
            var text = value.ToString()!;
            var tex = value is DisplayHelpers.MathString ? $"$${text}$$" : text;
            known = MimeBundle.OfText((PlainText, text), ("text/latex", tex));
        }
        else if (value is TabularDataResource resource)
        {
            known = TableDisplay.Of(resource);
        }
        else
        {
            known = NamedTypeDisplays.Find(value);
        }

        if (known is null || IsRegistered(value.GetType()) || !mimeTypes.All(known.Contains))
        {
            return null;
        }

        return mimeTypes.Count == 0
            ? known
            : new MimeBundle(known.Items.Where(item => item.Key == PlainText || mimeTypes.Contains(item.Key)));
    }

    private static string AsPlainText(object? value) =>
        value switch
        {
            IHtmlContent html => HtmlCleaner.ToPlainText(BoundedFormatting.Write(html, HtmlFormatter.MimeType)),
            not null when IsAnonymous(value.GetType()) => value.ToString() ?? "",
            _ => BoundedFormatting.Write(value, PlainText),
        };

    private static MimeValue AsValue(string text, string mimeType) =>
        MimeBundle.IsJson(mimeType) ? new MimeJson(JsonNode.Parse(text)) : new MimeText(text);

    private static bool IsAnonymous(Type type) =>
        type.Name.StartsWith("<>", StringComparison.Ordinal)
        && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsRegistered(Type type) =>
        Formatter
            .RegisteredFormatters(includeDefaults: false)
            .Any(formatter => formatter.Type.IsAssignableFrom(type) && !OfExtensions.TryGetValue(formatter, out _));
}
