using System.Reflection;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises;

namespace RnnCourse.Tests.Exercises.Checking;

/// <summary>Whatever a learner's method does, the notebook gets a feedback and no exception.</summary>
public sealed class AttemptTests
{
    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("not even a message");
    }

    private static readonly Vector<double> None = null!;

    public static TheoryData<string, string> Nasty => new()
    {
        { "throws", "threw" }, { "throws without a message", "threw" }, { "throws within a task", "threw" }, { "runs out of memory", "threw" },
        { "reads beyond the end", "index" }, { "uses null", "null" }, { "multiplies what doesn't fit", "shapes" },
        { "returns one null", "missing" }, { "returns NaN", "not-finite" }, { "returns infinity", "not-finite" }, { "returns a long vector", "shape" },
        { "returns an empty-handed vector", "shape" }, { "writes into s_prev", "changed" }, { "writes into U", "changed" }, { "sleeps for ever", "endless" },
    };

    [Theory]
    [MemberData(nameof(Nasty))]
    public void A_nasty_step_becomes_feedback(string deed, string fault)
    {
        Attempt.Limit = TimeSpan.FromSeconds(deed == "sleeps for ever" ? 0.2 : 60);
        var feedback = Check.RecurrentStep(Step(deed));
        Assert.Equal(FeedbackState.NotYet, feedback.State);
        Assert.Equal(fault, feedback.Fault);
        Assert.Equal(feedback.ToString(), Check.RecurrentStep(Step(deed)).ToString());
        Assert.NotEmpty(feedback.Hint().Hint().Solution().ToHtml());
    }

    private static Check.StepMethod Step(string deed) => (x_i, s_prev, U, W, V, b, c) =>
    {
        var s_i = ((U * x_i) + (W * s_prev) + b).PointwiseTanh();
        var y_i = CrossEntropy.Softmax((V * s_i) + c);
        switch (deed)
        {
            case "throws": throw new InvalidOperationException("I give up.\nReally.");
            case "throws without a message": throw new UnreadableException();
            case "throws within a task": Task.Run(() => throw new FormatException("deep down")).Wait(); break;
            case "runs out of memory": _ = new string('x', int.MaxValue); break;
            case "reads beyond the end": _ = x_i[x_i.Count]; break;
            case "uses null": return (s_i, None + y_i[0] + None.Count);
            case "multiplies what doesn't fit": return (s_i, V * y_i * x_i[0] + U * c);
            case "returns one null": return (s_i, None);
            case "returns NaN": return (s_i * double.NaN, y_i);
            case "returns infinity": return (s_i, y_i / 0);
            case "returns a long vector": return (s_i, Vector<double>.Build.Dense(100_000));
            case "returns an empty-handed vector": return (y_i, y_i);
            case "writes into s_prev": s_i.CopyTo(s_prev); break;
            case "writes into U": U.Clear(); break;
            case "sleeps for ever": Thread.Sleep(Timeout.Infinite); break;
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
        Assert.Equal("changed", Check.MendedPredict((rnn, x) =>
        {
            var y = rnn.Predict(x);
            Array.Reverse((Vector<double>[])x);
            return y;
        }).Fault);
        Assert.Equal("changed", Check.MendedPredict((rnn, x) =>
        {
            var y = rnn.Predict(x);
            rnn.W.Clear();
            return y;
        }).Fault);
    }

    [Fact]
    public void Gradients_with_holes_become_feedback()
    {
        Assert.Equal("missing", Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets) with { dW = null! }).Fault);
        Assert.Equal("shape", Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets) with { dU = rnn.W }).Fault);
        Assert.Equal("not-finite", Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets) with { dc = rnn.c / 0 }).Fault);
        Assert.Equal(FeedbackState.NotAttempted, Check.Backward((_, _, _) => null!).State);
    }

    [Fact]
    public void An_endless_check_leaves_a_background_thread_behind()
    {
        Attempt.Limit = TimeSpan.FromSeconds(0.2);
        Thread? left = null;
        using var stop = new ManualResetEventSlim();
        var feedback = Check.MaskedLoss((_, _) =>
        {
            left = Thread.CurrentThread;
            stop.Wait();
            return 0;
        });
        Assert.Equal("endless", feedback.Fault);
        Assert.True(left!.IsBackground);
        stop.Set();
        left.Join();
    }

    [Fact]
    public void Every_blank_is_not_attempted_yet()
    {
        Feedback[] blanks =
        [
            Check.RecurrentStep(null), Check.RecurrentStep((_, _, _, _, _, _, _) => default), Check.RecurrentStep((_, _, _, _, _, _, _) => throw new NotImplementedException()),
            Check.RecurrentRun(null), Check.RecurrentRun((_, _, _) => default), Check.RecurrentRun((_, _, _) => throw new NotImplementedException()),
            Check.MendedPredict(null), Check.MendedPredict((_, _) => null!), Check.ManySequences(null), Check.ManySequences((_, _) => null!),
            Check.StateTest(null), Check.StateTest((_, _) => throw new NotImplementedException()),
            Check.SpecialCase(null, null), Check.FlatCurve(null, null), Check.HandMade(null),
            Check.MaskedLoss(null), Check.MaskedLoss((_, _) => throw new NotImplementedException()), Check.MaskedMeanLoss(null),
            Check.Softmax(null), Check.Softmax(_ => null!), Check.Backward(null), Check.Clip(null), Check.Clip((_, _) => null!),
            Check.Softmax(_ => throw new TargetInvocationException(new NotImplementedException())),
        ];
        Assert.All(blanks, blank => Assert.Equal(FeedbackState.NotAttempted, blank.State));
        Assert.All(blanks, blank => Assert.Contains("not attempted yet", blank.ToString(), StringComparison.Ordinal));
    }

    private sealed class LyingList(int count) : IReadOnlyList<Vector<double>>
    {
        public int Count => count;

        public Vector<double> this[int index] => throw new InvalidOperationException("There is nothing here.");

        public IEnumerator<Vector<double>> GetEnumerator() => throw new InvalidOperationException("There is nothing here.");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
