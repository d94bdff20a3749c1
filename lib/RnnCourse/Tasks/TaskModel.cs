using System.Globalization;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Model.Files;

namespace RnnCourse.Tasks;

/// <summary>A trained model with everything needed to use it: which task it is for, and its vocabulary.</summary>
/// <remarks>In a file: <see cref="ModelFile"/>'s format, with the notes <c>task</c>, <c>provenance</c>
/// (<see cref="Provenance"/> as JSON), <c>learntItems</c> and <c>learntPieces</c> (hashes of what it has learnt from),
/// and the task's own.</remarks>
public sealed class TaskModel
{
    private readonly string? _path;

    /// <summary>Makes a model ready for use.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="notes">The task's notes: <see cref="CourseTask.Notes"/>.</param>
    public TaskModel(string task, SequenceModel<float> model, IReadOnlyDictionary<string, string> notes)
        : this(task, model, notes, null) { }

    private TaskModel(
        string task,
        SequenceModel<float> model,
        IReadOnlyDictionary<string, string> notes,
        string? path
    ) => (Task, Model, Notes, _path) = (task, model, notes, path);

    /// <summary>The task's name.</summary>
    public string Task { get; }

    /// <summary>The model.</summary>
    public SequenceModel<float> Model { get; }

    /// <summary>The task's notes, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; }

    /// <summary>The kind of model, as shown to users: "GRU, 64 hidden".</summary>
    public string Description => Describe(Model.Shape);

    /// <summary>Describes the kind of a model for users: "GRU, 2 layers of 64 hidden, both directions".</summary>
    /// <param name="shape">The model's shape.</param>
    public static string Describe(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Cell.ToString().ToUpperInvariant()}, "
                + $"{(shape.Layers > 1 ? $"{shape.Layers} layers of " : "")}{shape.HiddenSize} "
                + $"hidden{(shape.Bidirectional ? ", both directions" : "")}"
        );
    }

    /// <summary>Saves the model, completely or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is kept.</exception>
    public void Save(string path) =>
        ModelFile.Save(Model, path, new Dictionary<string, string>(Notes) { ["task"] = Task });

    /// <summary>Loads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file does not hold a model of a task; the message says
    /// why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TaskModel Load(string path)
    {
        var (model, notes) = ModelFile.Load<float>(path);
        return notes.TryGetValue("task", out var task)
            ? new(task, model, notes, path)
            : throw new InvalidDataException(
                $"'{path}' holds a model, but does not say for which task. Take a file that 'rnn train' wrote."
            );
    }

    /// <summary>Reads a vocabulary from the notes and checks that it fits the model.</summary>
    /// <param name="note">The note's name.</param>
    /// <param name="size">How many symbols it must have.</param>
    /// <exception cref="InvalidDataException">The note is missing or does not fit.</exception>
    internal Vocabulary VocabularyOf(string note, int size)
    {
        var vocabulary = Vocabulary.FromJson(Note(note));
        return vocabulary.Count == size
            ? vocabulary
            : throw new InvalidDataException(
                $"{Where}: its '{note}' has {vocabulary.Count} symbols, but the model needs {size}."
            );
    }

    /// <summary>Opens the task that the model is for, on data, with the model's own vocabulary.</summary>
    /// <param name="data">Where the data are.</param>
    /// <exception cref="DataFileException">The data cannot be read, or hold a label that the model does not
    /// know.</exception>
    /// <exception cref="InvalidDataException">The notes don't fit the model, or the model does not fit the
    /// data.</exception>
    public CourseTask OpenTask(TaskData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var entry =
            TaskCatalogue.Find(Task)
            ?? throw new InvalidDataException(
                $"{Where} is for the task '{Task}', which this version does not know. It knows "
                    + $"{string.Join(", ", TaskCatalogue.All.Select(known => known.Name))}."
            );
        var task = entry.Reopen(this, data);
        var D = Model.Shape.InputSize;
        return task.Shape(new()).InputSize == D
            ? task
            : throw new InvalidDataException(
                $"{Where}: the model takes inputs of size {D}, but these data have {task.Shape(new()).InputSize}."
            );
    }

    internal Vocabulary VocabularyOfInputs(string note) => VocabularyOf(note, Model.Shape.InputSize);

    internal Vocabulary VocabularyOfOutputs(string note) => VocabularyOf(note, Model.Shape.OutputSize);

    private string Where => _path is null ? "The model" : $"'{_path}'";

    internal string Note(string name) =>
        Notes.GetValueOrDefault(name) ?? throw new InvalidDataException($"{Where}: the note '{name}' is missing.");

    internal double Number(string name) =>
        double.TryParse(Note(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"{Where}: the note '{name}' is '{Note(name)}', which is not a number.");
}
