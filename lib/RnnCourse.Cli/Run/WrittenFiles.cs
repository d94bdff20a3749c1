using System.Security.Cryptography;
using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Run;

/// <summary>Records in a hidden file of the output folder which files there were written by <c>rnn</c>, each with
/// hashes of the written content, so that a file that another program wrote, or changed afterwards, is not
/// replaced.</summary>
/// <param name="folder">The folder.</param>
internal sealed class WrittenFiles(string folder)
{
    private const string Separator = "  ";
    private const int HashLength = 64;

    private readonly string _list = Path.Combine(folder, ".written-by-rnn");
    private Dictionary<string, List<string>>? _hashes;

    /// <summary>Whether a file has the content that rnn wrote.</summary>
    public bool Contains(string file) =>
        // Earlier versions recorded names alone.
        Hashes.TryGetValue(NameOf(file), out var hashes) && (hashes.Count == 0 || hashes.Contains(HashOf(file)));

    /// <summary>Whether rnn has once written a file of this name.</summary>
    public bool Names(string file) => Hashes.ContainsKey(NameOf(file));

    /// <summary>Records the content that is about to be written into a file. The file's present content stays recorded,
    /// too, because the process may be killed before the new content is written.</summary>
    /// <exception cref="NotebookFileException">The list cannot be written.</exception>
    public void Add(string file, ReadOnlySpan<byte> content)
    {
        // Another run may have added files meanwhile.
        foreach (var (name, others) in Read())
        {
            Hashes.TryAdd(name, others);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Hashes[NameOf(file)] =
        [
            .. Hashes.GetValueOrDefault(NameOf(file), []).TakeLast(1).Where(old => old != hash),
            hash,
        ];
        UserFile.WriteNoLink(_list, Encoding.UTF8.GetBytes(ToText()));
    }

    private Dictionary<string, List<string>> Hashes => _hashes ??= Read();

    private string NameOf(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    private string ToText()
    {
        var text = new StringBuilder();
        foreach (var (name, hashes) in Hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var hash in hashes.DefaultIfEmpty(""))
            {
                text.Append(hash).Append(hash.Length > 0 ? Separator : "").Append(name).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string HashOf(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private Dictionary<string, List<string>> Read()
    {
        var hashes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        try
        {
            foreach (var line in File.ReadAllLines(_list))
            {
                var isHashed = line.IndexOf(Separator, StringComparison.Ordinal) == HashLength;
                var name = isHashed ? line[(HashLength + Separator.Length)..] : line;
                hashes.TryAdd(name, []);
                if (isHashed)
                {
                    hashes[name].Add(line[..HashLength]);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a list, nothing was written by rnn.
        }

        return hashes;
    }
}
