using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCourse.Oracle;

/// <summary>The network of a lesson: its numbers come from a file that the lesson's library wrote, and loss and
/// gradients go into the same file.</summary>
internal static class LessonOracle
{
    private static readonly string[] Names = ["U", "W", "V", "b", "c", "s_0"];

    public static void Complete(string path)
    {
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var p = Names.ToDictionary(name => name, name => Read(json["parameters"]![name]!).requires_grad_());
        var x = Read(json["x"]!);
        int?[] targets = [.. json["targets"]!.AsArray().Select(t => (int?)t)];

        var states = new List<Tensor> { p["s_0"] };
        for (var i = 0; i < targets.Length; i++)
        {
            states.Add(tanh(mv(p["U"], x[i]) + mv(p["W"], states[^1]) + p["b"]));
        }
        var scores = nn.functional.linear(stack(states)[TensorIndex.Slice(1)], p["V"], p["c"]);
        var loss = Loss.Of(scores, targets);
        loss.backward();

        json["generator"] = "tests/RnnCourse.Oracle";
        json["torchSharp"] = typeof(torch).Assembly.GetName().Version!.ToString(3);
        json["libtorch"] = __version__;
        json["dtype"] = "float64";
        json["loss"] = JsonNode.Parse(Number(loss.item<double>()));
        json["gradients"] = new JsonObject(
            Names.Select(name => KeyValuePair.Create(name, (JsonNode?)Write(OracleCase.GradientOf(p[name]))))
        );
        var temporary = path + ".new";
        // One line for each row of numbers, which is easy to read and to compare.
        File.WriteAllText(temporary, Lines(json) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    private static Tensor Read(JsonNode node) =>
        node is JsonArray rows && rows[0] is JsonArray
            ? stack(rows.Select(row => Read(row!)))
            : tensor(node.AsArray().Select(v => (double)v!).ToArray(), ScalarType.Float64);

    private static JsonArray Write(Tensor t) =>
        t.dim() == 1
            ? new JsonArray([.. t.data<double>().ToArray().Select(v => JsonNode.Parse(Number(v)))])
            : new JsonArray([.. Enumerable.Range(0, (int)t.shape[0]).Select(r => Write(t[r].contiguous()))]);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Lines(JsonObject json) =>
        "{\n"
        + string.Join(
            ",\n",
            json.Select(field =>
                $"  \"{field.Key}\": "
                + (
                    field.Value is JsonObject inner
                        ? "{\n"
                            + string.Join(",\n", inner.Select(item => $"    \"{item.Key}\": {Compact(item.Value)}"))
                            + "\n  }"
                        : Compact(field.Value)
                )
            )
        )
        + "\n}";

    private static string Compact(JsonNode? node) =>
        node?.ToJsonString(
            new JsonSerializerOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        ) ?? "null";
}
