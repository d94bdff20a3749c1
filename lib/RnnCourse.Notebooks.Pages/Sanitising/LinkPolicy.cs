namespace RnnCourse.Notebooks.Pages.Sanitising;

/// <summary>Decides where the links of a notebook lead on its page.</summary>
/// <param name="resolve">Resolves other relative links; null if they become plain text.</param>
/// <param name="isAlone">Whether the page is published without those of other notebooks.</param>
internal sealed class LinkPolicy(Func<string, string?>? resolve, bool isAlone = false)
{
    private static readonly string[] Schemes = ["http:", "https:", "mailto:"];

    /// <summary>The address on the page; <see langword="null"/> if there is none, so that the link becomes plain
    /// text.</summary>
    public string? Resolve(string address)
    {
        // Browsers ignore control characters, and so may find a scheme where there seems to be none.
        var clean = string.Concat(address.Where(c => !char.IsControl(c))).Trim();
        if (clean.StartsWith('#'))
        {
            return clean.Length == 1 ? null : "#" + HeadingIds.Slug(Uri.UnescapeDataString(clean[1..]));
        }

        if (HasScheme(clean))
        {
            return Schemes.Any(scheme => clean.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) ? clean : null;
        }

        if (
            clean.Length == 0
            || clean.StartsWith("//", StringComparison.Ordinal)
            || clean.Contains('\\', StringComparison.Ordinal)
        )
        {
            return null;
        }

        return (isAlone ? null : PageOfNotebook(clean)) ?? SafeOrNull(resolve?.Invoke(clean));
    }

    /// <summary>Whether a picture is embedded in the page.</summary>
    public static bool IsEmbeddedPicture(string address) =>
        address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    // Pages stand beside each other as their notebooks do.
    private static string? PageOfNotebook(string address)
    {
        var path = address.StartsWith("./", StringComparison.Ordinal) ? address[2..] : address;
        var mark = path.IndexOf('#', StringComparison.Ordinal);
        var fragment = mark < 0 ? "" : "#" + HeadingIds.Slug(Uri.UnescapeDataString(path[(mark + 1)..]));
        var name = mark < 0 ? path : path[..mark];
        const string Extension = ".ipynb";
        return
            name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            && !name.Contains('/', StringComparison.Ordinal)
            ? name[..^Extension.Length] + ".html" + fragment
            : null;
    }

    private static string? SafeOrNull(string? address) =>
        address is null
        || !HasScheme(address)
        || Schemes.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            ? address
            : null;

    private static bool HasScheme(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && address.AsSpan(0, colon).IndexOfAny('/', '?', '#') < 0;
    }
}
