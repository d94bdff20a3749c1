namespace RnnCourse.Blas.Tests;

public sealed unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(7, 2)]
    [InlineData(64, 5)]
    [InlineData(3, 16)]
    public void Every_task_of_every_job_runs_once(int tasks, int threads)
    {
        var pool = new WorkerPool();
        var runs = stackalloc int[tasks];
        for (var job = 1; job <= 3000; job++)
        {
            pool.Run(tasks, threads, wake: job % 3 == 0, &Count, runs);
            for (var i = 0; i < tasks; i++)
            {
                Assert.Equal(job, runs[i]);
            }
        }
    }

    [Fact]
    public void Sleeping_helpers_are_woken()
    {
        var pool = new WorkerPool();
        var threads = stackalloc int[64];
        pool.Run(64, 2, wake: true, &Remember, threads);

        // On a busy machine the woken helper may come too late for all tasks of one job, but not for those of a
        // thousand jobs.
        var took = 0;
        for (var job = 0; job < 1000 && took < 2; job++)
        {
            while (pool.SleepingThreads == 0)
            {
                Thread.Sleep(1);
            }

            pool.Run(64, 2, wake: true, &Remember, threads);
            took = new ReadOnlySpan<int>(threads, 64).ToArray().Distinct().Count();
        }

        Assert.Equal(2, took);
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_the_pool_lives_on()
    {
        var pool = new WorkerPool();
        var failed = Assert.Throws<NotSupportedException>(() => pool.Run(9, 3, wake: true, &Fail, null));
        Assert.Contains("task 4 broke", failed.Message, StringComparison.Ordinal);
        var runs = stackalloc int[9];
        pool.Run(9, 3, wake: true, &Count, runs);
        Assert.Equal(Enumerable.Repeat(1, 9), new ReadOnlySpan<int>(runs, 9).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_task_of_a_managed_job_runs_once(int threads)
    {
        var pool = new WorkerPool();
        for (var job = 0; job < 200; job++)
        {
            var done = new int[job % 17];
            pool.Run(done.Length, threads, task => Interlocked.Increment(ref done[task]));
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_managed_job_can_have_more_tasks_than_fit_one_ticket()
    {
        var done = new int[(2 * WorkerPool.MaxTasks) + 3];
        new WorkerPool().Run(done.Length, 3, task => Interlocked.Increment(ref done[task]));
        Assert.All(done, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_failing_task_of_a_managed_job_is_reported_as_it_was_thrown()
    {
        var pool = new WorkerPool();
        var failure = Assert.Throws<InvalidOperationException>(() =>
            pool.Run(10, 3, task => _ = task == 4 ? throw new InvalidOperationException("task 4") : task)
        );
        Assert.Equal("task 4", failure.Message);
        var done = 0;
        pool.Run(2, 3, _ => Interlocked.Increment(ref done));
        Assert.Equal(2, done);
    }

    private static void Count(void* state, int task) => Interlocked.Increment(ref ((int*)state)[task]);

    private static void Remember(void* state, int task)
    {
        Thread.Sleep(2);
        ((int*)state)[task] = Environment.CurrentManagedThreadId;
    }

    private static void Fail(void* state, int task)
    {
        if (task == 4)
        {
            throw new NotSupportedException($"task {task} broke");
        }
    }
}
