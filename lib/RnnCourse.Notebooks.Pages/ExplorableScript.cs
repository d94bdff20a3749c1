using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages;

/// <summary>
/// The only script that a page may run. It reads the data of interactive figures and replaces their static pictures by
/// inputs. It treats the data only as numbers and texts, so the data can't run anything.
/// </summary>
public static class ExplorableScript
{
    private const string MimeType = "application/vnd.rnncourse.explorable+json";

    // A larger one would make the page heavy for a picture that stands there already.
    private const int LongestData = 500_000;

    /// <summary>The script: a module without imports, which exports <c>enliven</c>.</summary>
    public static string Source { get; } = ReadSource();

    /// <summary>The script's hash in a page's content security policy.</summary>
    internal static string Hash { get; } =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))}'";

    /// <summary>Whether an output contains data for the script; returns this data.</summary>
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
