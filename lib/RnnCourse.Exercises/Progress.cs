using RnnCourse.Exercises.Recording;

namespace RnnCourse.Exercises;

/// <summary>
/// How far a learner has come: <see cref="Check"/>, <see cref="Quiz"/> and <see cref="Claim"/> record what they saw in
/// a file on this machine, in whatever host the notebook runs, and <c>rnn progress</c> shows it. Recording never fails
/// a cell and never changes what it prints.
/// </summary>
/// <remarks>
/// The file is named by the variable <c>RNN_PROGRESS</c>; without it, it is <c>RnnCourse/progress.jsonl</c> in the
/// user's folder for local application data. Nothing is recorded if <c>RNN_PROGRESS</c> is <c>off</c>, or if it is not
/// set and <c>CI</c> is, as on build machines.
/// </remarks>
public static class Progress
{
    /// <summary>The variable that names the file, or is <c>off</c>.</summary>
    public const string Variable = "RNN_PROGRESS";

    /// <summary>The variable that is set when the whole course is run at once. Only answers are then recorded, because
    /// running a lesson does not mean that it was read.</summary>
    public const string WholeCourseVariable = "RNN_WHOLE_COURSE";

    private static volatile bool _off;

    /// <summary>Stops recording in this process. The edition with solutions begins with it: its answers are not the
    /// learner's.</summary>
    public static void Off() => _off = true;

    /// <summary>The full path of the file; null if nothing is recorded. The file need not exist yet.</summary>
    public static string? FilePath
    {
        get
        {
            try
            {
                return Environment.GetEnvironmentVariable(Variable) switch
                {
                    { } named when named.Trim().Equals("off", StringComparison.OrdinalIgnoreCase) => null,
                    { } named when !string.IsNullOrWhiteSpace(named) => Path.GetFullPath(named.Trim()),
                    _ => IsSet("CI") ? null : UsualPath(),
                };
            }
            catch (Exception e)
                when (e
                        is ArgumentException
                            or NotSupportedException
                            or PathTooLongException
                            or System.Security.SecurityException
                )
            {
                return null;
            }
        }
    }

    internal static void Note(Feedback feedback)
    {
        if (feedback.State != FeedbackState.NotAttempted || !IsSet(WholeCourseVariable))
        {
            Append(new ExerciseEntry(DateTimeOffset.UtcNow, feedback.Exercise, feedback.State));
        }
    }

    internal static void Note(QuizFeedback feedback)
    {
        if (
            feedback.Replies.Count > 0
            && (feedback.Replies.Any(reply => reply.State != QuizState.NotAnswered) || !IsSet(WholeCourseVariable))
        )
        {
            Append(
                new QuizEntry(
                    DateTimeOffset.UtcNow,
                    feedback.Lesson,
                    [.. feedback.Replies.Select(reply => reply.State)]
                )
            );
        }
    }

    internal static void NoteClaim(string statement, string inWords)
    {
        if (!IsSet(WholeCourseVariable))
        {
            Append(new ClaimEntry(DateTimeOffset.UtcNow, statement, inWords));
        }
    }

    private static void Append(ProgressEntry entry)
    {
        if (!_off && FilePath is { } path)
        {
            ProgressFile.TryAppend(path, entry);
        }
    }

    private static string? UsualPath()
    {
        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.Create
        );
        return folder.Length == 0 ? null : Path.Combine(folder, "RnnCourse", "progress.jsonl");
    }

    private static bool IsSet(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && value is not ("" or "0" or "false");
}
