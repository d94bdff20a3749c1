using System.Security.Cryptography;
using System.Text;

namespace RnnCourse.Cli.Tests;

/// <summary>Whether the gate runs the tests, which is told by <c>CI=true</c>. It leaves out nothing. Elsewhere a run of
/// all tests draws some of the longest, so that it takes minutes.</summary>
internal static class Gate
{
    /// <summary>Whether the gate runs, or <c>.ci/long</c>.</summary>
    public static bool IsRunning { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Draws some of the items: the same each time, and others after a change of the text.</summary>
    /// <param name="items">What is drawn from.</param>
    /// <param name="share">One out of how many is drawn.</param>
    /// <param name="text">What the tests depend on, such as the sources of lessons.</param>
    public static IReadOnlyList<T> Draw<T>(IReadOnlyList<T> items, int share, string text)
    {
        var seed = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var random = new Random(seed);
        return [.. items.OrderBy(_ => random.Next()).Take((items.Count + share - 1) / share)];
    }
}
