namespace RnnCourse.Blas.Tests;

[Collection(nameof(Alone))]
public sealed class BlasThreadsTests : IDisposable
{
    private readonly int _count = BlasThreads.Count;

    public void Dispose() => BlasThreads.Count = _count;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(BlasThreads.Limit + 1)]
    public void An_impossible_number_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BlasThreads.Count = count);

    [Fact]
    public void A_sequential_scope_holds_for_its_thread_and_ends_once()
    {
        BlasThreads.Count = 4;
        var outer = BlasThreads.Sequential();
        var inner = BlasThreads.Sequential();
        inner.Dispose();
        inner.Dispose();
        Assert.Equal(1, BlasThreads.Allowed);
        var elsewhere = 0;
        var thread = new Thread(() => elsewhere = BlasThreads.Allowed);
        thread.Start();
        thread.Join();
        Assert.Equal(4, elsewhere);
        outer.Dispose();
        Assert.Equal(4, BlasThreads.Allowed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_call_allocates_nothing_once_it_is_warm(int threads)
    {
        BlasThreads.Count = threads;
        ProductCase[] cases =
        [
            new(128, 32, 128, false, false, 1, 0, 0, 1),
            new(200, 300, 200, true, true, 1, 1, 0, 2),
            new(100, 1, 100, true, false, 1, 0, 0, 3),
            new(1, 100, 100, true, false, 1, 0.5, 2, 4),
            new(1, 900, 900, false, true, 1, 1, 2, 5),
            new(8, 1, 13, false, false, 1, 0, 0, 6),
        ];
        foreach (var p in cases)
        {
            var (x, y) = (p.Fill<float>(), p.Fill<double>());
            for (var i = 0; i < 50; i++)
            {
                GemmTests.Multiply(p, x);
                GemmTests.Multiply(p, y);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                GemmTests.Multiply(p, x);
                GemmTests.Multiply(p, y);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Many_callers_at_once_get_what_one_gets()
    {
        BlasThreads.Count = 3;
        var p = new ProductCase(180, 90, 130, false, true, 1, 0, 0, 9);
        var alone = p.Fill<float>();
        GemmTests.Multiply(p, alone);
        var wrong = 0;
        var callers = Enumerable
            .Range(0, 12)
            .Select(_ => new Thread(() =>
            {
                var mine = p.Fill<float>();
                for (var i = 0; i < 200; i++)
                {
                    Array.Clear(mine.C, mine.Margin, p.M * p.N);
                    GemmTests.Multiply(p, mine);
                    if (!mine.C.AsSpan().SequenceEqual(alone.C))
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }
            }))
            .ToArray();
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(0, wrong);
    }
}
