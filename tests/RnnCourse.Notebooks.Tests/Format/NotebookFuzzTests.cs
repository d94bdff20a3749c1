using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

/// <summary>Tests the reader with random documents: it must return a notebook, or say what is wrong and
/// where.</summary>
public sealed partial class NotebookFuzzTests
{
    private const string Whole = """
        {"cells": [
          {"cell_type": "code", "id": "a", "metadata": {"tags": ["x"]}, "source": ["1\n", "2"], "execution_count": 1, "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["a\n"]},
            {"output_type": "display_data", "data": {"text/plain": "p", "application/json": {"k": [1.5e-7, null, true]}}, "metadata": {"image/png": {"width": 3}}},
            {"output_type": "execute_result", "execution_count": 1, "data": {"text/html": ["<b>"]}, "metadata": {}},
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}]},
          {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "m", "attachments": {"f.png": {"image/png": "AA=="}}},
          {"cell_type": "raw", "id": "c", "metadata": {"format": "x"}, "source": ""}],
         "metadata": {"kernelspec": {"name": "n", "display_name": "d"}, "language_info": {"name": "C#"}, "authors": []},
         "nbformat": 4, "nbformat_minor": 5}
        """;

    // Words that mean something in a notebook, so that random documents come close to one.
    private static readonly string[] Words =
    [
        "cells",
        "metadata",
        "nbformat",
        "nbformat_minor",
        "cell_type",
        "id",
        "source",
        "outputs",
        "execution_count",
        "output_type",
        "name",
        "text",
        "data",
        "ename",
        "evalue",
        "traceback",
        "attachments",
        "code",
        "markdown",
        "raw",
        "stream",
        "display_data",
        "execute_result",
        "error",
        "worksheets",
        "",
        "a/b",
        "\"",
        "\ud83d\ude00",
    ];

    private static readonly string[] Scalars =
    [
        "null",
        "true",
        "4",
        "1e400",
        "-0",
        "12345678901234567890",
        "0.1",
        "\"\\ud83d\"",
        "[]",
        "{}",
        "NaN",
        "'x'",
        "01",
    ];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(i => Words[i]);

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Word.Select(Quote),
        Gen.Int[-1, 6].Select(number => $"{number}"),
        Gen.Int[0, Scalars.Length - 1].Select(i => Scalars[i])
    );

    private static readonly Gen<string> AnyJson = Gen.Recursive<string>(
        (depth, inner) =>
            depth > 5
                ? Scalar
                : Gen.OneOf(
                    Scalar,
                    inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
                    Gen.Select(Word, inner)
                        .Array[0, 5]
                        .Select(fields =>
                            $"{{{string.Join(',', fields.Select(field => $"{Quote(field.Item1)}: {field.Item2}"))}}}"
                        )
                )
    );

    // An unpaired surrogate, which a JSON tree can't write.
    private const string Half = "half";

    [Fact]
    public void Random_documents_are_refused_with_their_place() => AnyJson.Sample(Check, iter: 5_000);

    [Fact]
    public void Random_fields_at_the_right_places_are_read_or_refused_with_their_place() =>
        Gen.Select(AnyJson, AnyJson, AnyJson)
            .Sample(
                (cells, metadata, output) =>
                    Check(
                        $$"""
                        {"nbformat": 4, "nbformat_minor": 5, "metadata": {{metadata}}, "cells": [
                        {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": null, "outputs": [{{output}}]}, {{cells}}]}
                        """
                    ),
                iter: 5_000
            );

    [Fact]
    public void Documents_cut_anywhere_are_refused_with_line_and_column()
    {
        for (var length = 0; length < Whole.Length - 1; length++)
        {
            var cut = Whole[..length];
            var problem = Assert.Throws<NotebookFormatException>(() => NotebookReader.Parse(cut));
            Assert.True(length == 0 || problem.Line >= 1 && problem.Column >= 1, problem.Message);
        }
    }

    [Fact]
    public void Every_value_that_is_changed_removed_or_doubled_is_read_or_refused_with_its_place()
    {
        string[] values =
        [
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "\"x\"",
            "[]",
            "{}",
            "[[]]",
            "{\"x\": {}}",
            "99999999999",
            $"\"{Half}\"",
        ];
        var places = Places(JsonNode.Parse(Whole)!, []).ToList();
        Assert.True(places.Count > 40);
        foreach (var place in places)
        {
            foreach (var value in values)
            {
                Check(Changed(place, parent => Replaced(parent, place[^1], value)));
            }

            Check(Changed(place, parent => Replaced(parent, place[^1], null)));
        }
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{\"a\":", 100_000)]
    [InlineData("[{\"cells\":", 50_000)]
    public void Endless_nesting_is_refused(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));
        Assert.NotNull(Assert.Throws<NotebookFormatException>(() => NotebookReader.Parse(text)).Line);
        Check($$"""{"nbformat": 4, "cells": [], "metadata": {"deep": {{text}}""");
    }

    [Fact]
    public void What_a_run_changes_can_be_stored_in_any_notebook() =>
        Gen.Select(AnyJson, Gen.Int[0, 2], Gen.Bool)
            .Sample(
                (metadata, blanks, isCompact) =>
                {
                    Notebook notebook;
                    var text = Whole.Replace("\"authors\": []", $"\"random\": {metadata}", StringComparison.Ordinal);
                    try
                    {
                        notebook = NotebookReader.Parse(text);
                        text = isCompact ? JsonNode.Parse(text)!.ToJsonString() : text + new string('\n', blanks);
                    }
                    catch (NotebookFormatException)
                    {
                        return;
                    }
                    var executed = notebook with
                    {
                        Cells =
                        [
                            (CodeCell)notebook.Cells[0] with
                            {
                                ExecutionCount = 9,
                                Outputs = [new StreamOutput("stdout", metadata)],
                            },
                            .. notebook.Cells.Skip(1),
                        ],
                    };
                    var stored = NotebookPatch.Apply(Encoding.UTF8.GetBytes(text), executed);
                    Assert.NotNull(stored);
                    Assert.Equal(NotebookWriter.ToText(executed), NotebookWriter.ToText(NotebookReader.Parse(stored)));
                },
                iter: 500
            );

    private static void Check(string text)
    {
        try
        {
            var canonical = NotebookWriter.ToText(NotebookReader.Parse(text));
            Assert.Equal(canonical, NotebookWriter.ToText(NotebookReader.Parse(canonical)));
            Assert.Equal(
                text,
                Encoding.UTF8.GetString(NotebookPatch.Apply(Encoding.UTF8.GetBytes(text), NotebookReader.Parse(text))!)
            );
        }
        catch (NotebookFormatException problem)
        {
            Assert.True(problem.Problem.Length > 10, problem.Message);
            if (problem.Line is null && problem.Location.Length > 0)
            {
                Assert.True(
                    Leads(
                        problem.Location,
                        JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = true })
                    ),
                    $"{problem.Message} leads nowhere in {text}"
                );
            }
        }
    }

    // Whether a path such as cells[3].outputs[0]["a/b"] names a place of the document.
    private static bool Leads(string path, JsonNode? node)
    {
        try
        {
            foreach (Match step in Step().Matches(path))
            {
                node = step.Groups["i"].Success
                    ? node!.AsArray()[
                        int.Parse(step.Groups["i"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
                    ]
                    : node!
                        .AsObject()
                        .Single(field =>
                            field.Key == (step.Groups["q"].Success ? step.Groups["q"].Value : step.Groups["n"].Value)
                        )
                        .Value;
            }

            return true;
        }
        catch (ArgumentException)
        {
            // The problem is a duplicate field, which a tree can't represent.
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    [GeneratedRegex("""\[(?<i>[0-9]+)\]|\["(?<q>.*?)"\](?=[.\[]|$)|\.?(?<n>[A-Za-z0-9_]+)""", RegexOptions.Singleline)]
    private static partial Regex Step();

    private static string Quote(string word) => JsonValue.Create(word).ToJsonString();

    private static IEnumerable<object[]> Places(JsonNode? node, object[] path) =>
        (
            node switch
            {
                JsonObject fields => fields.SelectMany(field => Places(field.Value, [.. path, field.Key])),
                JsonArray items => items.SelectMany((item, i) => Places(item, [.. path, i])),
                _ => [],
            }
        ).Concat(path.Length > 0 ? [path] : []);

    private static string Changed(object[] place, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(Whole)!;
        var parent = place[..^1].Aggregate(root, (node, step) => step is int i ? node[i]! : node[(string)step]!);
        change(parent);
        return root.ToJsonString().Replace(Half, "\\udc00", StringComparison.Ordinal);
    }

    private static void Replaced(JsonNode parent, object step, string? value)
    {
        var node = value is null ? null : JsonNode.Parse(value);
        if (step is int i)
        {
            if (value is null)
            {
                parent.AsArray().Add(parent[i]?.DeepClone());
            }
            else
            {
                parent[i] = node;
            }
        }
        else if (value is null)
        {
            parent.AsObject().Remove((string)step);
        }
        else
        {
            parent[(string)step] = node;
        }
    }
}
