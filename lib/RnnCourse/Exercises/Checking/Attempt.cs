namespace RnnCourse.Exercises;

/// <summary>Runs a check such that nothing a learner's method does reaches the notebook as an error.</summary>
/// <remarks>
/// The check runs on a thread of its own. Where it does not end in time, that thread is left behind: .NET cannot stop it. It is a
/// background thread, so it does not keep the notebook's process alive; it goes on using a processor until the kernel restarts.
/// Two things no process can survive, and neither does this: a stack overflow, and <c>Environment.Exit</c>.
/// </remarks>
internal static class Attempt
{
    private static readonly AsyncLocal<TimeSpan?> Shorter = new();

    /// <summary>How long a check may take: far longer than any right answer needs, even on a busy machine.</summary>
    public static TimeSpan Limit
    {
        get => Shorter.Value ?? TimeSpan.FromSeconds(10);
        set => Shorter.Value = value;
    }

    /// <summary>Judges an answer. The check returns null for a right one, and throws <see cref="NotImplementedException"/> for a blank.</summary>
    public static Feedback Judge(Exercise exercise, bool blank, Func<Finding?> check)
    {
        var feedback = Try(exercise, blank, check);
        Progress.Note(feedback);
        return feedback;
    }

    private static Feedback Try(Exercise exercise, bool blank, Func<Finding?> check)
    {
        if (blank) return Feedback.NotAttempted(exercise);
        Finding? finding = null;
        Exception? error = null;
        var worker = new Thread(() =>
        {
            try
            {
                finding = check();
            }
            catch (Exception e)
            {
                error = e;
            }
        })
        {
            IsBackground = true,
            Name = $"check {exercise.Id}",
        };
        worker.Start();
        if (!worker.Join(Limit)) return Feedback.NotYet(exercise, Findings.Endless);
        if (error is not null)
            return IsBlank(error) ? Feedback.NotAttempted(exercise) : Feedback.NotYet(exercise, Findings.Threw(error, exercise));
        return finding is null ? Feedback.Correct(exercise) : Feedback.NotYet(exercise, finding);
    }

    /// <summary>Calls the learner's method; what it throws is remembered with the case it was called for.</summary>
    public static T Call<T>(string what, Func<T> method)
    {
        try
        {
            return method();
        }
        catch (Exception e) when (!IsBlank(e))
        {
            throw new LearnerException(what, e);
        }
    }

    /// <summary>Ends a check whose answer turns out to be a blank, such as <c>default</c>.</summary>
    public static NotImplementedException Blank() => new();

    private static bool IsBlank(Exception e) =>
        e is NotImplementedException || (e is AggregateException or System.Reflection.TargetInvocationException && e.InnerException is { } inner && IsBlank(inner));
}

/// <summary>A learner's method threw.</summary>
/// <param name="what">What it was called for, such as "for a sequence of length 0".</param>
/// <param name="inner">What it threw.</param>
internal sealed class LearnerException(string what, Exception inner) : Exception(what, inner);
