using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>Converts a bundle of representations to JSON and back: an object with a string or JSON for each MIME
/// type.</summary>
public static class BundleJson
{
    /// <summary>Writes a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <returns>The object.</returns>
    public static JsonObject ToJson(MimeBundle bundle) =>
        new(
            bundle.Items.Select(item =>
                KeyValuePair.Create(
                    item.Key,
                    item.Value switch
                    {
                        MimeText text => JsonValue.Create(text.Text),
                        MimeJson json => json.Json?.DeepClone(),
                        _ => null,
                    }
                )
            )
        );

    /// <summary>Reads a bundle that <see cref="ToJson"/> has written.</summary>
    /// <param name="json">The object.</param>
    /// <returns>The bundle.</returns>
    public static MimeBundle FromJson(JsonObject json) =>
        new(
            json.Select(item =>
                KeyValuePair.Create<string, MimeValue>(
                    item.Key,
                    MimeBundle.IsJson(item.Key)
                        ? new MimeJson(item.Value?.DeepClone())
                        : new MimeText(item.Value?.GetValue<string>() ?? "")
                )
            )
        );
}
