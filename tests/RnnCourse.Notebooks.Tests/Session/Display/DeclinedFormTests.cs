using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Tests.Session.Display;

public class DeclinedFormTests
{
    [Fact]
    public void A_form_that_the_values_formatter_declines_is_left_out()
    {
        var bundle = DisplayFormatter.Format(new Diagram());
        Assert.Equal(["text/html", "text/plain"], bundle.MimeTypes);
    }

    [TypeFormatterSource(
        typeof(DiagramFormatters),
        PreferredMimeTypes = ["text/html", "application/vnd.plotly.v1+json", "text/plain"]
    )]
    private sealed class Diagram;

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }

    private sealed class DiagramFormatters
    {
#pragma warning disable CA1822 // hosts call it on an instance
        public IEnumerable<object> CreateTypeFormatters() =>
            [
                new OneForm("text/html", "<b>a diagram</b>"),
                new OneForm("application/vnd.plotly.v1+json", null),
                new OneForm("text/plain", "a diagram"),
            ];
#pragma warning restore CA1822
    }

    private sealed class OneForm(string mimeType, string? text)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(text);
            return instance is Diagram && text is not null;
        }
    }
}
