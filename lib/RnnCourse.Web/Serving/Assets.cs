using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Web.Serving;

/// <summary>The page's scripts and styles, which are embedded in this library.</summary>
internal static class Assets
{
    private const string Prefix = "Assets/";

    private static readonly Lazy<Dictionary<string, Asset>> Files = new(ReadAll);

    private static readonly Lazy<string> Hash = new(() =>
        Convert.ToHexStringLower(
            SHA256
                .HashData([
                    .. Files
                        .Value.OrderBy(file => file.Key, StringComparer.Ordinal)
                        .SelectMany(file => file.Value.Bytes),
                ])
                .AsSpan(0, 6)
        )
    );

    /// <summary>A part of the files' addresses that changes with their contents, so that browsers may cache them for
    /// ever.</summary>
    public static string Version => Hash.Value;

    /// <summary>The file of this name, or null.</summary>
    public static Asset? Find(string name) => Files.Value.GetValueOrDefault(name);

    private static Dictionary<string, Asset> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name => new Asset(Read(assembly, name), TypeOf(name)));
        files["explorable.js"] = new Asset(
            System.Text.Encoding.UTF8.GetBytes(ExplorableScript.Source),
            "text/javascript"
        );
        files["page.css"] = new Asset(System.Text.Encoding.UTF8.GetBytes(CellFragments.Style), "text/css");
        return files;
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".js" => "text/javascript",
            ".css" => "text/css",
            ".svg" => "image/svg+xml",
            _ => "text/plain",
        };
}

/// <summary>One file of the page.</summary>
internal sealed class Asset(byte[] bytes, string type)
{
    private readonly Lazy<byte[]> _compressed = new(() => Compression.Gzip(bytes, CompressionLevel.Optimal));

    public byte[] Bytes => bytes;

    public byte[] Compressed => _compressed.Value;

    public string ContentType => $"{type}; charset=utf-8";
}
