using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>Why a text of a cell was kept.</summary>
internal enum KeepReason
{
    /// <summary>It was run.</summary>
    Run,

    /// <summary>The cell was reset.</summary>
    Reset,

    /// <summary>An earlier attempt replaced it.</summary>
    Replaced,
}

/// <summary>An earlier text of a cell.</summary>
/// <param name="At">When it was kept.</param>
/// <param name="Source">The text.</param>
/// <param name="Why">Why it was kept.</param>
/// <param name="Verdict">The check's verdict, such as <c>not yet</c>; null if there was none.</param>
internal sealed record Attempt(DateTimeOffset At, string Source, KeepReason Why, string? Verdict);

/// <summary>The outputs that the learner predicted for a cell.</summary>
/// <param name="Words">The prediction; null if it was skipped.</param>
internal sealed record Prediction(string? Words);

/// <summary>
/// A learner's earlier attempts at the exercises of a notebook, and predictions. They are kept in a separate file with
/// one JSON object per line, to which lines are only ever appended. Lines that this version can't read stay. Safe for
/// use by several threads at once; only <see cref="Save"/> waits for a disk.
/// </summary>
internal sealed class LearnerNotes
{
    private const byte EndOfLine = (byte)'\n';

    private readonly string? _path;
    private readonly Lock _gate = new();
    private readonly Lock _saving = new();
    private readonly Dictionary<string, List<Attempt>> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Prediction> _predictions = new(StringComparer.Ordinal);
    private readonly List<byte[]> _unsaved = [];

    private LearnerNotes(string? path) => _path = path;

    /// <summary>Reads the notes.</summary>
    /// <param name="path">Their file, which may not exist yet; null to keep them in memory only.</param>
    public static LearnerNotes Open(string? path)
    {
        var notes = new LearnerNotes(path);
        foreach (var line in notes.ReadFile().Split('\n'))
        {
            if (NoteLine.Parse(line) is { } note)
            {
                notes.Take(note);
            }
        }

        return notes;
    }

    /// <summary>Why the last notes could not be stored; null if they are stored or there are none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether <see cref="Save"/> has anything to store.</summary>
    public bool HasUnsaved
    {
        get
        {
            lock (_gate)
            {
                return _unsaved.Count > 0;
            }
        }
    }

    /// <summary>The attempts at a cell in order of time, each text once.</summary>
    public IReadOnlyList<Attempt> AttemptsAt(string cell)
    {
        lock (_gate)
        {
            return [.. _attempts.GetValueOrDefault(cell) ?? []];
        }
    }

    /// <summary>The learner's prediction for a cell; null if none was made, or it is to be made again.</summary>
    public Prediction? PredictionOf(string cell)
    {
        lock (_gate)
        {
            return _predictions.GetValueOrDefault(cell);
        }
    }

    /// <summary>Keeps a text of a cell, unless the text kept last is the same and has the same verdict.</summary>
    /// <returns>Whether there was anything to keep.</returns>
    public bool Keep(string cell, Attempt attempt)
    {
        if (
            AttemptsAt(cell) is [.., var last]
            && last.Source == attempt.Source
            && (attempt.Verdict is null || attempt.Verdict == last.Verdict)
        )
        {
            return false;
        }

        Note(
            new NoteLine(attempt.At, cell)
            {
                Attempt = attempt.Source,
                Why = attempt.Why,
                Verdict = attempt.Verdict,
            }
        );
        return true;
    }

    /// <summary>Keeps a prediction; null for one that is to be made again.</summary>
    public void Predict(string cell, Prediction? prediction, DateTimeOffset at) =>
        Note(
            new NoteLine(at, cell)
            {
                Predicted =
                    prediction is null ? PredictionKind.Again
                    : prediction.Words is null ? PredictionKind.Skipped
                    : PredictionKind.Written,
                Prediction = prediction?.Words,
            }
        );

    /// <summary>Appends the notes that are not yet in the file. Lines that another program has added in the meantime
    /// stay.</summary>
    public void Save()
    {
        lock (_saving)
        {
            List<byte[]> lines;
            lock (_gate)
            {
                lines = [.. _unsaved];
            }

            if (lines.Count > 0)
            {
                Problem = _path is null ? null : Append(_path, lines);
            }

            lock (_gate)
            {
                _unsaved.RemoveRange(0, Problem is null ? lines.Count : 0);
            }
        }
    }

    private static string? Append(string path, IEnumerable<byte[]> lines)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var present = File.Exists(path) ? File.ReadAllBytes(path) : [];
            byte[] between = present is [.., not EndOfLine] ? [EndOfLine] : [];
            UserFile.Write(path, [.. present, .. between, .. lines.SelectMany(line => line)]);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotebookFileException)
        {
            return e.Message;
        }
    }

    private void Note(NoteLine note)
    {
        lock (_gate)
        {
            Take(note);
            _unsaved.Add([.. note.ToBytes(), EndOfLine]);
        }
    }

    private void Take(NoteLine note)
    {
        if (note.Attempt is { } source)
        {
            var attempts = _attempts.GetValueOrDefault(note.Cell);
            if (attempts is null)
            {
                _attempts[note.Cell] = attempts = [];
            }

            // An earlier text that is restored or run again is listed only once. A reset keeps its verdict.
            var known = attempts.Find(attempt => attempt.Source == source);
            attempts.RemoveAll(attempt => attempt.Source == source);
            attempts.Add(new Attempt(note.At, source, note.Why ?? KeepReason.Run, note.Verdict ?? known?.Verdict));
        }

        switch (note.Predicted)
        {
            case PredictionKind.Written:
                _predictions[note.Cell] = new Prediction(note.Prediction ?? "");
                break;
            case PredictionKind.Skipped:
                _predictions[note.Cell] = new Prediction(Words: null);
                break;
            case PredictionKind.Again:
                _predictions.Remove(note.Cell);
                break;
        }
    }

    private string ReadFile()
    {
        try
        {
            return _path is not null && File.Exists(_path) ? File.ReadAllText(_path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = e.Message;
            return "";
        }
    }
}

/// <summary>What the learner did when asked for a prediction.</summary>
internal enum PredictionKind
{
    Written,
    Skipped,

    /// <summary>It is asked again.</summary>
    Again,
}

/// <summary>A line of the file.</summary>
internal sealed record NoteLine(DateTimeOffset At, string Cell)
{
    public string? Attempt { get; init; }

    public KeepReason? Why { get; init; }

    public string? Verdict { get; init; }

    public PredictionKind? Predicted { get; init; }

    public string? Prediction { get; init; }

    /// <summary>Reads the note of a line; null if the line is incomplete or of a kind that this version doesn't
    /// know.</summary>
    public static NoteLine? Parse(string line)
    {
        try
        {
            return string.IsNullOrWhiteSpace(line) ? null : JsonSerializer.Deserialize(line, NoteJson.Shared.NoteLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, NoteJson.Shared.NoteLine);
}

/// <summary>Reads and writes the lines.</summary>
[JsonSerializable(typeof(NoteLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class NoteJson : JsonSerializerContext
{
    private static readonly Lazy<NoteJson> Readable = new(() =>
        new NoteJson(
            new JsonSerializerOptions(Default!.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        )
    );

    public static NoteJson Shared => Readable.Value;
}
