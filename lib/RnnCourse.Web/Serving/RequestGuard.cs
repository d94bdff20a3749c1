using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Serving;

/// <summary>
/// Checks every request first: lets a request through only if it is meant for this server (a defence against DNS
/// rebinding), doesn't come from a page of another site, and carries the token. Anyone who opens a notebook here can
/// run any program, so there are no exceptions.
/// </summary>
/// <param name="port">The port of the server.</param>
/// <param name="token">The token in the printed address.</param>
/// <param name="hosts">Further names and addresses under which the server may be reached, as browsers send
/// them.</param>
internal sealed class RequestGuard(int port, string token, IReadOnlyCollection<string> hosts)
{
    private const string Parameter = "token";

    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]"];

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);
    private readonly byte[] _cookieValue = Encoding.UTF8.GetBytes(CookieValueOf(port, token));

    // Browsers keep cookies by host, not by port: the name keeps two servers of one user apart, and the path keeps it
    // from servers of others on this machine, who don't know that path.
    private readonly string _cookieName = CookieNameOf(port);
    private readonly PathString _root = RootOf(token);

    /// <summary>The name of the cookie that grants access to the server on a port.</summary>
    internal static string CookieNameOf(int port) => string.Create(CultureInfo.InvariantCulture, $"rnn-{port}");

    /// <summary>The value of the cookie: it grants access to this port only, and doesn't reveal the token.</summary>
    internal static string CookieValueOf(int port, string token) => Derive(token, CookieNameOf(port));

    /// <summary>The path below which everything is served. Only someone with the token can compute it; browsers send
    /// the cookie to this path only.</summary>
    internal static string RootOf(string token) => "/" + Derive(token, "path")[..32];

    private static string Derive(string token, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(purpose)));

    /// <summary>Lets the request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, Func<Task> next)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["X-Frame-Options"] = "DENY";
        if (!IsOurs(request.Host.Value ?? ""))
        {
            await RefuseAsync(
                    response,
                    "This server doesn't answer to that name. If you have forwarded a port to it, end it and start it "
                        + $"again with the name that your browser shows: rnn open {HostOption(request.Host.Value)}"
                )
                .ConfigureAwait(false);
        }
        else if (!MayComeFrom(request))
        {
            await RefuseAsync(
                    response,
                    "Only pages of this server may send requests to it. If you have forwarded a port to it, end it "
                        + "and start it again with the name that your browser shows: rnn open "
                        + HostOption(AuthorityOf(request))
                )
                .ConfigureAwait(false);
        }
        else if (
            IsSame(request.Cookies[_cookieName], _cookieValue) && request.Path.StartsWithSegments(_root, out var path)
        )
        {
            (request.PathBase, request.Path) = (_root, path);
            await next().ConfigureAwait(false);
        }
        else if (HttpMethods.IsGet(request.Method) && IsSame(request.Query[Parameter], _token))
        {
            await AdmitAsync(request, response).ConfigureAwait(false);
        }
        else
        {
            await RefuseAsync(
                    response,
                    "This page opens with the address that “rnn open” has printed. Its end, the token, shows that you "
                        + "are the one who started it. Run “rnn open” again in the same folder to see it."
                )
                .ConfigureAwait(false);
        }
    }

    private static string? AuthorityOf(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) ? origin.Authority : null;

    private static string HostOption(string? host) =>
        host?.Length is > 0 and < 256 && host.All(c => char.IsAsciiLetterOrDigit(c) || ".-:[]".Contains(c))
            ? $"--host {host}"
            : "--host example.org:8080";

    private bool IsOurs(string host) =>
        Loopback.Any(name => host == $"{name}:{port}")
        || hosts.Any(name => string.Equals(host, name, StringComparison.OrdinalIgnoreCase));

    // Browsers send no Origin with what the user opens directly, and always one with a socket.
    private bool MayComeFrom(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return !request.Headers.ContainsKey("Upgrade") && HttpMethods.IsGet(request.Method);
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && IsOurs(origin[(address.Scheme.Length + "://".Length)..]);
    }

    private static bool IsSame(string? given, byte[] right) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), right);

    // The token moves from the address, which stays in the browser's history, into a cookie that no script can read.
    private async Task AdmitAsync(HttpRequest request, HttpResponse response)
    {
        var rest = request
            .Query.Where(pair => pair.Key != Parameter)
            .SelectMany(
                pair => pair.Value,
                (pair, value) => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}"
            );
        var query = string.Join('&', rest);
        var path = request.Path.StartsWithSegments(_root, out var below) ? below : request.Path;
        var address = _root + path.ToUriComponent() + (query.Length > 0 ? "?" + query : "");
        response.Cookies.Append(
            _cookieName,
            CookieValueOf(port, token),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Path = _root,
                Secure = request.Headers["X-Forwarded-Proto"] == "https",
                MaxAge = TimeSpan.FromDays(30),
            }
        );
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("cross-site" or "same-site"))
        {
            response.Redirect(address);
            return;
        }

        // After a redirect the request would still count as another site's, and come without the cookie; from a page of
        // ours it doesn't.
        await WriteAsync(
                response,
                $"<meta http-equiv=\"refresh\" content=\"0;url={HtmlText.Escape(address)}\">",
                "Opening the notebook…"
            )
            .ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpResponse response, string words)
    {
        response.StatusCode = (int)HttpStatusCode.Forbidden;
        return WriteAsync(response, "", words);
    }

    private static Task WriteAsync(HttpResponse response, string head, string words)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">{head}<title>rnn open</title>"
                + $"<p>{HtmlText.Escape(words)}</p></html>"
        );
    }
}
