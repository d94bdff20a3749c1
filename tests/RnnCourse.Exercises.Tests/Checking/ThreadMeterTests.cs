using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests.Checking;

public sealed class ThreadMeterTests
{
    [Fact]
    public void The_time_of_a_thread_that_computes_grows_for_whoever_looks()
    {
        Watch(
            stop =>
            {
                while (!stop())
                {
                    Thread.SpinWait(100);
                }
            },
            meter =>
            {
                var before = meter.ProcessorTime;
                InTheEnd(() => meter.ProcessorTime > before + TimeSpan.FromMilliseconds(20));
            }
        );
    }

    [Fact]
    public void On_Linux_a_thread_that_computes_does_not_wait_and_one_that_sleeps_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere this can't be told.");
        Watch(
            stop =>
            {
                while (!stop())
                {
                    Thread.SpinWait(100);
                }
            },
            meter => InTheEnd(() => !meter.MayWait)
        ); // a collection of garbage makes it wait now and then
        using var woken = new ManualResetEventSlim();
        Watch(
            _ => woken.Wait(),
            meter =>
            {
                InTheEnd(() => meter.MayWait);
                woken.Set();
            }
        );
    }

    [Fact]
    public void On_Linux_the_time_of_other_threads_does_not_count()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the time of the whole process stands in.");
        using var own = ThreadMeter.OfThisThread();
        using var woken = new ManualResetEventSlim();
        Watch(
            _ => woken.Wait(),
            sleeper =>
            {
                InTheEnd(() => sleeper.MayWait);
                var (slept, computed) = (sleeper.ProcessorTime, own.ProcessorTime);
                while (own.ProcessorTime - computed < TimeSpan.FromMilliseconds(200))
                {
                    Thread.SpinWait(1000);
                }

                Assert.True(sleeper.ProcessorTime - slept < TimeSpan.FromMilliseconds(100));
                woken.Set();
            }
        );
    }

    [Fact]
    public void A_thread_that_has_ended_can_still_be_asked()
    {
        ThreadMeter? meter = null;
        var thread = new Thread(() => meter = ThreadMeter.OfThisThread());
        thread.Start();
        thread.Join();
        Assert.True(meter!.ProcessorTime > TimeSpan.Zero);
        _ = meter.MayWait;
        meter.Dispose();
    }

    private static void Watch(Action<Func<bool>> deed, Action<ThreadMeter> look)
    {
        var stop = false;
        using var begun = new ManualResetEventSlim();
        ThreadMeter? meter = null;
        var thread = new Thread(() =>
        {
            meter = ThreadMeter.OfThisThread();
            begun.Set();
            deed(() => Volatile.Read(ref stop));
        })
        {
            IsBackground = true,
        };
        thread.Start();
        begun.Wait();
        try
        {
            look(meter!);
        }
        finally
        {
            Volatile.Write(ref stop, true);
        }

        thread.Join();
        meter!.Dispose();
    }

    private static void InTheEnd(Func<bool> holds)
    {
        while (!holds())
        {
            Thread.Sleep(1);
        }
    }
}
