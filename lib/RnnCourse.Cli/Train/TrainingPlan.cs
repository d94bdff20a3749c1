using System.Text.Json;
using System.Text.RegularExpressions;
using RnnCourse.Cli.Files;
using RnnCourse.Shared;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The task, data and settings of a training, stored beside its checkpoint so that it can be
/// resumed.</summary>
internal sealed partial record TrainingPlan(string Task, TaskData Data, TaskSettings Settings, string? Fingerprint)
{
    /// <summary>How many models to train, each with a different seed; the best one is kept.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The losses on the development part of the models trained so far; null for a model without
    /// one.</summary>
    public IReadOnlyList<double?> Done { get; init; } = [];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static string PathFor(string model) => model + ".plan.json";

    public static string CheckpointFor(string model) => model + ".checkpoint";

    /// <summary>The file in which data from a pipe are kept until the end of the training.</summary>
    public static string DataFor(string model) => model + ".data";

    /// <summary>Checks that a training may write its model and the files beside it.</summary>
    /// <exception cref="UserErrorException">A file exists that rnn did not write.</exception>
    public static void CheckFiles(string model, bool force, params IEnumerable<string?> inputs)
    {
        OutputFile.Check(model, "--out", IsModel, force, inputs);
        OutputFile.Check(PathFor(model), "--out", IsPlan, force, inputs);
        OutputFile.Check(CheckpointFor(model), "--out", IsCheckpoint, force, inputs);
        OutputFile.Check(BestFor(model), "--out", IsModel, force, inputs);
        // A copy of data carries no mark; only a plan beside it that names it tells whose it is.
        OutputFile.Check(DataFor(model), "--out", path => ReadOrNull(model)?.Data.Path == path, force, inputs);
    }

    public void Save(string model) =>
        AtomicFile.Write(PathFor(model), file => JsonSerializer.Serialize(file, this, Json));

    /// <summary>The plan of a training that was stopped.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static TrainingPlan Load(string model)
    {
        var path = PathFor(model);
        if (!File.Exists(path))
        {
            throw new UserErrorException(
                $"There is no stopped training to resume: {Terminal.Relative(path)} does not exist."
                    + (
                        File.Exists(model)
                            ? $" The model {Terminal.Relative(model)} is complete."
                            : " Start one without --resume."
                    )
            );
        }

        try
        {
            return Read(path);
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{path} cannot be read: {e.Message} Start again without --resume.", e);
        }
    }

    /// <summary>Whether a training was stopped whose checkpoint can be resumed.</summary>
    public static bool IsStopped(string model) => File.Exists(PathFor(model)) && File.Exists(CheckpointFor(model));

    /// <summary>Deletes the files that only an unfinished training needs, and files left by killed trainings. The plan
    /// is deleted first: without it, the others are meaningless.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="keep">A file that is not deleted; null for none.</param>
    public static void Clear(string model, string? keep = null)
    {
        string[] files = [PathFor(model), CheckpointFor(model), BestFor(model), DataFor(model)];
        foreach (var path in files.Concat(LeftBehind(model)).Where(path => path != keep))
        {
            File.Delete(path);
        }
    }

    /// <summary>Deletes unfinished files that killed processes left beside a model.</summary>
    public static void ClearLeftBehind(string model)
    {
        foreach (var path in LeftBehind(model))
        {
            File.Delete(path);
        }
    }

    private static string BestFor(string model) => new TaskCheckpoint(CheckpointFor(model)).BestPath;

    private static string[] LeftBehind(string model) =>
        [
            .. Directory
                .EnumerateFiles(Path.GetDirectoryName(model)!, Path.GetFileName(model) + "*.tmp")
                .Where(path =>
                    path.StartsWith(model, StringComparison.Ordinal) && Unfinished().IsMatch(path[model.Length..])
                ),
        ];

    private static bool IsModel(string path) => OutputFile.HasMetadata(path, "note.task", _ => true);

    private static bool IsCheckpoint(string path) =>
        OutputFile.HasMetadata(path, "format", format => format == "rnn-course-checkpoint");

    private static bool IsPlan(string path)
    {
        try
        {
            return Read(path) is { Task: not null, Settings: not null };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static TrainingPlan? ReadOrNull(string model)
    {
        try
        {
            return File.Exists(PathFor(model)) ? Read(PathFor(model)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static TrainingPlan Read(string path) =>
        JsonSerializer.Deserialize<TrainingPlan>(File.ReadAllText(path)) ?? throw new JsonException("It is empty.");

    [GeneratedRegex(@"^(\.[a-z.]+)?\.\d+-\d+\.tmp$")]
    private static partial Regex Unfinished();
}
