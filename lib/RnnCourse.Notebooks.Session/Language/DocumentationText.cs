using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>The XML documentation of a symbol as plain text.</summary>
internal sealed partial class DocumentationText
{
    private readonly XElement? _comment;

    private DocumentationText(XElement? comment) => _comment = comment;

    /// <summary>The summary; empty if there is none.</summary>
    public string Summary => Text(_comment?.Element("summary"));

    /// <summary>The documentation of a symbol.</summary>
    public static DocumentationText Of(ISymbol symbol)
    {
        var xml = symbol.OriginalDefinition.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml))
        {
            return new(null);
        }

        try
        {
            return new(XElement.Parse(xml));
        }
        catch (XmlException)
        {
            return new(null);
        }
    }

    /// <summary>The description of a parameter; empty if there is none.</summary>
    public string Parameter(string name) =>
        Text(_comment?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private static string Text(XElement? element) =>
        element is null ? "" : Blanks().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement element when Reference(element) is { } name => name,
            XElement element => string.Concat(element.Nodes().Select(Text)),
            _ => "",
        };

    // <see cref="M:System.Math.Max(System.Int32,System.Int32)"/> reads "Max".
    private static string? Reference(XElement element)
    {
        if (!element.IsEmpty)
        {
            return null;
        }

        var target =
            (string?)element.Attribute("cref")
            ?? (string?)element.Attribute("name")
            ?? (string?)element.Attribute("langword");
        return target?.Split('(')[0].Split('.', ':')[^1].Split('`')[0];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
