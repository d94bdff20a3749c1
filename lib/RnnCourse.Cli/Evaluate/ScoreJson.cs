using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RnnCourse.Cli.Files;
using RnnCourse.Shared;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Evaluate;

/// <summary>Writes methods and their scores as JSON.</summary>
internal static class ScoreJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private const string Mark = "writtenBy",
        Writer = "rnn evaluate";

    /// <summary>Checks before a long measurement that its file may be written, so that the results are not
    /// lost.</summary>
    /// <exception cref="UserErrorException">The file may not be written; the message says why.</exception>
    public static void Check(string? path, bool force, params IEnumerable<string?> inputs)
    {
        if (path is not (null or "-"))
        {
            OutputFile.Check(path, "--json", file => OutputFile.HasJson(file, Mark, Writer), force, inputs);
        }
    }

    public static void Write(string path, CourseTask task, IReadOnlyList<MeasuredMethod> methods, Overlap? overlap)
    {
        var json =
            new JsonObject
            {
                [Mark] = Writer,
                ["task"] = task.Name,
                ["data"] = task.Source,
                ["sizes"] = task.Sizes,
                ["remarks"] = new JsonArray([.. task.Remarks.Select(remark => JsonValue.Create(remark))]),
                ["overlap"] = overlap is null
                    ? null
                    : new JsonObject
                    {
                        ["items"] = overlap.Items,
                        ["same"] = overlap.Same,
                        ["near"] = overlap.Near,
                    },
                ["methods"] = new JsonArray([.. methods.Select(Describe)]),
            }.ToJsonString(Options) + "\n";
        if (path == "-")
        {
            Console.Out.Write(json);
            return;
        }

        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(json)));
    }

    private static JsonObject Describe(MeasuredMethod method) =>
        new()
        {
            ["method"] = method.Name,
            ["kind"] = method.IsModel ? "model" : "baseline",
            ["scores"] = new JsonArray([
                .. method
                    .Runs[0]
                    .Select(
                        (score, k) =>
                            new JsonObject
                            {
                                ["name"] = score.Name,
                                ["lowerIsBetter"] = score.LowerIsBetter,
                                ["mean"] = Number(method.Summary(k).Mean),
                                ["spread"] = Number(method.Summary(k).Spread),
                                ["low"] = Number(method.Runs.Count == 1 ? score.Low : double.NaN),
                                ["high"] = Number(method.Runs.Count == 1 ? score.High : double.NaN),
                                ["values"] = new JsonArray([.. method.Runs.Select(run => Number(run[k].Value))]),
                            }
                    ),
            ]),
        };

    // JSON has no NaN; null stands for what could not be measured.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
