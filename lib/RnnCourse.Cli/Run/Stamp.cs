using System.Security.Cryptography;

namespace RnnCourse.Cli.Run;

/// <summary>Tells whether a file is still the one that was read.</summary>
/// <param name="Hash">Hash of its bytes.</param>
internal sealed record Stamp(string Hash)
{
    /// <summary>The stamp of a file; null if it cannot be read.</summary>
    public static Stamp? Of(string path)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            return new Stamp(Convert.ToHexString(SHA256.HashData(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
