using RnnCourse.Blas.Threading;

namespace RnnCourse.Baselines;

/// <summary>Predicts the next symbol by counting what followed the last few ones, smoothed by interpolated Kneser–Ney
/// with three discounts.</summary>
/// <remarks>
/// <para>Chen and Goodman, "An empirical study of smoothing techniques for language modeling", 1999, section 4.1.6: the
/// strongest of the counting methods. From the count of each symbol after a context a discount is taken (another one
/// for counts of 1, of 2, and of more), and the probability taken is distributed by the model of the context without
/// its first symbol. The shorter models count not how often a symbol occurred but after how many different symbols. The
/// shortest distributes evenly, so that no symbol has probability 0.</para>
/// <para>A sequence begins with a border that is part of contexts but is never predicted.</para>
/// </remarks>
public sealed class NGramModel
{
    /// <summary>The longest n-grams that are supported.</summary>
    internal const int MaxOrder = 6;

    private readonly Dictionary<Context, Followers>[] _contexts; // by the number of symbols in the context

    private NGramModel(int symbols, int order)
    {
        (Symbols, Order) = (symbols, order);
        _contexts = [.. Enumerable.Range(0, order).Select(_ => new Dictionary<Context, Followers>())];
    }

    /// <summary>How many symbols there are.</summary>
    public int Symbols { get; }

    /// <summary>n: 1 uses no previous symbol, 2 (a bigram) one, 4 three.</summary>
    public int Order { get; }

    /// <summary>Counts the training data.</summary>
    /// <param name="sequences">The sequences to learn from, each of shape (n), each symbol from 0 to
    /// <paramref name="symbols"/> − 1.</param>
    /// <param name="symbols">How many symbols there are.</param>
    /// <param name="order">n, from 1 to <see cref="MaxOrder"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or a symbol is out of range.</exception>
    public static NGramModel Fit(IEnumerable<IReadOnlyList<int>> sequences, int symbols, int order)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, MaxOrder);
        var model = new NGramModel(symbols, order);
        foreach (var sequence in sequences)
        {
            HostInterrupt.Check();
            for (var i = 0; i < sequence.Count; i++)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                    (uint)sequence[i],
                    (uint)symbols,
                    nameof(sequences)
                );
                model.FollowersOf(order - 1, Context.Before(sequence, i, order - 1)).Add(sequence[i]);
            }
        }

        for (var length = order - 1; length > 0; length--)
        {
            foreach (var (context, followers) in model._contexts[length])
            {
                foreach (var symbol in followers.Counts.Keys)
                {
                    model.FollowersOf(length - 1, context.WithoutFirst).Add(symbol);
                }
            }
        }

        foreach (var contexts in model._contexts)
        {
            var discounts = Discounts.Estimate(contexts.Values);
            foreach (var followers in contexts.Values)
            {
                followers.Finish(discounts);
            }
        }

        return model;
    }

    /// <summary>The probability of a symbol.</summary>
    /// <param name="sequence">The sequence that contains the symbol, shape (n).</param>
    /// <param name="index">Where; only symbols before it are looked at.</param>
    /// <param name="symbol">The symbol.</param>
    public double Probability(IReadOnlyList<int> sequence, int index, int symbol)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var p = 1.0 / Symbols;
        for (var length = 0; length < Order; length++)
        {
            if (_contexts[length].TryGetValue(Context.Before(sequence, index, length), out var followers))
            {
                p = followers.Probability(symbol, p);
            }
        }

        return p;
    }

    /// <summary>How hard sequences are to predict.</summary>
    /// <param name="sequences">The sequences, each of shape (n).</param>
    /// <returns>The mean of −ln p over all symbols, in nats; NaN if there is none.</returns>
    public double MeanLoss(IEnumerable<IReadOnlyList<int>> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var (sum, count) = (0.0, 0L);
        foreach (var sequence in sequences)
        {
            HostInterrupt.Check();
            for (var i = 0; i < sequence.Count; i++)
            {
                sum -= Math.Log(Probability(sequence, i, sequence[i]));
            }

            count += sequence.Count;
        }

        return sum / count;
    }

    /// <summary>The share of symbols that the model predicts correctly, taking the most probable one.</summary>
    /// <param name="sequences">The sequences, each of shape (n).</param>
    public double Accuracy(IEnumerable<IReadOnlyList<int>> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var (right, count) = (0L, 0L);
        foreach (var sequence in sequences)
        {
            HostInterrupt.Check();
            for (var i = 0; i < sequence.Count; i++)
            {
                if (Guess(sequence, i) == sequence[i])
                {
                    right++;
                }
            }

            count += sequence.Count;
        }

        return (double)right / count;
    }

    // Of the symbols that never followed one of the longer contexts, the one most frequent after the shortest context
    // is the most probable.
    internal int Guess(IReadOnlyList<int> sequence, int index)
    {
        var (best, bestProbability) = (0, -1.0);
        for (var length = Order - 1; length >= 0; length--)
        {
            if (!_contexts[length].TryGetValue(Context.Before(sequence, index, length), out var followers))
            {
                continue;
            }

            foreach (var symbol in length == 0 ? followers.Most : (IEnumerable<int>)followers.Counts.Keys)
            {
                if (
                    Probability(sequence, index, symbol) is var p
                    && (p > bestProbability || (p == bestProbability && symbol < best))
                )
                {
                    (best, bestProbability) = (symbol, p);
                }
            }

            if (bestProbability > 0.5)
            {
                break;
            }
        }

        return best;
    }

    private Followers FollowersOf(int length, Context context)
    {
        if (!_contexts[length].TryGetValue(context, out var followers))
        {
            _contexts[length][context] = followers = new();
        }

        return followers;
    }

    /// <summary>The symbols before a place, the last one in <paramref name="E"/>; −1 before the sequence's first, −2
    /// where the context is shorter.</summary>
    private readonly record struct Context(int A, int B, int C, int D, int E)
    {
        public Context WithoutFirst =>
            A != -2 ? this with { A = -2 }
            : B != -2 ? this with { B = -2 }
            : C != -2 ? this with { C = -2 }
            : D != -2 ? this with { D = -2 }
            : this with { E = -2 };

        public static Context Before(IReadOnlyList<int> sequence, int index, int length)
        {
            int At(int back) =>
                back > length ? -2
                : index - back < 0 ? -1
                : sequence[index - back];
            return new(At(5), At(4), At(3), At(2), At(1));
        }
    }

    private sealed class Followers
    {
        private double _total,
            _shared;
        private Discounts _discounts = new(0, 0, 0);

        public Dictionary<int, int> Counts { get; } = [];

        /// <summary>The most frequent follower.</summary>
        public int[] Most { get; private set; } = [];

        public void Add(int symbol) => Counts[symbol] = Counts.GetValueOrDefault(symbol) + 1;

        public void Finish(Discounts discounts)
        {
            _discounts = discounts;
            _total = Counts.Values.Sum(count => (double)count);
            _shared = Counts.Values.Sum(discounts.Of) / _total;
            Most = [Counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key];
        }

        public double Probability(int symbol, double shorter) =>
            ((Counts.TryGetValue(symbol, out var count) ? count - _discounts.Of(count) : 0) / _total)
            + (_shared * shorter);
    }

    /// <summary>The discounts for a count of 1, of 2, and of 3 or more.</summary>
    private sealed record Discounts(double One, double Two, double More)
    {
        public double Of(int count) =>
            count switch
            {
                0 => 0,
                1 => One,
                2 => Two,
                _ => More,
            };

        public static Discounts Estimate(IEnumerable<Followers> followers)
        {
            var n = new double[5]; // how many n-grams were counted 1, 2, 3, 4 times
            foreach (var count in followers.SelectMany(one => one.Counts.Values))
            {
                if (count < 5)
                {
                    n[count]++;
                }
            }

            var y = n[1] / (n[1] + (2 * n[2]));
            // The usual defaults where there are too few n-grams to estimate the discounts.
            double Of(int count, double instead) =>
                n[1] > 0 && n[count] > 0 && n[count + 1] > 0
                    ? Math.Clamp(count - ((count + 1) * y * n[count + 1] / n[count]), 0.01, count)
                    : instead;
            return new(Of(1, 0.5), Of(2, 0.75), Of(3, 0.9));
        }
    }
}
