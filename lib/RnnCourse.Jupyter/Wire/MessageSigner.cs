using System.Security.Cryptography;
using System.Text;

namespace RnnCourse.Jupyter.Wire;

/// <summary>Signs messages and checks signatures: HMAC-SHA256 over the raw frames, as the protocol requires. With an
/// empty key, messages are not signed.</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
internal sealed class MessageSigner(string key)
{
    private const int Remembered = 1 << 16;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The signature of four frames: 64 hexadecimal digits; empty without a key.</summary>
    public byte[] Sign(params ReadOnlySpan<byte[]> frames)
    {
        if (_key.Length == 0)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var frame in frames)
        {
            hash.AppendData(frame);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether a signature belongs to the frames. The comparison takes constant time, so it doesn't reveal how
    /// much of the signature is right.</summary>
    public bool IsRight(byte[] signature, params ReadOnlySpan<byte[]> frames) =>
        _key.Length == 0 || CryptographicOperations.FixedTimeEquals(signature, Sign(frames));

    /// <summary>Records a valid signature; false if it was recorded before, which means that the message is a
    /// replay.</summary>
    public bool IsFirst(byte[] signature)
    {
        if (_key.Length == 0)
        {
            return true;
        }

        var text = Encoding.ASCII.GetString(signature);
        lock (_gate)
        {
            if (!_seen.Add(text))
            {
                return false;
            }

            _order.Enqueue(text);
            if (_order.Count > Remembered)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
