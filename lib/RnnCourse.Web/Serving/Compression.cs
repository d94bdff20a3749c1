using System.IO.Compression;

namespace RnnCourse.Web.Serving;

/// <summary>Compresses responses, for readers who reach the server through a forwarded port.</summary>
internal static class Compression
{
    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, level))
        {
            gzip.Write(bytes);
        }

        return result.ToArray();
    }
}
