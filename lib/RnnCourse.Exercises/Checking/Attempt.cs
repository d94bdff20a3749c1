using System.Diagnostics.CodeAnalysis;
using RnnCourse.Blas.Threading;

namespace RnnCourse.Exercises.Checking;

/// <summary>Runs a check so that nothing that a learner's method does causes an error of the notebook.</summary>
/// <remarks>
/// The check runs on a separate thread. The limits apply only to the learner's code, which a check calls through
/// <see cref="Call"/> and <see cref="Watched"/>; a check's own work is not limited, so a busy machine does not affect
/// the result. If the learner's code does not end, its thread is left running, because .NET cannot stop it. It is a
/// background thread, so it does not keep the notebook's process alive; if it computes, it uses a processor until the
/// kernel is restarted. Neither a stack overflow nor <c>Environment.Exit</c> can be caught: both end the process.
/// </remarks>
internal static class Attempt
{
    private static readonly AsyncLocal<AttemptLimits?> OtherLimits = new();

    [ThreadStatic]
    private static LearnerClock? _clock;

    /// <summary>The limits of the learner's code in one check.</summary>
    public static AttemptLimits Limits
    {
        get => OtherLimits.Value ?? AttemptLimits.Usual;
        set => OtherLimits.Value = value;
    }

    /// <summary>Whether this thread is executing a learner's code; for tests.</summary>
    public static bool IsInLearnersCode => _clock is { IsRunning: true };

    /// <summary>Judges an answer. The check returns null for a right answer, and throws
    /// <see cref="NotImplementedException"/> for a blank.</summary>
    public static Feedback Judge(Exercise exercise, bool blank, Func<Finding?> check)
    {
        var feedback = Try(exercise, blank, check);
        Progress.Note(feedback);
        return feedback;
    }

    /// <summary>Judges a method: first by examples whose faults can be named, then by the cases of its
    /// criterion.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="method">The learner's method; null for a blank.</param>
    /// <param name="examples">Finds what is wrong for the examples, or null.</param>
    /// <param name="table">The comparisons of the examples, to be shown with the verdict.</param>
    public static Feedback Judge(
        Exercise exercise,
        Delegate? method,
        Func<Finding?> examples,
        ComparisonTable? table = null
    )
    {
        var feedback = Try(exercise, method is null, () => Judged(examples(), method!, exercise));
        if (table is not null && feedback.State != FeedbackState.NotAttempted)
        {
            feedback = feedback.With(table.Rows);
        }

        Progress.Note(feedback);
        return feedback;
    }

    private static Finding? Judged(Finding? ofExamples, Delegate method, Exercise exercise)
    {
        var cases = exercise.RightIf.Cases!;
        return ofExamples is null ? cases.Fault(method, exercise)
            // A result that no formula explains may come from a habit of the method: it keeps values between calls, or
            // ignores its arguments.
            : ofExamples.Key.EndsWith("differs", StringComparison.Ordinal)
                ? cases.FaultOfEveryCall(method, exercise) ?? ofExamples
            : ofExamples;
    }

    private static Feedback Try(Exercise exercise, bool blank, Func<Finding?> check)
    {
        if (blank)
        {
            return Feedback.NotAttempted(exercise);
        }

        Finding? finding = null;
        Exception? error = null;
        var clock = new LearnerClock(Limits);
        var worker = new Thread(() =>
        {
            try
            {
                clock.Begin();
                _clock = clock;
                finding = check();
            }
            catch (Exception e)
            {
                error = e;
            }
            finally
            {
                clock.End();
            }
        })
        {
            IsBackground = true,
            Name = $"check {exercise.Id}",
        };
        worker.Start();
        while (!worker.Join(LearnerClock.PollInterval))
        {
            HostInterrupt.Check();
            if (clock.LimitReached() is { } left)
            {
                return Feedback.NotYet(exercise, left);
            }
        }

        HostInterrupt.Check(); // an interrupt is not the learner's error
        if (error is not null)
        {
            return IsBlank(error)
                ? Feedback.NotAttempted(exercise)
                : Feedback.NotYet(exercise, Findings.Threw(error, exercise));
        }

        return finding is null ? Feedback.Correct(exercise) : Feedback.NotYet(exercise, finding);
    }

    /// <summary>Calls the learner's method; an exception is kept together with the case for which it was
    /// thrown.</summary>
    public static T Call<T>(string what, Func<T> method)
    {
        var clock = _clock;
        clock?.Enter();
        try
        {
            return method();
        }
        catch (Exception e) when (e is not LearnerException && !IsBlank(e))
        {
            throw new LearnerException(what, e);
        }
        finally
        {
            clock?.Leave();
        }
    }

    /// <summary>Wraps a list that the learner's code returned, so that reading it counts as a call of the learner's
    /// code, because its class may be the learner's own.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Watched<T>(string what, IReadOnlyList<T>? list) =>
        list is null or T[] or List<T> or WatchedList<T> ? list : new WatchedList<T>(what, list);

    /// <summary>The exception to throw if an answer turns out to be a blank, such as <c>default</c>.</summary>
    public static NotImplementedException Blank() => new();

    private static bool IsBlank(Exception e) =>
        e is NotImplementedException
        || (
            e is AggregateException or System.Reflection.TargetInvocationException
            && e.InnerException is { } inner
            && IsBlank(inner)
        );

    /// <summary>Uses only the count and the items by index, never an enumerator, which might not end.</summary>
    private sealed class WatchedList<T>(string what, IReadOnlyList<T> list) : IReadOnlyList<T>
    {
        public int Count => Call(what, () => list.Count);

        public T this[int index] => Call(what, () => list[index]);

        public IEnumerator<T> GetEnumerator()
        {
            var count = Count;
            for (var i = 0; i < count; i++)
            {
                yield return this[i];
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>A learner's method threw.</summary>
/// <param name="what">The case for which it was called, such as "for a sequence of length 0".</param>
/// <param name="inner">The exception.</param>
internal sealed class LearnerException(string what, Exception inner) : Exception(what, inner);
