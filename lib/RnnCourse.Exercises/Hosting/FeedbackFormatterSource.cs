namespace RnnCourse.Exercises.Hosting;

/// <summary>The formatters of <see cref="Feedback"/> and <see cref="QuizFeedback"/>, found by notebook hosts by the
/// names of their members.</summary>
internal sealed class FeedbackFormatterSource
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";

    /// <summary>One formatter for each MIME type.</summary>
#pragma warning disable CA1822 // hosts call it on an instance
    public IEnumerable<object> CreateTypeFormatters() =>
        [
            new FeedbackFormatter(Html, shown => shown.ToHtml()),
            new FeedbackFormatter(VerdictJson.MimeType, shown => shown.ToJson()),
            new FeedbackFormatter(Plain, shown => shown.ToString()!),
        ];
#pragma warning restore CA1822
}

/// <summary>Writes objects that show themselves, in one MIME type.</summary>
internal sealed class FeedbackFormatter(string mimeType, Func<IShownInCells, string> write)
{
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the object; false if it is of another type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not IShownInCells shown)
        {
            return false;
        }

        writer.Write(write(shown));
        return true;
    }
}
