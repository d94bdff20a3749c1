using Microsoft.AspNetCore.Http;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Serving;

/// <summary>Shows the files that notebooks link to: texts as pages, other notebooks as they are stored,
/// pictures.</summary>
internal static class LinkedFile
{
    private const string Prefix = "/file/";

    /// <summary>The address to which a link of a notebook leads; null if its target can't be shown.</summary>
    /// <param name="notebooks">Where the notebook comes from.</param>
    /// <param name="address">The link as written in the notebook.</param>
    /// <param name="root">The path below which the server's pages are.</param>
    public static string? AddressOf(INotebookSource notebooks, string address, string root)
    {
        var mark = address.AsSpan().IndexOfAny('#', '?');
        var path = Uri.UnescapeDataString(mark < 0 ? address : address[..mark]);
        var rest = mark < 0 ? "" : address[mark..];
        return notebooks.PathOfLink(path) is { } known
            ? root + Prefix + string.Join('/', known.Split('/').Select(Uri.EscapeDataString)) + rest
            : null;
    }

    /// <summary>Answers with a file.</summary>
    public static async Task ShowAsync(
        HttpContext context,
        INotebookSource notebooks,
        string path,
        string file,
        Action<HttpContext, string> withPolicy
    )
    {
        withPolicy(context, NotebookServer.StaticPolicy);
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".ipynb" or ".md":
                context.Response.ContentType = "text/html; charset=utf-8";
                await context
                    .Response.WriteAsync(Page(notebooks, path, file, context.Request.PathBase))
                    .ConfigureAwait(false);
                break;
            case ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".svg":
                context.Response.ContentType = TypeOf(file);
                await context.Response.SendFileAsync(file).ConfigureAwait(false);
                break;
            default:
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.SendFileAsync(file).ConfigureAwait(false);
                break;
        }
    }

    private static string Page(INotebookSource notebooks, string path, string file, string root)
    {
        var notebook = Path.GetExtension(file).Equals(".ipynb", StringComparison.OrdinalIgnoreCase)
            ? ReadNotebook(file)
            : new Notebook { Cells = [new MarkdownCell { Id = "text", Source = File.ReadAllText(file) }] };
        var folder = Path.GetDirectoryName(path) ?? "";
        return PageRenderer.Render(
            notebook,
            new PageContext
            {
                Index = new PageLink(notebooks.IndexTitle, root + "/"),
                ResolveLink = address => ResolveFrom(notebooks, folder, address, root),
            }
        );
    }

    private static Notebook ReadNotebook(string file)
    {
        try
        {
            return NotebookReader.Read(file);
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return new Notebook { Cells = [new MarkdownCell { Id = "problem", Source = e.Message }] };
        }
    }

    private static string? ResolveFrom(INotebookSource notebooks, string folder, string address, string root)
    {
        var mark = address.AsSpan().IndexOfAny('#', '?');
        var target = Path.Combine("/", folder, Uri.UnescapeDataString(mark < 0 ? address : address[..mark]));
        var path = Path.GetRelativePath("/", Path.GetFullPath(target)).Replace(Path.DirectorySeparatorChar, '/');
        return notebooks.FindLinked(path) is null
            ? null
            : root
                + Prefix
                + string.Join('/', path.Split('/').Select(Uri.EscapeDataString))
                + (mark < 0 ? "" : address[mark..]);
    }

    private static string TypeOf(string file) =>
        Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".svg" => "image/svg+xml",
            _ => "image/jpeg",
        };
}
