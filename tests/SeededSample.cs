using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;

namespace RnnCourse;

/// <summary>Tries a property on random cases that are the same in every run, so that a run of the tests doesn't fail by
/// the luck of its draw.</summary>
/// <remarks>
/// <para>These methods hide CsCheck's own of the same names, since this namespace encloses those of all tests. CsCheck
/// seeds its draws by the clock; the seed that it can be given is that of its first case only.</para>
/// <para>With <c>RNN_SAMPLE_SEED=number</c> the cases are others, as in <c>.ci/long</c>. A failing case is given to
/// CsCheck, which looks for a smaller one and says by which value of <c>CsCheck_Seed</c> to repeat it.</para>
/// </remarks>
internal static class SeededSample
{
    private static readonly ulong Seed = ulong.Parse(
        Environment.GetEnvironmentVariable("RNN_SAMPLE_SEED") is { Length: > 0 } seed ? seed : "1",
        CultureInfo.InvariantCulture
    );

    /// <summary>Tries a property on random cases, on several threads at once.</summary>
    /// <param name="gen">Draws a case.</param>
    /// <param name="assert">Throws for a case that does not have the property; or returns false for it.</param>
    /// <param name="iter">How many cases.</param>
    /// <param name="threads">How many at once; -1 for as many as there are processors.</param>
    /// <exception cref="CsCheckException">A case does not have the property.</exception>
    public static void Sample<T>(this Gen<T> gen, Action<T> assert, int iter = 100, int threads = -1)
    {
        if (Check.Seed is not null)
        {
            Check.Sample(gen, assert, iter: iter, threads: threads);
            return;
        }

        var random = new PCG(0, Seed);
        ulong[] seeds = [.. Enumerable.Range(0, iter).Select(_ => random.Next64())];
        var failures = new ConcurrentDictionary<long, Exception>();
        var outcome = Parallel.For(
            0L,
            iter,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            (k, loop) =>
            {
                try
                {
                    assert(gen.Generate(new PCG(0, seeds[k]), null, out _));
                }
                catch (Exception failure)
                {
                    failures[k] = failure;
                    loop.Break();
                }
            }
        );
        if (outcome.LowestBreakIteration is { } first)
        {
            var failing = new PCG(0, seeds[first]).ToString();
            Check.Sample(gen, assert, seed: failing, iter: iter, threads: threads);
            throw new CsCheckException(
                $"The case of CsCheck_Seed={failing} failed once, then passed.",
                failures[first]
            );
        }
    }

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2>(
        this Gen<(T1, T2)> gen,
        Action<T1, T2> assert,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => assert(t.Item1, t.Item2), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen,
        Action<T1, T2, T3> assert,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen,
        Action<T1, T2, T3, T4> assert,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3, t.Item4), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2, T3, T4, T5>(
        this Gen<(T1, T2, T3, T4, T5)> gen,
        Action<T1, T2, T3, T4, T5> assert,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2, T3, T4, T5, T6>(
        this Gen<(T1, T2, T3, T4, T5, T6)> gen,
        Action<T1, T2, T3, T4, T5, T6> assert,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => assert(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T>(this Gen<T> gen, Func<T, bool> holds, int iter = 100, int threads = -1) =>
        gen.Sample(t => Assert.True(holds(t)), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2>(
        this Gen<(T1, T2)> gen,
        Func<T1, T2, bool> holds,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => holds(t.Item1, t.Item2), iter, threads);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, int, int)"/>
    public static void Sample<T1, T2, T3>(
        this Gen<(T1, T2, T3)> gen,
        Func<T1, T2, T3, bool> holds,
        int iter = 100,
        int threads = -1
    ) => gen.Sample(t => holds(t.Item1, t.Item2, t.Item3), iter, threads);
}
