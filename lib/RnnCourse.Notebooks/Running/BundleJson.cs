using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Running;

/// <summary>Carries a bundle of representations through a message.</summary>
internal static class BundleJson
{
    public static JsonObject ToJson(MimeBundle bundle) => new(bundle.Items.Select(item => KeyValuePair.Create(
        item.Key,
        item.Value switch { MimeText text => JsonValue.Create(text.Text), MimeJson json => json.Json?.DeepClone(), _ => null })));

    public static MimeBundle FromJson(JsonObject json) => new(json.Select(item => KeyValuePair.Create<string, MimeValue>(
        item.Key,
        MimeBundle.IsJson(item.Key) ? new MimeJson(item.Value?.DeepClone()) : new MimeText(item.Value?.GetValue<string>() ?? ""))));
}
