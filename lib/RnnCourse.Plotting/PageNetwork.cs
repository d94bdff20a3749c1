using System.Numerics;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Plotting.Explorables;

namespace RnnCourse.Plotting;

/// <summary>
/// A small network for a page: its weights as 32-bit numbers, rounded, and the steps by which the page's script
/// computes with them, in double precision.
/// </summary>
/// <remarks>
/// What is computed has names, by which a <see cref="PageView"/> shows it: <c>s</c> the states of the uppermost layer
/// (<c>s1</c>, <c>s2</c>, … those of each layer, from the bottom, where there are several; <c>back</c> in front for the
/// direction from the last step to the first), <c>z</c> the scores, <c>y</c> their softmax. Beside the states of a GRU
/// stand <c>s.r</c>, <c>s.z</c> and <c>s.n</c>, beside those of an LSTM <c>s.c</c>, <c>s.i</c>, <c>s.f</c>, <c>s.g</c>
/// and <c>s.o</c>; beside the scores of an attention model <c>z.weights</c>.
/// </remarks>
public sealed class PageNetwork
{
    private const int MaxNumbers = 100_000;

    private PageNetwork(IReadOnlyList<string> symbols, string? before, int size, IReadOnlyList<NetworkStep> steps)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        if (
            symbols.Count != size
            || symbols.Any(symbol => string.IsNullOrEmpty(symbol) || symbol.Any(char.IsWhiteSpace))
            || symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Count
        )
        {
            throw new ArgumentException(
                $"The network reads {size} symbols; give the word or the letter of each, in order, without blanks, "
                    + $"each another one. There are {symbols.Count}."
            );
        }

        if (before is not null && !symbols.Contains(before))
        {
            throw new ArgumentException($"“{before}” is to be read first, and isn't one of the symbols.");
        }

        if (steps.Sum(step => step.Weights.Values.Sum(weights => weights.Values.Length)) > MaxNumbers)
        {
            throw new ArgumentException($"A network on a page has at most {MaxNumbers} numbers.");
        }

        (Symbols, Before, Size, Steps) = (symbols, before, size, steps);
    }

    internal IReadOnlyList<string> Symbols { get; }

    internal string? Before { get; }

    internal int Size { get; }

    internal IReadOnlyList<NetworkStep> Steps { get; }

    /// <summary>Whether it reads letters: all of its symbols have one.</summary>
    internal bool ReadsLetters => Symbols.All(symbol => symbol.EnumerateRunes().Count() == 1);

    /// <summary>Takes the lecture's network.</summary>
    /// <param name="network">The network; it reads one-hot vectors.</param>
    /// <param name="symbols">D words or letters: what each place of the input stands for. If all have one letter, texts
    /// are read letter by letter, otherwise word by word.</param>
    /// <returns>Its weights as they are now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="symbols"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The symbols aren't D different ones without blanks, or the network has
    /// more than 100,000 numbers.</exception>
    public static PageNetwork Of(VanillaRnn network, IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(
            symbols,
            null,
            network.U.ColumnCount,
            [
                new NetworkStep("rnn", "s", "x")
                    .With("U", network.U)
                    .With("W", network.W)
                    .With("b", network.b)
                    .With("start", network.s_0),
                new NetworkStep("dense", "z", "s").With("V", network.V).With("c", network.c),
                new NetworkStep("softmax", "y", "z"),
            ]
        );
    }

    /// <summary>Takes a model of the library: RNN, GRU or LSTM, of any number of layers, in one direction or
    /// both.</summary>
    /// <param name="model">The model; it reads symbols.</param>
    /// <param name="symbols">As of the other network.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <returns>Its weights as they are now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="symbols"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">As for the other network.</exception>
    public static PageNetwork Of<T>(SequenceModel<T> model, IReadOnlyList<string> symbols)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(
            symbols,
            null,
            model.Shape.InputSize,
            [.. ModelSteps.Of(model.Shape, model.Parameters, "x", "s", "z"), new NetworkStep("softmax", "y", "z")]
        );
    }

    /// <summary>Takes a model with attention. Its outputs are as many as its inputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="symbols">As of the other network.</param>
    /// <returns>Its weights as they are now.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">As for the other network.</exception>
    public static PageNetwork Of(AttentionModel model, IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(symbols);

        // The reader's parameters come first; its outputs are a key and a value, one under the other.
        var reader = model.Parameters.Take(8).ToList();
        var asker = model.Parameters.Skip(8).ToList();
        var (letters, keySize, H) = (reader[0].Columns, asker[^1].Rows, reader[1].Columns);
        var reads = new ModelShape(CellKind.Gru, letters, H, keySize + letters) { Bidirectional = true };
        return new(
            symbols,
            null,
            letters,
            [
                .. ModelSteps.Of(reads, reader, "x", "s", "stored"),
                .. ModelSteps.Of(new ModelShape(CellKind.Gru, 1, H, keySize), asker, "1", "asks", "queries"),
                new NetworkStep("rows", "keys", "stored") { From = 0, Count = keySize },
                new NetworkStep("rows", "values", "stored") { From = keySize, Count = letters },
                new NetworkStep("attend", "z", null)
                {
                    Queries = "queries",
                    Keys = "keys",
                    Values = "values",
                },
                new NetworkStep("softmax", "y", "z"),
            ]
        );
    }

    /// <summary>The same network, which reads a symbol in front of every text, such as the dot that begins a
    /// name.</summary>
    /// <param name="symbol">One of its symbols.</param>
    /// <returns>A new network.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="symbol"/> is null.</exception>
    /// <exception cref="ArgumentException">It isn't one of its symbols.</exception>
    public PageNetwork ReadingFirst(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return new(Symbols, symbol, Size, Steps);
    }
}
