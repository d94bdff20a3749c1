using System.Text;
using System.Xml;

namespace RnnCourse.Notebooks.Reports;

/// <summary>Makes any output of a cell valid in XML.</summary>
internal static class XmlText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The text without characters that XML doesn't allow: control characters become their symbols, unpaired
    /// surrogates become U+FFFD.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(
                    XmlConvert.IsXmlChar(c) ? c
                    : c < ' ' ? (char)('\u2400' + c)
                    : '\uFFFD'
                );
            }
        }

        return clean.ToString();
    }

    public static string Write(Action<XmlWriter> write)
    {
        using var memory = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                memory,
                new XmlWriterSettings
                {
                    Indent = true,
                    NewLineChars = "\n",
                    Encoding = Utf8,
                }
            )
        )
        {
            write(writer);
        }

        return Utf8.GetString(memory.ToArray()) + "\n";
    }
}
