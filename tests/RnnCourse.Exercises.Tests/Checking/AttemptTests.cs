using System.Reflection;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Checking;
using RnnCourse.Exercises.Lesson06;

namespace RnnCourse.Exercises.Tests.Checking;

/// <summary>Whatever a learner's method does, the notebook gets a feedback and no exception.</summary>
public sealed class AttemptTests
{
    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("not even a message");
    }

    private static readonly Vector<double> None = null!;
    private static readonly TimeSpan Little = TimeSpan.FromSeconds(0.2);

    public static TheoryData<string, string> Nasty =>
        new()
        {
            { "throws", "threw" },
            { "throws without a message", "threw" },
            { "throws within a task", "threw" },
            { "runs out of memory", "threw" },
            { "reads beyond the end", "index" },
            { "uses null", "null" },
            { "multiplies what doesn't fit", "shapes" },
            { "returns one null", "missing" },
            { "returns NaN", "not-finite" },
            { "returns infinity", "not-finite" },
            { "returns a long vector", "shape" },
            { "returns an empty-handed vector", "shape" },
            { "writes into s_prev", "changed" },
            { "writes into U", "changed" },
            { "sleeps for ever", "waiting" },
        };

    [Theory]
    [MemberData(nameof(Nasty))]
    public void A_nasty_step_becomes_feedback(string deed, string fault)
    {
        if (deed == "sleeps for ever")
        {
            Attempt.Limits = AttemptLimits.Usual with { Waiting = Little };
        }

        var feedback = Check.RecurrentStep(Step(deed));
        Assert.Equal(FeedbackState.NotYet, feedback.State);
        Assert.Equal(fault, feedback.Fault);
        Assert.Equal(feedback.ToString(), Check.RecurrentStep(Step(deed)).ToString());
        Assert.NotEmpty(feedback.Hint().Hint().Solution().ToHtml());
    }

    private static Check.StepMethod Step(string deed) =>
        (x_i, s_prev, U, W, V, b, c) =>
        {
            var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
            var y_i = CrossEntropy.Softmax((V * s_i) + c);
            switch (deed)
            {
                case "throws":
                    throw new InvalidOperationException("I give up.\nReally.");
                case "throws without a message":
                    throw new UnreadableException();
                case "throws within a task":
                    Task.Run(() => throw new FormatException("deep down")).Wait();
                    break;
                case "runs out of memory":
                    _ = new string('x', int.MaxValue);
                    break;
                case "reads beyond the end":
                    _ = x_i[x_i.Count];
                    break;
                case "uses null":
                    return (s_i, None + y_i[0] + None.Count);
                case "multiplies what doesn't fit":
                    return (s_i, V * y_i * x_i[0] + U * c);
                case "returns one null":
                    return (s_i, None);
                case "returns NaN":
                    return (s_i * double.NaN, y_i);
                case "returns infinity":
                    return (s_i, y_i / 0);
                case "returns a long vector":
                    return (s_i, Vector<double>.Build.Dense(100_000));
                case "returns an empty-handed vector":
                    return (y_i, y_i);
                case "writes into s_prev":
                    s_i.CopyTo(s_prev);
                    break;
                case "writes into U":
                    U.Clear();
                    break;
                case "sleeps for ever":
                    Thread.Sleep(Timeout.Infinite);
                    break;
            }

            return (s_i, y_i);
        };

    [Fact]
    public void A_list_that_lies_becomes_feedback()
    {
        Assert.Equal("count", Check.MendedPredict((_, _) => new LyingList(5_000_000)).Fault);
        Assert.Equal("threw", Check.MendedPredict((_, x) => new LyingList(x.Count)).Fault);
        Assert.Equal("count", Check.MendedPredict((_, _) => []).Fault);
        Assert.Equal("missing", Check.MendedPredict((_, x) => [.. x.Select(_ => None)]).Fault);
        Assert.Equal(
            "changed",
            Check
                .MendedPredict(
                    (rnn, x) =>
                    {
                        var y = rnn.Predict(x);
                        Array.Reverse((Vector<double>[])x);
                        return y;
                    }
                )
                .Fault
        );
        Assert.Equal(
            "changed",
            Check
                .MendedPredict(
                    (rnn, x) =>
                    {
                        var y = rnn.Predict(x);
                        rnn.W.Clear();
                        return y;
                    }
                )
                .Fault
        );
    }

    [Fact]
    public void Gradients_with_holes_become_feedback()
    {
        Assert.Equal(
            "missing",
            Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets) with { dW = null! }).Fault
        );
        Assert.Equal(
            "shape",
            Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets) with { dU = rnn.W }).Fault
        );
        Assert.Equal(
            "not-finite",
            Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets) with { dc = rnn.c / 0 }).Fault
        );
        Assert.Equal(FeedbackState.NotAttempted, Check.Backward((_, _, _) => null!).State);
    }

    [Fact]
    public void A_method_that_waits_is_left_behind_on_a_background_thread_with_words_about_waiting()
    {
        Attempt.Limits = AttemptLimits.Usual with { Waiting = Little };
        Thread? left = null;
        using var stop = new ManualResetEventSlim();
        var feedback = Check.MaskedLoss(
            (_, _) =>
            {
                left = Thread.CurrentThread;
                stop.Wait();
                return 0;
            }
        );
        Assert.Equal("waiting", feedback.Fault);
        Assert.Contains("waits for something that does not come", feedback.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("loop", feedback.Message + feedback.Hints[0], StringComparison.Ordinal);
        Assert.True(left!.IsBackground);
        stop.Set();
        left.Join();
    }

    [Fact]
    public void A_method_that_only_looks_again_and_again_whether_something_has_come_waits()
    {
        Attempt.Limits = AttemptLimits.Usual with { Waiting = Little };
        var stop = false;
        var feedback = Check.MaskedLoss(
            (_, _) =>
            {
                while (!Volatile.Read(ref stop))
                {
                    Thread.Sleep(20);
                }

                return 0;
            }
        );
        Volatile.Write(ref stop, true);
        Assert.Equal("waiting", feedback.Fault);
    }

    [Fact]
    public void A_method_that_computes_for_ever_is_left_behind_with_words_about_loops()
    {
        Attempt.Limits = AttemptLimits.Usual with { Work = Little };
        var stop = false;
        var feedback = Check.MaskedLoss(
            (_, _) =>
            {
                while (!Volatile.Read(ref stop))
                {
                    Thread.SpinWait(100);
                }

                return 0;
            }
        );
        Volatile.Write(ref stop, true);
        Assert.Equal("endless", feedback.Fault);
        Assert.Contains("loop", feedback.Hints[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_the_learners_own_class_that_computes_for_ever_is_left_behind()
    {
        Attempt.Limits = AttemptLimits.Usual with { Work = Little };
        var stop = false;
        var feedback = Check.MendedPredict((_, x) => new EndlessList(x.Count, () => Volatile.Read(ref stop)));
        Volatile.Write(ref stop, true);
        Assert.Equal("endless", feedback.Fault);
    }

    [Fact]
    public void The_work_of_many_calls_counts_together()
    {
        Attempt.Limits = AttemptLimits.Usual with { Work = Little };
        var calls = 0;
        var stop = false;
        var feedback = Attempt.Judge(
            Texts06.Step,
            blank: false,
            () =>
            {
                for (; !Volatile.Read(ref stop); calls++)
                {
                    Attempt.Call("again", () => Compute(Little / 20));
                }

                return null;
            }
        );
        Volatile.Write(ref stop, true);
        Assert.Equal("endless", feedback.Fault);
        Assert.True(calls > 1, "One call cannot have taken all of it.");
    }

    [Fact]
    public void What_a_check_computes_and_waits_for_itself_has_no_limit()
    {
        Attempt.Limits = new AttemptLimits(Little / 4, Little / 4);
        var feedback = Attempt.Judge(
            Texts06.Step,
            blank: false,
            () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    Compute(Little);
                    Thread.Sleep(Little);
                    Attempt.Call("between", () => 0);
                }

                return null;
            }
        );
        Assert.Equal(FeedbackState.Correct, feedback.State);
    }

    [Fact]
    public void A_learner_who_wrote_no_code_is_never_told_of_a_method_that_does_not_end()
    {
        Attempt.Limits = new AttemptLimits(TimeSpan.Zero, TimeSpan.Zero);
        var network = new VanillaRnn(8, 64, 2, new SeededRandom(5));
        Assert.False(Check.KeepsLag20(network, radius: 1.5).Fault is "endless" or "waiting");
    }

    // Uses this much processor time, however long that takes.
    private static int Compute(TimeSpan time)
    {
        using var meter = ThreadMeter.OfThisThread();
        var begun = meter.ProcessorTime;
        while (meter.ProcessorTime - begun < time)
        {
            Thread.SpinWait(1000);
        }

        return 0;
    }

    [Fact]
    public void Every_blank_is_not_attempted_yet()
    {
        Feedback[] blanks =
        [
            Check.RecurrentStep(null),
            Check.RecurrentStep((_, _, _, _, _, _, _) => default),
            Check.RecurrentStep((_, _, _, _, _, _, _) => throw new NotImplementedException()),
            Check.RecurrentRun(null),
            Check.RecurrentRun((_, _, _) => default),
            Check.RecurrentRun((_, _, _) => throw new NotImplementedException()),
            Check.MendedPredict(null),
            Check.MendedPredict((_, _) => null!),
            Check.ManySequences(null),
            Check.ManySequences((_, _) => null!),
            Check.StateTest(null),
            Check.StateTest((_, _) => throw new NotImplementedException()),
            Check.SpecialCase(null, null),
            Check.FlatCurve(null, null),
            Check.HandMade(null),
            Check.MaskedLoss(null),
            Check.MaskedLoss((_, _) => throw new NotImplementedException()),
            Check.MaskedMeanLoss(null),
            Check.Softmax(null),
            Check.Softmax(_ => null!),
            Check.Backward(null),
            Check.Clip(null),
            Check.Clip((_, _) => null!),
            Check.Softmax(_ => throw new TargetInvocationException(new NotImplementedException())),
        ];
        Assert.All(blanks, blank => Assert.Equal(FeedbackState.NotAttempted, blank.State));
        Assert.All(blanks, blank => Assert.Contains("not attempted yet", blank.ToString(), StringComparison.Ordinal));
    }

    private sealed class EndlessList(int count, Func<bool> stops) : IReadOnlyList<Vector<double>>
    {
        public int Count => count;

        public Vector<double> this[int index]
        {
            get
            {
                while (!stops())
                {
                    Thread.SpinWait(100);
                }

                return None;
            }
        }

        public IEnumerator<Vector<double>> GetEnumerator()
        {
            for (var i = 0; !stops(); i = (i + 1) % count)
            {
                yield return this[i];
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class LyingList(int count) : IReadOnlyList<Vector<double>>
    {
        public int Count => count;

        public Vector<double> this[int index] => throw new InvalidOperationException("There is nothing here.");

        public IEnumerator<Vector<double>> GetEnumerator() =>
            throw new InvalidOperationException("There is nothing here.");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
