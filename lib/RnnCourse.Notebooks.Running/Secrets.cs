using System.Collections;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// Keeps secrets of the environment out of stored outputs: cells don't get the variables whose names sound secret, and
/// where the value of one turns up in an output all the same, its name stands in its place.
/// </summary>
internal sealed class Secrets
{
    // Shorter values are words such as "true", whose removal would garble outputs and protect nothing.
    private const int ShortestValue = 6;

    private readonly List<(string Value, string Name)> _values = [];

    private Secrets(IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyCollection<string> passed)
    {
        var withheld = new List<string>();
        foreach (var (name, value) in environment)
        {
            var secret = SecretName.Matches(name) ? value : PasswordInAddress(value);
            if (secret is { Length: >= ShortestValue })
            {
                // As it is, and as HTML, JSON and addresses write it.
                var forms = new[]
                {
                    secret,
                    WebUtility.HtmlEncode(secret),
                    JsonEncodedText.Encode(secret).ToString(),
                    Uri.EscapeDataString(secret),
                };
                _values.AddRange(forms.Distinct(StringComparer.Ordinal).Select(form => (form, name)));
            }

            if (SecretName.Matches(name) && !passed.Contains(name, SecretName.Comparer))
            {
                withheld.Add(name);
            }
        }

        // A value may hold another one.
        _values.Sort((a, b) => b.Value.Length.CompareTo(a.Value.Length));
        Withheld = withheld;
    }

    /// <summary>Names of the variables that cells don't get.</summary>
    public IReadOnlyList<string> Withheld { get; }

    public static Secrets OfEnvironment(IReadOnlyCollection<string> passed) =>
        Of(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")),
            passed
        );

    public static Secrets Of(
        IEnumerable<KeyValuePair<string, string>> environment,
        IReadOnlyCollection<string> passed
    ) => new(environment, passed);

    public string Redact(string text)
    {
        foreach (var (value, name) in _values)
        {
            text = text.Replace(value, $"[{name} left out]", StringComparison.Ordinal);
        }

        return text;
    }

    public MimeBundle Redact(MimeBundle data) =>
        _values.Count == 0
            ? data
            : new MimeBundle(
                data.Items.Select(item =>
                    KeyValuePair.Create(
                        item.Key,
                        item.Value switch
                        {
                            MimeText text => new MimeText(Redact(text.Text)),
                            MimeJson json => new MimeJson(Redact(json.Json)),
                            var other => other,
                        }
                    )
                )
            );

    public CellError Redact(CellError error) =>
        _values.Count == 0
            ? error
            : error with
            {
                Message = Redact(error.Message),
                Traceback = [.. error.Traceback.Select(Redact)],
                SourceLine = Redact(error.SourceLine),
            };

    private JsonNode? Redact(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.Select(field => KeyValuePair.Create(Redact(field.Key), Redact(field.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Redact)]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Redact(text)),
            _ => node?.DeepClone(),
        };

    // http://user:password@proxy/: the variable is needed, the password in it is none of an output's business.
    private static string? PasswordInAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, var password]
            ? password
            : null;
}
