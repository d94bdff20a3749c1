using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>Why a text of a cell was kept.</summary>
internal enum KeptWhy
{
    /// <summary>It was run.</summary>
    Run,

    /// <summary>The cell was reset after it.</summary>
    Reset,

    /// <summary>An earlier attempt was brought back in its place.</summary>
    Replaced,
}

/// <summary>A text that a cell once had.</summary>
/// <param name="At">When it was kept.</param>
/// <param name="Source">The text.</param>
/// <param name="Why">Why it was kept.</param>
/// <param name="Verdict">What the check said, such as <c>not yet</c>; null if nothing did.</param>
internal sealed record Attempt(DateTimeOffset At, string Source, KeptWhy Why, string? Verdict);

/// <summary>What the learner expected of a cell.</summary>
/// <param name="Words">The prediction; null if it was skipped.</param>
internal sealed record Prediction(string? Words);

/// <summary>
/// What a learner leaves beside a notebook: earlier attempts at its exercises, and predictions. Kept in a file of its
/// own, one JSON object a line, to which lines are only ever added. Lines that this version can't read stay. Safe
/// for use by several threads at once; only <see cref="Save"/> waits for a disk.
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

    /// <summary>Why the last notes are not in the file yet; null if they are, or if there are none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether there is something that <see cref="Save"/> would store.</summary>
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

    /// <summary>The attempts at a cell, each text once, the latest last.</summary>
    public IReadOnlyList<Attempt> AttemptsAt(string cell)
    {
        lock (_gate)
        {
            return [.. _attempts.GetValueOrDefault(cell) ?? []];
        }
    }

    /// <summary>What the learner expected of a cell; null if that was not asked, or is to be asked again.</summary>
    public Prediction? PredictionOf(string cell)
    {
        lock (_gate)
        {
            return _predictions.GetValueOrDefault(cell);
        }
    }

    /// <summary>Keeps a text of a cell, unless it is the one that was kept last, with the same verdict.</summary>
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

    /// <summary>Adds to the file what isn't there yet. What somebody else has written there meanwhile stays.</summary>
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
            attempts.Add(new Attempt(note.At, source, note.Why ?? KeptWhy.Run, note.Verdict ?? known?.Verdict));
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

/// <summary>What became of a question for a prediction.</summary>
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

    public KeptWhy? Why { get; init; }

    public string? Verdict { get; init; }

    public PredictionKind? Predicted { get; init; }

    public string? Prediction { get; init; }

    /// <summary>The note that a line holds; null of one that is torn, or of a kind that this version doesn't
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
