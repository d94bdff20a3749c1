using System.Text.Json;

namespace RnnCourse.Encoders;

/// <summary>The symbols that a model knows, such as letters, words or tags, and their numbers.</summary>
/// <remarks>Symbols are numbered from 0. Padding has the number <see cref="Padding"/>, which no symbol has. A
/// vocabulary with a symbol for unknown symbols maps them to it; a vocabulary without one refuses them.</remarks>
public sealed class Vocabulary
{
    /// <summary>The number of padding: an input of zeros, and a target that is not read.</summary>
    internal const int Padding = -1;

    /// <summary>The usual spelling of the symbol for unknown symbols.</summary>
    internal const string UnknownSymbol = "<unk>";

    private readonly string[] _symbols;
    private readonly Dictionary<string, int> _numbers;

    /// <summary>Makes a vocabulary.</summary>
    /// <param name="symbols">The symbols in the order of their numbers, each once, at least one.</param>
    /// <param name="unknown">Which of them stands for unknown symbols; null to refuse unknown symbols.</param>
    /// <exception cref="ArgumentException">The list is empty, a symbol occurs twice, or the symbol for unknown symbols
    /// is missing.</exception>
    public Vocabulary(IEnumerable<string> symbols, string? unknown = null)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        _symbols = [.. symbols];
        if (_symbols.Length == 0)
        {
            throw new ArgumentException("A vocabulary needs at least one symbol.", nameof(symbols));
        }

        _numbers = new(_symbols.Length, StringComparer.Ordinal);
        for (var k = 0; k < _symbols.Length; k++)
        {
            if (!_numbers.TryAdd(_symbols[k], k))
            {
                throw new ArgumentException(
                    $"The symbol '{_symbols[k]}' occurs twice. Each symbol needs one number.",
                    nameof(symbols)
                );
            }
        }

        if (unknown is not null)
        {
            Unknown = _numbers.TryGetValue(unknown, out var number)
                ? number
                : throw new ArgumentException(
                    $"'{unknown}' is to stand for unknown symbols, but the vocabulary does not contain it.",
                    nameof(unknown)
                );
        }
    }

    /// <summary>How many symbols there are.</summary>
    public int Count => _symbols.Length;

    /// <summary>The number of the symbol for unknown symbols; null if unknown symbols are refused.</summary>
    internal int? Unknown { get; }

    /// <summary>The symbols in the order of their numbers.</summary>
    public IReadOnlyList<string> Symbols => _symbols;

    /// <summary>The symbol of a number.</summary>
    /// <param name="number">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException">No symbol has this number.</exception>
    public string this[int number] => _symbols[number];

    /// <summary>Learns a vocabulary from data: from the part to learn from, never from the others.</summary>
    /// <param name="symbols">The data, symbol by symbol.</param>
    /// <param name="reserved">Symbols that come first, whether or not the data contain them, such as one that ends a
    /// name.</param>
    /// <param name="unknown">The symbol for unknown symbols, which comes after the reserved ones; null for a vocabulary
    /// without one.</param>
    /// <param name="minCount">How often a symbol must be seen to get a number.</param>
    /// <param name="maxCount">How many symbols there are at most, reserved ones included; the most frequent ones are
    /// kept.</param>
    /// <remarks>The symbols are numbered from the most to the least frequent, and equally frequent ones in the order of
    /// their characters' codes.</remarks>
    /// <exception cref="ArgumentException">The vocabulary would be empty.</exception>
    public static Vocabulary Learn(
        IEnumerable<string> symbols,
        IReadOnlyList<string>? reserved = null,
        string? unknown = null,
        int minCount = 1,
        int maxCount = int.MaxValue
    )
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            counts[symbol] = counts.GetValueOrDefault(symbol) + 1;
        }

        string[] first = unknown is null ? [.. reserved ?? []] : [.. reserved ?? [], unknown];
        foreach (var symbol in first)
        {
            counts.Remove(symbol);
        }

        return new(
            [
                .. first,
                .. counts
                    .Where(pair => pair.Value >= minCount)
                    .OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Take(Math.Max(0, maxCount - first.Length))
                    .Select(pair => pair.Key),
            ],
            unknown
        );
    }

    /// <summary>Tells whether a symbol has its own number.</summary>
    /// <param name="symbol">The symbol.</param>
    public bool Knows(string symbol) => _numbers.ContainsKey(symbol);

    /// <summary>The number of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <exception cref="ArgumentException">The symbol is unknown, and the vocabulary has no symbol for unknown
    /// symbols.</exception>
    public int NumberOf(string symbol) =>
        _numbers.TryGetValue(symbol, out var number)
            ? number
            : Unknown
                ?? throw new ArgumentException(
                    $"'{symbol}' is not one of the {Count} symbols: "
                        + $"{string.Join(' ', _symbols.Take(40))}{(Count > 40 ? " …" : "")}",
                    nameof(symbol)
                );

    /// <summary>The numbers of symbols.</summary>
    /// <param name="symbols">The symbols.</param>
    /// <returns>Their numbers, of shape (n).</returns>
    /// <exception cref="ArgumentException">A symbol is unknown, and the vocabulary has no symbol for unknown
    /// symbols.</exception>
    public int[] Encode(IEnumerable<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        return [.. symbols.Select(NumberOf)];
    }

    /// <summary>Writes the vocabulary as a text that <see cref="FromJson"/> reads: an array of the symbols.</summary>
    internal string ToJson() => JsonSerializer.Serialize(_symbols);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidDataException">The text is not a JSON array of different strings.</exception>
    internal static Vocabulary FromJson(string json)
    {
        try
        {
            var symbols = JsonSerializer.Deserialize<string[]>(json) ?? [];
            return new(symbols, symbols.Contains(UnknownSymbol) ? UnknownSymbol : null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException(
                $"This is not a vocabulary, which is a JSON array of different strings: {e.Message}",
                e
            );
        }
    }
}
