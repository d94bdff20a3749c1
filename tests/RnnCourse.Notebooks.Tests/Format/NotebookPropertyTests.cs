using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class NotebookPropertyTests
{
    // Every kind of character that a writer could get wrong.
    private static readonly string[] Pieces =
    [
        "",
        "a",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\"",
        "\\",
        "\0",
        "\u001b[31m",
        "\u0085",
        "\u2028",
        "\u007f",
        "é",
        "😀",
        "{}",
        "\uFFFD",
        " ",
        "$x$",
    ];

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1]
        .Select(i => Pieces[i])
        .Array[0, 6]
        .Select(string.Concat);

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>(
        (depth, inner) =>
            depth > 3
                ? Gen.OneOf(
                    Text.Select(text => (JsonNode?)JsonValue.Create(text)),
                    Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
                    Gen.Const((JsonNode?)null)
                )
                : Gen.OneOf(
                    Gen.Double[-1e6, 1e6].Select(number => (JsonNode?)JsonValue.Create(number)),
                    Gen.Bool.Select(truth => (JsonNode?)JsonValue.Create(truth)),
                    inner
                        .Array[0, 3]
                        .Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
                    Text.Select(inner, (name, value) => (JsonNode?)new JsonObject { ["x" + name] = value?.DeepClone() })
                )
    );

    private static readonly Gen<JsonObject> Metadata = Text.Select(
        Json,
        (name, value) => new JsonObject { ["m" + name] = value?.DeepClone() }
    );

    private static readonly Gen<MimeBundle> Bundle = Gen.Select(
        Text,
        Text,
        Json,
        (plain, png, json) =>
            new MimeBundle([
                new("text/plain", new MimeText(plain)),
                new("image/png", new MimeText(png)),
                new("application/vnd.plotly.v1+json", new MimeJson(json?.DeepClone())),
            ])
    );

    private static readonly Gen<Output> AnyOutput = Gen.OneOf<Output>(
        Gen.Bool.Select(Text, (isError, text) => (Output)new StreamOutput(isError ? "stderr" : "stdout", text)),
        Bundle.Select(Metadata, (data, metadata) => (Output)new DisplayOutput(data) { Metadata = metadata }),
        Bundle.Select(Gen.Int[0, 99], (data, count) => (Output)new ResultOutput(data, count)),
        Gen.Select(Text, Text, Text.Array[0, 3], (name, value, lines) => (Output)new ErrorOutput(name, value, lines))
    );

    private static readonly Gen<Func<string, Cell>> AnyCell = Gen.OneOf<Func<string, Cell>>(
        Gen.Select(
            Text,
            AnyOutput.Array[0, 3],
            Metadata,
            (source, outputs, metadata) =>
                (Func<string, Cell>)(
                    id => new CodeCell
                    {
                        Id = id,
                        Source = source,
                        Outputs = outputs,
                        ExecutionCount = outputs.Length,
                        Metadata = metadata,
                        Extra = new JsonObject { ["mine"] = 1 },
                    }
                )
        ),
        Text.Select(
            Bundle,
            (source, file) =>
                (Func<string, Cell>)(
                    id => new MarkdownCell
                    {
                        Id = id,
                        Source = source,
                        Attachments = new Dictionary<string, MimeBundle> { [source] = file },
                    }
                )
        ),
        Text.Select(source => (Func<string, Cell>)(id => new RawCell { Id = id, Source = source }))
    );

    private static readonly Gen<Notebook> AnyNotebook = AnyCell
        .Array[0, 5]
        .Select(
            Metadata,
            (cells, metadata) =>
                new Notebook { Cells = [.. cells.Select((make, i) => make("cell-" + i))], Metadata = metadata }
        );

    [Fact]
    public void Any_notebook_survives_writing_and_reading() =>
        AnyNotebook.Sample(
            notebook =>
            {
                var text = NotebookWriter.ToText(notebook);
                var read = NotebookReader.Parse(text);
                Assert.Equal(text, NotebookWriter.ToText(read));
                Assert.Equal(notebook.Cells.Select(cell => cell.Source), read.Cells.Select(cell => cell.Source));
                Assert.Equal(notebook.Cells.Select(cell => cell.GetType()), read.Cells.Select(cell => cell.GetType()));
                Assert.Equal(Streams(notebook), Streams(read));
            },
            iter: 500
        );

    [Fact]
    public void What_is_written_is_JSON_that_other_readers_take() =>
        AnyNotebook.Sample(
            notebook => JsonNode.Parse(NotebookWriter.ToText(notebook))!["nbformat"]!.GetValue<int>() == 4,
            iter: 300
        );

    [Fact]
    public void Damaged_bytes_give_a_notebook_or_a_format_exception() =>
        Gen.Select(
                AnyNotebook,
                Gen.Select(
                    Gen.Double[0, 1],
                    Gen.Int[0, 4],
                    Gen.Byte,
                    (place, kind, value) => (place, kind, value)
                ).Array[1, 4]
            )
            .Sample(
                (notebook, damages) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(NotebookWriter.ToText(notebook)).ToList();
                    foreach (var (place, kind, value) in damages)
                    {
                        Damage(bytes, (int)(place * (bytes.Count - 1)), kind, value);
                    }

                    Assert.True(ReadsOrFailsCleanly([.. bytes]));
                },
                iter: 2000
            );

    [Fact]
    public void A_value_of_the_wrong_kind_anywhere_gives_a_notebook_or_a_format_exception() =>
        Gen.Select(AnyNotebook, Gen.Int[0, 10_000], Json)
            .Sample(
                (notebook, place, value) =>
                {
                    var root = JsonNode.Parse(NotebookWriter.ToText(notebook))!;
                    var nodes = Descendants(root).ToList();
                    nodes[place % nodes.Count](value?.DeepClone());
                    Assert.True(ReadsOrFailsCleanly(Encoding.UTF8.GetBytes(root.ToJsonString())));
                },
                iter: 2000
            );

    private static IEnumerable<string> Streams(Notebook notebook) =>
        notebook
            .Cells.OfType<CodeCell>()
            .SelectMany(cell => cell.Outputs)
            .OfType<StreamOutput>()
            .Select(stream => stream.Text);

    private static bool ReadsOrFailsCleanly(byte[] bytes)
    {
        try
        {
            var text = NotebookWriter.ToText(NotebookReader.Parse(bytes, "x.ipynb"));
            return text == NotebookWriter.ToText(NotebookReader.Parse(text));
        }
        catch (NotebookFormatException exception)
        {
            return exception.Message.StartsWith("x.ipynb", StringComparison.Ordinal) && exception.Problem.Length > 0;
        }
    }

    private static void Damage(List<byte> bytes, int place, int kind, byte value)
    {
        switch (kind)
        {
            case 0:
                bytes[place] = value;
                break;
            case 1:
                bytes.RemoveRange(place, Math.Min(value % 20, bytes.Count - place - 1));
                break;
            case 2:
                bytes.Insert(place, value);
                break;
            case 3:
                bytes.InsertRange(place, bytes.GetRange(place, Math.Min(value, bytes.Count - place)));
                break;
            default:
                bytes[place] = (byte)"{}[],:\"\\0-"[value % 10];
                break;
        }
    }

    // Every place in a document, as a function that sets a new value there.
    private static IEnumerable<Action<JsonNode?>> Descendants(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var name in fields.Select(field => field.Key).ToList())
                {
                    yield return value => fields[name] = value;
                    foreach (var inner in Descendants(fields[name]))
                    {
                        yield return inner;
                    }
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var index = i;
                    yield return value => items[index] = value;
                    foreach (var inner in Descendants(items[index]))
                    {
                        yield return inner;
                    }
                }
                break;
        }
    }
}
