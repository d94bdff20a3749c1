using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages;

/// <summary>
/// The one script that a page may run. It reads the data of figures that answer, puts inputs in the place of their
/// still pictures, and makes nothing but numbers and texts of the data, whoever wrote them.
/// </summary>
public static class ExplorableScript
{
    private const string MimeType = "application/vnd.rnncourse.explorable+json";

    // A larger one would make the page heavy for a picture that stands there already.
    private const int LongestData = 500_000;

    /// <summary>The script: a module without imports, which exports <c>enliven</c>.</summary>
    public static string Source { get; } = ReadSource();

    /// <summary>How a page's policy names it.</summary>
    internal static string Hash { get; } =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))}'";

    /// <summary>The data that the script reads of an output.</summary>
    internal static bool Reads(MimeBundle data, [NotNullWhen(true)] out string? json)
    {
        json = data[MimeType] is MimeJson { Json: { } node } ? node.ToJsonString() : null;
        return json is { Length: <= LongestData };
    }

    private static string ReadSource()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Explorable.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
