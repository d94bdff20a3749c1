using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RnnCourse.Tasks;

/// <summary>Where a model comes from: everything that it takes to train it again, and to tell whether data are those
/// that it has learnt from.</summary>
/// <param name="Version">The version of the library that trained it.</param>
/// <param name="Data">The data and how they were read.</param>
/// <param name="Split">How the parts were made.</param>
/// <param name="Parts">The parts: for learning, for choices, for testing.</param>
/// <param name="Settings">The settings, with the seed.</param>
/// <param name="Steps">How many steps were taken.</param>
/// <param name="DevLoss">The loss on the part for choices, in the task's unit; null if there was none.</param>
public sealed record Provenance(
    string Version,
    TaskData Data,
    string Split,
    IReadOnlyList<PartRecord> Parts,
    TaskSettings Settings,
    long Steps,
    double? DevLoss
)
{
    internal const string Note = "provenance",
        ItemsNote = "learntItems",
        PiecesNote = "learntPieces";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = false };

    /// <summary>Reads the provenance from a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The provenance; null if the model is from before such notes were kept.</returns>
    /// <exception cref="InvalidDataException">The note is broken.</exception>
    public static Provenance? Of(TaskModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Notes.TryGetValue(Note, out var text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Provenance>(text, Json)
                ?? throw new InvalidDataException("The model's note on its provenance is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The model's note on its provenance is broken: {e.Message}", e);
        }
    }

    internal static Dictionary<string, string> Notes(
        CourseTask task,
        TaskData data,
        TaskSettings settings,
        long steps,
        double devLoss
    )
    {
        // The number of threads changes nothing, so it must not change the file.
        var provenance = new Provenance(
            typeof(Provenance)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion
                ?? "unknown",
            data.Origin is null ? data : data with { Path = null },
            task.SplitRule,
            task.PartRecords,
            settings with
            {
                Threads = 0,
            },
            steps,
            double.IsFinite(devLoss) ? devLoss : null
        );
        var (items, pieces) = task.TrainingItems;
        return new(task.Notes)
        {
            [Note] = JsonSerializer.Serialize(provenance, Json),
            [ItemsNote] = items.ToText(),
            [PiecesNote] = pieces.ToText(),
        };
    }
}

/// <summary>A part of the data.</summary>
/// <param name="Name">Its name: train, dev or test.</param>
/// <param name="Items">How many items it holds.</param>
/// <param name="Sha256">A hash of their contents, in hexadecimal digits.</param>
public sealed record PartRecord(string Name, int Items, string Sha256)
{
    internal static PartRecord Of(string name, IEnumerable<string> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        foreach (var content in contents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(content));
            hash.AppendData([0]);
            count++;
        }

        return new(name, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

/// <summary>What a test part has in common with what a model has learnt from.</summary>
/// <param name="Items">How many items of the test part were compared.</param>
/// <param name="Same">How many of them were learnt.</param>
/// <param name="Near">How many more nearly were: texts most of whose pieces of a few words were learnt.</param>
public sealed record Overlap(int Items, int Same, int Near)
{
    private const int PieceWords = 4;
    private const int MinPieces = 3;
    private const double NearShare = 0.8;

    internal static Overlap Between(
        IReadOnlyList<string> test,
        (TrainingItemHashes Items, TrainingItemHashes Pieces) learnt,
        bool areTexts
    )
    {
        var (items, same, near) = (0, 0, 0);
        foreach (var item in test)
        {
            if (learnt.Items.Covers(item))
            {
                items++;
                if (learnt.Items.Contains(item))
                {
                    same++;
                    continue;
                }
            }

            if (areTexts)
            {
                string[] pieces = [.. Pieces(item).Where(learnt.Pieces.Covers)];
                near +=
                    pieces.Length >= MinPieces && pieces.Count(learnt.Pieces.Contains) >= NearShare * pieces.Length
                        ? 1
                        : 0;
            }
        }

        return new(items, same, near);
    }

    /// <summary>The runs of a few words in a text, without case and punctuation.</summary>
    internal static IEnumerable<string> Pieces(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        for (var k = 0; k + PieceWords <= words.Count; k++)
        {
            yield return string.Join(' ', words.GetRange(k, PieceWords));
        }
    }
}
