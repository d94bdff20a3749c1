using System.Text.Json;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The task, data and settings of a training, stored beside its checkpoint so that it can be
/// resumed.</summary>
internal sealed record TrainingPlan(string Task, TaskData Data, TaskSettings Settings, string? Fingerprint)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static string PathFor(string model) => model + ".plan.json";

    public static string CheckpointFor(string model) => model + ".checkpoint";

    public void Save(string model)
    {
        var path = PathFor(model);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, Json));
        File.Move(temporary, path, overwrite: true);
    }

    public static TrainingPlan Load(string model)
    {
        var path = PathFor(model);
        if (!File.Exists(path) || !File.Exists(CheckpointFor(model)))
        {
            throw new UserErrorException(
                $"There is no stopped training to resume: {Terminal.Relative(CheckpointFor(model))} does "
                    + "not exist. Start one without --resume."
            );
        }

        try
        {
            return JsonSerializer.Deserialize<TrainingPlan>(File.ReadAllText(path))
                ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{path} cannot be read: {e.Message} Start again without --resume.", e);
        }
    }

    /// <summary>Deletes the files that only an unfinished training needs.</summary>
    public static void Clear(string model)
    {
        foreach (var path in new[] { PathFor(model), CheckpointFor(model), CheckpointFor(model) + ".best" })
        {
            File.Delete(path);
        }
    }
}
