using System.Security.Cryptography;
using System.Text;

namespace RnnCourse.Model.Files;

/// <summary>SHA-256 over the content of a file.</summary>
internal static class Checksum
{
    public static string Of(IEnumerable<Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Each text is preceded by its length, so that no two contents are spelt alike.
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(
                BitConverter.IsLittleEndian
                    ? BitConverter.GetBytes((long)bytes.Length)
                    : [.. BitConverter.GetBytes((long)bytes.Length).Reverse()]
            );
            hash.AppendData(bytes);
        }

        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(key);
            Add(value);
        }

        foreach (var tensor in tensors)
        {
            Add(tensor.Name);
            Add($"{tensor.Type} {string.Join(' ', tensor.Shape)}");
            hash.AppendData(tensor.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
