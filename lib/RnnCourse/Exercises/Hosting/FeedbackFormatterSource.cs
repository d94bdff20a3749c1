namespace RnnCourse.Exercises;

/// <summary>The formatters of <see cref="Feedback"/>, found by notebook hosts by the names of their members.</summary>
internal sealed class FeedbackFormatterSource
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";

    /// <summary>One formatter for each MIME type.</summary>
#pragma warning disable CA1822 // hosts call it on an instance
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FeedbackFormatter(Html, feedback => feedback.ToHtml()),
        new FeedbackFormatter(Plain, feedback => feedback.ToString()),
    ];
#pragma warning restore CA1822
}

/// <summary>Writes a feedback in one MIME type.</summary>
internal sealed class FeedbackFormatter(string mimeType, Func<Feedback, string> write)
{
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the feedback; false when the object is none.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not Feedback feedback) return false;
        writer.Write(write(feedback));
        return true;
    }
}
