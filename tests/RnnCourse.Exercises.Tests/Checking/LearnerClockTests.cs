using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests.Checking;

public sealed class LearnerClockTests
{
    [Fact]
    public void Time_between_two_distant_polls_counts_as_two_intervals_at_most()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells whether a thread waits.");

        var clock = new LearnerClock(new AttemptLimits(TimeSpan.FromHours(1), TimeSpan.FromSeconds(0.5)));
        using var entered = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var learner = new Thread(() =>
        {
            clock.Begin();
            clock.Enter();
            entered.Set();
            end.Wait();
            clock.Leave();
            clock.End();
        });
        learner.Start();
        entered.Wait(TestContext.Current.CancellationToken);

        // However long this pause becomes on a busy machine, it counts as one pause, and so as at most a fifth of the
        // limit.
        Assert.Null(clock.LimitReached());
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.Null(clock.LimitReached());

        // With readings in between, the waiting is noticed in the end.
        while (clock.LimitReached() is null)
        {
            Thread.Sleep(LearnerClock.PollInterval);
        }

        end.Set();
        learner.Join();
    }
}
