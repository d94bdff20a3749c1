using System.Diagnostics.CodeAnalysis;
using RnnCourse.Blas.Threading;

namespace RnnCourse.Exercises.Checking;

/// <summary>Runs a check such that nothing a learner's method does reaches the notebook as an error.</summary>
/// <remarks>
/// The check runs on a thread of its own. Limits hold for the learner's code alone, which a check reaches through <see
/// cref="Call"/> and <see cref="Watched"/>; a check's own work may take as long as it takes, so a busy machine decides
/// nothing. Where the learner's code does not end, its thread is left behind: .NET cannot stop it. It is a background
/// thread, so it does not keep the notebook's process alive; if it computes, it goes on using a processor until the
/// kernel restarts. Two things no process can survive, and neither does this: a stack overflow, and
/// <c>Environment.Exit</c>.
/// </remarks>
internal static class Attempt
{
    private static readonly AsyncLocal<AttemptLimits?> OtherLimits = new();

    [ThreadStatic]
    private static LearnerClock? _clock;

    /// <summary>What the learner's code may use in one check.</summary>
    public static AttemptLimits Limits
    {
        get => OtherLimits.Value ?? AttemptLimits.Usual;
        set => OtherLimits.Value = value;
    }

    /// <summary>Whether this thread is within a call of a learner's code, for tests.</summary>
    public static bool IsInLearnersCode => _clock is { IsRunning: true };

    /// <summary>Judges an answer. The check returns null for a right one, and throws <see
    /// cref="NotImplementedException"/> for a blank.</summary>
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
    /// <param name="examples">What is wrong for the examples, or null.</param>
    /// <param name="table">What the examples compare one by one, to be shown with the verdict.</param>
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
            : ofExamples.Key.EndsWith("differs", StringComparison.Ordinal) ? cases.Habit(method, exercise) ?? ofExamples
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
        while (!worker.Join(LearnerClock.Glance))
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

    /// <summary>Calls the learner's method; what it throws is remembered with the case it was called for.</summary>
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

    /// <summary>A list that came from the learner, such that reading it is a call of the learner's code: the list may
    /// be of a class of theirs.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Watched<T>(string what, IReadOnlyList<T>? list) =>
        list is null or T[] or List<T> or WatchedList<T> ? list : new WatchedList<T>(what, list);

    /// <summary>Ends a check whose answer turns out to be a blank, such as <c>default</c>.</summary>
    public static NotImplementedException Blank() => new();

    private static bool IsBlank(Exception e) =>
        e is NotImplementedException
        || (
            e is AggregateException or System.Reflection.TargetInvocationException
            && e.InnerException is { } inner
            && IsBlank(inner)
        );

    /// <summary>Asks for the count and for items by their place, never for an enumerator, which might not
    /// end.</summary>
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
/// <param name="what">What it was called for, such as "for a sequence of length 0".</param>
/// <param name="inner">What it threw.</param>
internal sealed class LearnerException(string what, Exception inner) : Exception(what, inner);
