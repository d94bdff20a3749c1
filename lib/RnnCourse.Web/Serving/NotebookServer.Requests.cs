using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Serving;

/// <content>Answers the requests.</content>
public sealed partial class NotebookServer
{
    private Task ShowIndexAsync(HttpContext context)
    {
        WithPolicy(context, StaticPolicy);
        return WriteHtmlAsync(context, IndexPage.Render(_options.Notebooks, _root));
    }

    private async Task ShowNotebookAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        try
        {
            if (Open(name) is not { } notebook)
            {
                await ShowMissingAsync(context, $"There is no notebook “{name}” here.").ConfigureAwait(false);
                return;
            }

            notebook.WarmUp();
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
            WithPolicy(context, LivePage.Policy(nonce, context.Request.Host.Value!));
            await WriteHtmlAsync(context, LivePage.Render(notebook, _options.Notebooks, name, nonce, _root))
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            await ShowMissingAsync(context, e.Message, StatusCodes.Status500InternalServerError).ConfigureAwait(false);
        }
    }

    private async Task HandInAsync(HttpContext context, bool asPage)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (Find(name) is not { } notebook)
        {
            await ShowMissingAsync(context, $"There is no notebook “{name}” here.").ConfigureAwait(false);
            return;
        }

        var text = asPage
            ? NotebookForHandIn.ToPage(notebook.Notebook, notebook.Name, notebook.Words)
            : NotebookWriter.ToText(NotebookForHandIn.Of(notebook.Notebook));
        var file = Path.ChangeExtension(notebook.Name, asPage ? ".html" : ".ipynb");
        WithPolicy(context, StaticPolicy);
        context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file)}";
        context.Response.ContentType = asPage ? "text/html; charset=utf-8" : "application/x-ipynb+json; charset=utf-8";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        await WriteAsync(context, bytes, () => Compression.Gzip(bytes)).ConfigureAwait(false);
    }

    private async Task ConnectAsync(HttpContext context)
    {
        if (
            !context.WebSockets.IsWebSocketRequest
            || Find((string)context.Request.RouteValues["name"]!) is not { } notebook
        )
        {
            await ShowMissingAsync(context, "Only the page of a notebook connects here.").ConfigureAwait(false);
            return;
        }

        using var socket = await context
            .WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext
                {
                    KeepAliveInterval = TimeSpan.FromSeconds(20),
                    KeepAliveTimeout = TimeSpan.FromSeconds(60),
                }
            )
            .ConfigureAwait(false);
        using var page = new PageConnection(socket);
        await page.ServeAsync(notebook, _stopping.Token).ConfigureAwait(false);
    }

    private static async Task ShowAssetAsync(HttpContext context)
    {
        if (Assets.Find((string)context.Request.RouteValues["name"]!) is not { } asset)
        {
            await ShowMissingAsync(context, "This server has no such file.").ConfigureAwait(false);
            return;
        }

        var response = context.Response;
        response.ContentType = asset.ContentType;
        if ((string)context.Request.RouteValues["version"]! == Assets.Version)
        {
            response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        await WriteAsync(context, asset.Bytes, () => asset.Compressed).ConfigureAwait(false);
    }

    private static Task ShowFigureAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        WithPolicy(context, FigureFrame.Policy(nonce));
        context.Response.Headers["X-Frame-Options"] = "SAMEORIGIN";
        return WriteHtmlAsync(context, FigureFrame.Render(nonce));
    }

    private async Task ShowFileAsync(HttpContext context)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        if (_options.Notebooks.FindLinked(path) is not { } file)
        {
            await ShowMissingAsync(context, "This file doesn't exist, or may not be shown.").ConfigureAwait(false);
            return;
        }

        await LinkedFile.ShowAsync(context, _options.Notebooks, path, file, WithPolicy).ConfigureAwait(false);
    }

    /// <summary>The content security policy of pages without scripts.</summary>
    internal const string StaticPolicy =
        "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; "
        + "base-uri 'none'; form-action 'none'";

    private static void WithPolicy(HttpContext context, string policy) =>
        context.Response.Headers.ContentSecurityPolicy = policy;

    private static Task ShowMissingAsync(HttpContext context, string words, int status = StatusCodes.Status404NotFound)
    {
        context.Response.StatusCode = status;
        WithPolicy(context, StaticPolicy);
        return WriteHtmlAsync(context, IndexPage.RenderMessage(words, context.Request.PathBase));
    }

    private static Task WriteHtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        var bytes = System.Text.Encoding.UTF8.GetBytes(html);
        return WriteAsync(context, bytes, () => Compression.Gzip(bytes));
    }

    private static async Task WriteAsync(HttpContext context, byte[] bytes, Func<byte[]> compressed)
    {
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            bytes = compressed();
        }

        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
