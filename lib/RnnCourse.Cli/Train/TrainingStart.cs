using RnnCourse.Cli.Files;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>A request to <c>rnn train</c>, apart from data and settings.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Out">The model file that the user named; null for the task's default file.</param>
/// <param name="Force">Whether files that rnn did not write may be replaced.</param>
internal sealed record TrainingRequest(string Task, string? Out, bool Force)
{
    /// <summary>The task's name as the user typed it, which may be an alias.</summary>
    public required string TaskName { get; init; }

    /// <summary>How many models to train.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>How often to save checkpoints; null for the default.</summary>
    public TimeSpan? CheckpointEvery { get; init; }

    /// <summary>The model file.</summary>
    public string Output => Out ?? ModelPath.For(Task);

    /// <summary>The option that names this model file, for a command that is shown for copying; empty for the default
    /// file.</summary>
    public string OutOption(string option) =>
        Output == ModelPath.For(Task) ? "" : $" {option} {ShellWord.Quote(Terminal.Relative(Output))}";
}

/// <summary>Prepares <c>rnn train</c>: reserves the output and reads the data.</summary>
internal static class TrainingStart
{
    /// <summary>Prepares a new training.</summary>
    /// <returns>A function that runs the training and returns the exit code.</returns>
    public static Func<int> Begin(
        TrainingRequest request,
        TaskData data,
        Func<TaskSettings, TaskSettings> apply,
        CancellationToken cancellation
    )
    {
        var output = request.Output;
        MakeFolder(output);
        TrainingPlan.CheckFiles(output, request.Force, data.Path == InputFile.StandardInput ? null : data.Path);
        return WithLockedOutput(
            output,
            () =>
            {
                if (TrainingPlan.IsStopped(output) && !request.Force)
                {
                    throw new UserErrorException(
                        $"A stopped training is at this place: {Terminal.Relative(TrainingPlan.PathFor(output))}. "
                            + $"Continue it with: rnn train {request.TaskName} --resume{request.OutOption("--out")}. "
                            + "To give it up, add --force; to keep both, name another file with --out."
                    );
                }

                var held = CopyIfPiped(data, output);
                try
                {
                    var task = TaskCatalogue.Open(request.Task, held);
                    var plan = new TrainingPlan(
                        request.Task,
                        held,
                        apply(TaskCatalogue.SettingsFor(task, held)),
                        task.Notes.GetValueOrDefault("data")
                    )
                    {
                        Seeds = request.Seeds,
                    };
                    return () => TrainingRun.Execute(task, plan, request, resume: false, cancellation);
                }
                catch when (held.Path != data.Path)
                {
                    File.Delete(held.Path!);
                    throw;
                }
            }
        );
    }

    /// <summary>Prepares to continue a stopped training.</summary>
    /// <param name="request">The user's request.</param>
    /// <param name="given">An option that the user gave, although the stopped training has already set it; null if
    /// there is none.</param>
    /// <param name="apply">Applies the options that may change.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <returns>A function that runs the training and returns the exit code.</returns>
    public static Func<int> Resume(
        TrainingRequest request,
        string? given,
        Func<TaskSettings, TaskSettings> apply,
        CancellationToken cancellation
    )
    {
        if (given is not null)
        {
            throw new UserErrorException(
                $"--resume continues with the data and settings of the stopped training. Leave out {given}, or start "
                    + "again without --resume."
            );
        }

        var output = request.Output;
        var plan = TrainingPlan.Load(output);
        if (plan.Task != request.Task)
        {
            throw new UserErrorException(
                $"The stopped training is of the task '{plan.Task}', not '{request.TaskName}'. Name that task, or "
                    + "another --out."
            );
        }

        var data = plan.Data.Path;
        TrainingPlan.CheckFiles(output, request.Force, data == TrainingPlan.DataFor(output) ? null : data);
        return WithLockedOutput(
            output,
            () =>
            {
                var task = TaskCatalogue.Open(plan.Task, plan.Data);
                return task.Notes.GetValueOrDefault("data") == plan.Fingerprint
                    ? () =>
                        TrainingRun.Execute(
                            task,
                            plan with
                            {
                                Settings = apply(plan.Settings),
                            },
                            request,
                            resume: true,
                            cancellation
                        )
                    : throw new UserErrorException(
                        "The data have changed since the training was stopped, so it cannot be resumed. Start again "
                            + "without --resume."
                    );
            }
        );
    }

    // Prepares a training while no other one may write to the same place, and keeps it so until the training's end.
    private static Func<int> WithLockedOutput(string output, Func<Func<int>> prepare)
    {
        var held = OutputLock.Take(output);
        try
        {
            TrainingPlan.ClearLeftBehind(output);
            var train = prepare();
            return () =>
            {
                using (held)
                {
                    return train();
                }
            };
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // Data that come through a pipe are kept beside the model until the end, so that the training can be resumed.
    private static TaskData CopyIfPiped(TaskData data, string output)
    {
        if (data.Path is not { } path || !InputFile.MustBeCopied(path))
        {
            return data;
        }

        var copy = TrainingPlan.DataFor(output);
        InputFile.CopyTo(path, copy);
        return data with { Path = copy, Origin = InputFile.NameOf(path) };
    }

    private static void MakeFolder(string output)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot write the model to {output}: {e.Message} Name another file with --out.",
                e
            );
        }
    }
}
