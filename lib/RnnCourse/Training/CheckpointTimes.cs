namespace RnnCourse.Training;

/// <summary>Decides when a training saves a checkpoint: after a number of steps, or by time.</summary>
/// <param name="options">The training's settings.</param>
/// <param name="bytes">About how large a checkpoint is.</param>
internal sealed class CheckpointTimes(TrainerOptions options, long bytes)
{
    // Before the first checkpoint nothing is measured; this is slow for a disk.
    private const double BytesPerSecond = 200e6;

    // With 2 %, a checkpoint that takes one second is followed by 49 seconds without one.
    private readonly double _workPerCheckpoint = (1 - options.CheckpointShare) / options.CheckpointShare;

    private long _begin;
    private TimeSpan _due;

    /// <summary>Starts the clock, unless it runs already.</summary>
    public void Begin()
    {
        if (_begin != 0)
        {
            return;
        }

        _begin = options.Clock.GetTimestamp();
        var guess = TimeSpan.FromSeconds(bytes / BytesPerSecond) * _workPerCheckpoint;
        _due = options.CheckpointFirst > guess ? options.CheckpointFirst : guess;
    }

    /// <summary>Whether a checkpoint is due after a step.</summary>
    public bool IsDue(long stepCount)
    {
        if (options.CheckpointPath is null)
        {
            return false;
        }

        if (options.CheckpointEvery > 0)
        {
            return stepCount % options.CheckpointEvery == 0;
        }

        Begin();
        return Elapsed >= _due;
    }

    /// <summary>Saves, and sets when the next checkpoint is due; also when saving fails, so that a full disk is not
    /// tried at every step.</summary>
    public void Measure(Action save)
    {
        Begin();
        var start = Elapsed;
        try
        {
            save();
        }
        finally
        {
            var rest = (Elapsed - start) * _workPerCheckpoint;
            _due = Elapsed + (options.CheckpointPeriod > rest ? options.CheckpointPeriod : rest);
        }
    }

    private TimeSpan Elapsed => options.Clock.GetElapsedTime(_begin);
}
