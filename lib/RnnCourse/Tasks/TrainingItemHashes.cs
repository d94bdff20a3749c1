using System.Buffers.Binary;

namespace RnnCourse.Tasks;

/// <summary>The items of a model's training data, as hashes: enough to recognise them, not to read them.</summary>
/// <remarks>If there are many items, those with the lowest hashes are kept: a fair sample, from which the share of
/// known items among others can still be estimated.</remarks>
internal sealed class TrainingItemHashes
{
    private const int MaxHashes = 20_000;

    private readonly HashSet<ulong> _hashes;
    private readonly ulong _highest;

    private TrainingItemHashes(HashSet<ulong> hashes, ulong highest) => (_hashes, _highest) = (hashes, highest);

    public static TrainingItemHashes Of(IEnumerable<string> items)
    {
        ulong[] hashes = [.. items.Select(Hash).Distinct().Order()];
        return hashes.Length <= MaxHashes
            ? new([.. hashes], ulong.MaxValue)
            : new([.. hashes.AsSpan(0, MaxHashes)], hashes[MaxHashes - 1]);
    }

    /// <summary>Whether it is known if an item was learnt: all hashes up to that of the item are kept.</summary>
    public bool Covers(string item) => Hash(item) <= _highest;

    public bool Contains(string item) => _hashes.Contains(Hash(item));

    public string ToText()
    {
        var bytes = new byte[8 * (_hashes.Count + 1)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _highest);
        var at = 8;
        foreach (var hash in _hashes.Order())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), hash);
            at += 8;
        }

        return Convert.ToBase64String(bytes);
    }

    /// <exception cref="InvalidDataException">The text is not one that <see cref="ToText"/> made.</exception>
    public static TrainingItemHashes FromText(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length < 8 || length % 8 != 0)
        {
            throw new InvalidDataException("The model's record of its training data is damaged.");
        }

        var hashes = new HashSet<ulong>();
        for (var at = 8; at < length; at += 8)
        {
            hashes.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
        }

        return new(hashes, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    // FNV-1a with a final mixing, so that all bits of the hash are equally random; the same on every machine.
    private static ulong Hash(string item)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in item)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD);
        hash = unchecked((hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53);
        return hash ^ (hash >> 33);
    }
}
