using RnnCourse.Model;

namespace RnnCourse.Tasks;

/// <summary>A task that there is.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Aliases">Other names for it.</param>
/// <param name="About">What it does, in a few words.</param>
public sealed record TaskEntry(string Name, IReadOnlyList<string> Aliases, string About);

/// <summary>The tasks, and with what settings each does well.</summary>
public static class TaskCatalogue
{
    // For data of other sizes than the course's: how often to go through them, between these numbers of steps.
    private const int EpochsForOthers = 10;
    private const long MostSteps = 20_000;
    private const int PatienceForOthers = 10;

    /// <summary>The tasks.</summary>
    public static IReadOnlyList<TaskEntry> All { get; } =
    [
        new("names", [], "complete names, letter by letter"),
        new("code", ["text"], "complete code or any text, by characters or tokens"),
        new("pos", ["tagging"], "tag each word with its part of speech"),
        new("reviews", ["sentiment"], "judge a text after its last word"),
        new("motion", ["video"], "name the action in a sequence of frames"),
        new("sunspots", ["forecast"], "forecast a series of numbers"),
    ];

    /// <summary>Finds a task by its name or another one of its names.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The task; null if there is none of this name.</returns>
    public static TaskEntry? Find(string name) =>
        All.FirstOrDefault(task =>
            string.Equals(task.Name, name, StringComparison.OrdinalIgnoreCase)
            || task.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Opens a task: reads its data.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="data">Where the data are.</param>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    /// <exception cref="Datasets.DataFileException">The data cannot be read.</exception>
    public static CourseTask Open(string name, TaskData data) =>
        Find(name)?.Name switch
        {
            "names" => new NamesTask(data),
            "code" => new TextTask(data),
            "pos" => new TaggingTask(data),
            "reviews" => new ReviewTask(data),
            "motion" => new MotionTask(data),
            "sunspots" => new ForecastTask(data),
            _ => throw new ArgumentException(
                $"There is no task '{name}'; there are {string.Join(", ", All.Select(task => task.Name))}.",
                nameof(name)
            ),
        };

    /// <summary>The settings with which a task does well on the course's data.</summary>
    /// <param name="name">The task's name.</param>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public static TaskSettings SettingsFor(string name) =>
        Find(name)?.Name switch
        {
            "names" => new()
            {
                Cell = CellKind.Rnn,
                HiddenSize = 64,
                BatchSize = 32,
                Steps = 10_000,
                LearningRate = 0.006,
                ValidateEvery = 500,
            },
            "code" => new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 192,
                Layers = 2,
                Dropout = 0.2,
                BatchSize = 32,
                Window = 64,
                Steps = 3000,
                LearningRate = 0.004,
                WeightDecay = 0.1,
                ValidateEvery = 250,
            },
            "pos" => new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 48,
                Bidirectional = true,
                BatchSize = 32,
                Steps = 600,
                LearningRate = 0.003,
                ValidateEvery = 50,
            },
            "reviews" => new()
            {
                Cell = CellKind.Lstm,
                HiddenSize = 16,
                BatchSize = 32,
                Steps = 1500,
                LearningRate = 0.003,
                WordDropout = 0.3,
                WeightDecay = 0.1,
                ValidateEvery = 1500,
            },
            "motion" => new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 64,
                BatchSize = 32,
                Steps = 4000,
                LearningRate = 0.004,
                ValidateEvery = 250,
            },
            "sunspots" => new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 16,
                BatchSize = 64,
                Steps = 1000,
                LearningRate = 0.005,
                ValidateEvery = 50,
            },
            _ => throw new ArgumentException(
                $"There is no task '{name}'; there are {string.Join(", ", All.Select(task => task.Name))}.",
                nameof(name)
            ),
        };

    /// <summary>The settings for a task on data of a user's own: as many steps as it takes to go through them several
    /// times, and an end when that no longer helps.</summary>
    /// <param name="task">The task, on its data.</param>
    /// <param name="data">Where they came from.</param>
    public static TaskSettings SettingsFor(CourseTask task, TaskData data)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(data);
        var settings = SettingsFor(task.Name);
        if (task is TextTask && data.ByToken)
        {
            settings = settings with { Steps = settings.Steps / 2 };
        }

        if (data.Path is null)
        {
            return settings;
        }

        var steps = Math.Clamp(
            EpochsForOthers * task.BatchesPerEpoch(settings),
            Math.Min(500, settings.Steps),
            MostSteps
        );
        return settings with
        {
            Steps = steps,
            Patience = PatienceForOthers,
            ValidateEvery = (int)Math.Clamp(steps / 40, 10, 500),
        };
    }
}
