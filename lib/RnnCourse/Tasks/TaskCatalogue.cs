using RnnCourse.Model;

namespace RnnCourse.Tasks;

/// <summary>The tasks' names on the command line and in model files.</summary>
internal static class TaskNames
{
    /// <summary>Completing names, letter by letter.</summary>
    public const string Names = "names";

    /// <summary>Completing code or any text.</summary>
    public const string Code = "code";

    /// <summary>Tagging words with their part of speech.</summary>
    public const string Pos = "pos";

    /// <summary>Judging texts.</summary>
    public const string Reviews = "reviews";

    /// <summary>Recognising the action in a sequence of frames.</summary>
    public const string Motion = "motion";

    /// <summary>Forecasting a series of numbers.</summary>
    public const string Sunspots = "sunspots";
}

/// <summary>What a trained model of a task can do for a user, besides being evaluated.</summary>
public enum TaskUse
{
    /// <summary>Nothing more.</summary>
    EvaluateOnly,

    /// <summary>Write text: <see cref="TextSampler"/>.</summary>
    Sample,

    /// <summary>Tag the words of a sentence: <see cref="SentenceTagger"/>.</summary>
    Tag,

    /// <summary>Judge a text: <see cref="TextRater"/>.</summary>
    Rate,
}

/// <summary>One entry of the task list.</summary>
/// <param name="Name">Its name on the command line, one of <see cref="TaskNames"/>.</param>
/// <param name="Aliases">Other names for it.</param>
/// <param name="About">What it does, in a few words.</param>
/// <param name="Use">What a trained model of the task can do for a user.</param>
public sealed record TaskEntry(string Name, IReadOnlyList<string> Aliases, string About, TaskUse Use)
{
    /// <summary>Reads the task's data and learns vocabularies from the training part.</summary>
    public required Func<TaskData, CourseTask> Open { get; init; }

    /// <summary>Reads the task's data for a trained model, with the vocabularies that the model was trained
    /// with.</summary>
    public required Func<TaskModel, TaskData, CourseTask> Reopen { get; init; }

    /// <summary>The settings with which the task does well on the course's data.</summary>
    public required TaskSettings Settings { get; init; }
}

/// <summary>The list of tasks. To add one, write a <see cref="CourseTask"/> and add an entry to <see
/// cref="All"/>.</summary>
public static class TaskCatalogue
{
    // For other data than the course's: this many epochs, but never more than this many steps.
    private const int EpochsForOtherData = 10;
    private const long MaxSteps = 20_000;
    private const int PatienceForOtherData = 10;

    /// <summary>The tasks.</summary>
    public static IReadOnlyList<TaskEntry> All { get; } =
    [
        new(TaskNames.Names, [], "complete names, letter by letter", TaskUse.Sample)
        {
            Open = data => new NamesTask(data),
            Reopen = (model, data) => new NamesTask(data, model.VocabularyOfInputs("vocabulary")),
            Settings = new()
            {
                Cell = CellKind.Rnn,
                HiddenSize = 64,
                BatchSize = 32,
                Steps = 10_000,
                LearningRate = 0.006,
                ValidateEvery = 500,
            },
        },
        new(TaskNames.Code, ["text"], "complete code or any text, by characters or tokens", TaskUse.Sample)
        {
            Open = data => new TextTask(data),
            Reopen = (model, data) =>
                new TextTask(
                    data with
                    {
                        ByToken = model.Note("unit") == "token",
                    },
                    model.VocabularyOfInputs("vocabulary")
                ),
            Settings = new()
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
        },
        new(TaskNames.Pos, ["tagging"], "tag each word with its part of speech", TaskUse.Tag)
        {
            Open = data => new TaggingTask(data),
            Reopen = (model, data) =>
                new TaggingTask(data, (new(model.VocabularyOfInputs("features")), model.VocabularyOfOutputs("tags"))),
            Settings = new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 48,
                Bidirectional = true,
                BatchSize = 32,
                Steps = 600,
                LearningRate = 0.003,
                ValidateEvery = 50,
            },
        },
        new(TaskNames.Reviews, ["sentiment"], "judge a text after its last word", TaskUse.Rate)
        {
            Open = data => new ReviewTask(data),
            Reopen = (model, data) =>
                new ReviewTask(data, (model.VocabularyOfInputs("vocabulary"), model.VocabularyOfOutputs("labels"))),
            Settings = new()
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
        },
        new(TaskNames.Motion, ["video"], "name the action in a sequence of frames", TaskUse.EvaluateOnly)
        {
            Open = data => new MotionTask(data),
            Reopen = (model, data) => new MotionTask(data, model.VocabularyOfOutputs("actions")),
            Settings = new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 64,
                BatchSize = 32,
                Steps = 4000,
                LearningRate = 0.004,
                ValidateEvery = 250,
            },
        },
        new(TaskNames.Sunspots, ["forecast"], "forecast a series of numbers", TaskUse.EvaluateOnly)
        {
            Open = data => new ForecastTask(data),
            Reopen = (model, data) =>
                new ForecastTask(
                    data with
                    {
                        Window = (int)model.Number("window"),
                        Horizon = (int)model.Number("horizon"),
                    },
                    new(model.Number("mean"), model.Number("deviation"))
                ),
            Settings = new()
            {
                Cell = CellKind.Gru,
                HiddenSize = 16,
                BatchSize = 64,
                Steps = 1000,
                LearningRate = 0.005,
                ValidateEvery = 50,
            },
        },
    ];

    /// <summary>How a single file of data is split into parts, in words.</summary>
    /// <param name="name">The task's name.</param>
    /// <exception cref="ArgumentException">No task has this name.</exception>
    public static string SplitRuleOf(string name) =>
        Get(name).Name switch
        {
            TaskNames.Code => TextTask.SingleRule,
            TaskNames.Sunspots => ForecastTask.SingleRule,
            _ => TaskSplit.SingleRule,
        };

    /// <summary>Finds a task by its name or one of its aliases, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The task; null if no task has this name.</returns>
    public static TaskEntry? Find(string name) =>
        All.FirstOrDefault(task =>
            string.Equals(task.Name, name, StringComparison.OrdinalIgnoreCase)
            || task.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Opens a task: reads its data.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="data">Where the data are.</param>
    /// <exception cref="ArgumentException">No task has this name.</exception>
    /// <exception cref="Datasets.DataFileException">The data cannot be read.</exception>
    public static CourseTask Open(string name, TaskData data) => Get(name).Open(data);

    /// <summary>The settings with which a task does well on the course's data.</summary>
    /// <param name="name">The task's name.</param>
    /// <exception cref="ArgumentException">No task has this name.</exception>
    public static TaskSettings SettingsFor(string name) => Get(name).Settings;

    /// <summary>The settings for a task on a user's own data: enough steps for several epochs, and an early end when
    /// validation stops improving.</summary>
    /// <param name="task">The task, opened on the data.</param>
    /// <param name="data">Where the data came from.</param>
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
            EpochsForOtherData * task.BatchesPerEpoch(settings),
            Math.Min(500, settings.Steps),
            MaxSteps
        );
        return settings with
        {
            Steps = steps,
            Patience = PatienceForOtherData,
            ValidateEvery = (int)Math.Clamp(steps / 40, 10, 500),
        };
    }

    private static TaskEntry Get(string name) =>
        Find(name)
        ?? throw new ArgumentException(
            $"There is no task '{name}'. Choose one of {string.Join(", ", All.Select(task => task.Name))}.",
            nameof(name)
        );
}
