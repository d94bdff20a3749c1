using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>The differences that are allowed between stored outputs and new ones.</summary>
public sealed record ComparisonRules
{
    private const string ToleranceField = "tolerance";
    private const string SanitizeField = "sanitize";

    /// <summary>How much numbers that are not whole may differ.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.Usual;

    /// <summary>The replacements that are made in all texts before they are compared, in order; unless set, the one for
    /// the time that <c>#!time</c> prints.</summary>
    public IReadOnlyList<Sanitizer> Sanitizers { get; init; } =
    [Sanitizer.Of(@"^Wall time: [0-9.E+-]+ms$", "Wall time: …")];

    /// <summary>Reads rules from a file: a JSON object with <c>tolerance</c> and <c>sanitize</c>, as in a notebook's
    /// metadata under <c>rnn</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="NotebookFormatException">The file doesn't contain valid rules; the message says
    /// where.</exception>
    /// <exception cref="NotebookFileException">The file can't be read.</exception>
    public static ComparisonRules Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var fields =
                JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new NotebookFormatException("This must be a JSON object.", path);
            foreach (var (name, _) in fields.Where(field => field.Key is not (ToleranceField or SanitizeField)))
            {
                throw new NotebookFormatException(
                    $"Unknown rule '{name}'. Use '{ToleranceField}' or '{SanitizeField}'.",
                    path
                );
            }

            return new ComparisonRules().With(EngineMetadata.Of(fields, path));
        }
        catch (JsonException e)
        {
            throw new NotebookFormatException($"The file is not JSON: {e.Message}", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFileException(FileProblem.Reading(path, e), path, e);
        }
    }

    internal ComparisonRules With(EngineMetadata metadata) =>
        this with
        {
            Tolerance = ToleranceOf(metadata) ?? Tolerance,
            Sanitizers = [.. Sanitizers, .. SanitizersOf(metadata)],
        };

    internal string Sanitize(string text)
    {
        foreach (var (pattern, replacement) in Sanitizers)
        {
            try
            {
                text = pattern.Replace(text, replacement);
            }
            catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
            {
                throw new NotebookFormatException(
                    $"The sanitizer '{pattern}' takes too long; write it so that it needs no backtracking."
                );
            }
        }

        return text;
    }

    private static Tolerance? ToleranceOf(EngineMetadata metadata)
    {
        const string Rule = "This must be an object with 'relative' or 'absolute' or both, numbers of 0 or more.";
        if (metadata.Value(ToleranceField) is not { } value)
        {
            return null;
        }

        var fields = value as JsonObject ?? throw metadata.Wrong(ToleranceField, Rule);
        return fields.Count == 0 || fields.Any(field => field.Key is not ("relative" or "absolute"))
            ? throw metadata.Wrong(ToleranceField, Rule)
            : new Tolerance(Number("relative", Tolerance.Usual.Relative), Number("absolute", Tolerance.Usual.Absolute));

        double Number(string name, double usual) =>
            !fields.ContainsKey(name) ? usual
            : fields[name] is JsonValue number
            && number.GetValueKind() == JsonValueKind.Number
            && number.GetValue<double>() is >= 0 and < double.PositiveInfinity and var amount
                ? amount
            : throw metadata.Wrong(ToleranceField, Rule);
    }

    private static IEnumerable<Sanitizer> SanitizersOf(EngineMetadata metadata)
    {
        const string Rule = "This must be a list of objects with 'regex' and 'replace', both texts.";
        if (metadata.Value(SanitizeField) is not { } value)
        {
            yield break;
        }

        foreach (var item in value as JsonArray ?? throw metadata.Wrong(SanitizeField, Rule))
        {
            if (
                item is not JsonObject { Count: 2 } pair
                || Text(pair["regex"]) is not { } pattern
                || Text(pair["replace"]) is not { } replacement
            )
            {
                throw metadata.Wrong(SanitizeField, Rule);
            }

            yield return Make(pattern, replacement);
        }

        static string? Text(JsonNode? node) =>
            node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

        Sanitizer Make(string pattern, string replacement)
        {
            try
            {
                return Sanitizer.Of(pattern, replacement);
            }
            catch (ArgumentException e)
            {
                throw metadata.Wrong(SanitizeField, $"'{pattern}' is not a valid regular expression: {e.Message}");
            }
        }
    }
}
