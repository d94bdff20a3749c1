using System.Collections;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// Keeps secrets of the environment out of stored outputs. The value of a variable whose name suggests a secret may
/// appear in an output, because it was passed to the cells or is also in a file; it is then replaced by the variable's
/// name.
/// </summary>
internal sealed class SecretRedactor
{
    // Shorter values are words such as "true", whose removal would garble outputs and protect nothing.
    private const int ShortestValue = 6;

    private readonly List<(string Value, string Name)> _values = [];

    private SecretRedactor(IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach (var (name, value) in environment)
        {
            string[] secrets = SecretName.Matches(name) ? [value] : PasswordsInAddress(value);
            foreach (var secret in secrets.Where(secret => secret.Length >= ShortestValue))
            {
                // As it is, and as it is escaped in HTML, JSON and addresses.
                var forms = new[]
                {
                    secret,
                    WebUtility.HtmlEncode(secret),
                    JsonEncodedText.Encode(secret).ToString(),
                    Uri.EscapeDataString(secret),
                };
                _values.AddRange(forms.Distinct(StringComparer.Ordinal).Select(form => (form, name)));
            }
        }

        // A value may hold another one.
        _values.Sort((a, b) => b.Value.Length.CompareTo(a.Value.Length));
    }

    public static SecretRedactor OfEnvironment() =>
        Of(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
        );

    public static SecretRedactor Of(IEnumerable<KeyValuePair<string, string>> environment) => new(environment);

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

    // http://user:password@proxy/: the variable is needed, but the password in it must not appear in outputs, neither
    // as the address writes it nor as it is typed.
    private static string[] PasswordsInAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, var password]
            ? [password, Uri.UnescapeDataString(password)]
            : [];
}
