using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class NotebookPatchTests
{
    // Unsorted keys, four blanks, Windows line breaks, no line break at the end, nbformat 4.2 without ids, unusual
    // numbers.
    private const string Odd = """
        {
            "nbformat_minor": 2,
            "metadata": {"z": 1.50, "kernelspec": {"name": ".net-csharp"}},
            "nbformat": 4,
            "cells": [
                {
                    "source": "1 + 1",
                    "cell_type": "code",
                    "metadata": {"execution": {"when": "today"}},
                    "outputs": [],
                    "execution_count": null
                },
                { "cell_type": "markdown", "metadata": {}, "source": ["caf\u00e9"] }
            ]
        }
        """;

    private static string OddText => Odd.ReplaceLineEndings("\r\n").TrimEnd();

    [Fact]
    public void A_notebook_that_did_not_change_keeps_every_byte() =>
        Assert.Equal(OddText, Apply(OddText, notebook => notebook));

    [Fact]
    public void Only_what_changed_is_written_and_laid_out_as_the_rest()
    {
        var changed = Apply(
            OddText,
            notebook =>
                notebook with
                {
                    Cells =
                    [
                        (CodeCell)notebook.Cells[0] with
                        {
                            ExecutionCount = 1,
                            Outputs = [new StreamOutput("stdout", "é\n2")],
                        },
                        notebook.Cells[1],
                    ],
                }
        );
        var output = """
            "outputs": [
                            {
                                "name": "stdout",
                                "output_type": "stream",
                                "text": [
                                    "\u00e9\n",
                                    "2"
                                ]
                            }
                        ],
            """.ReplaceLineEndings("\r\n");
        Assert.Equal(
            OddText
                .Replace("\"outputs\": [],", output, StringComparison.Ordinal)
                .Replace("\"execution_count\": null", "\"execution_count\": 1", StringComparison.Ordinal),
            changed
        );
    }

    [Fact]
    public void A_text_on_one_line_stays_on_one_line()
    {
        const string Text =
            """{"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"1","outputs":[]}],"metadata":{},"nbformat":4,"nbformat_minor":5}""";
        var changed = Apply(
            Text,
            notebook => notebook with { Cells = [(CodeCell)notebook.Cells[0] with { Source = "2\n3" }] }
        );
        Assert.Equal(Text.Replace("\"1\"", """["2\n","3"]""", StringComparison.Ordinal), changed);
    }

    [Fact]
    public void A_character_beyond_ASCII_is_written_as_it_is_unless_the_text_has_others_as_numbers()
    {
        const string Text =
            """{"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"1"}],"metadata":{},"nbformat":4,"nbformat_minor":5}""";
        static Notebook Change(Notebook notebook) =>
            notebook with
            {
                Cells = [(MarkdownCell)notebook.Cells[0] with { Source = "é" }],
            };
        Assert.Contains("\"é\"", Apply(Text, Change), StringComparison.Ordinal);
        var escaped = Text.Replace("\"metadata\":{},\"nbformat\"", "\"metadata\":{\"k\":\"\\u00e4\"},\"nbformat\"");
        Assert.Contains("\"\\u00e9\"", Apply(escaped, Change), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_was_missing_writes_its_cell_anew()
    {
        const string Text =
            """{"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"1","outputs":[]}],"metadata":{"k":[1,2]},"nbformat":4,"nbformat_minor":5}""";
        var changed = Apply(
            Text,
            notebook => notebook with { Cells = [(CodeCell)notebook.Cells[0] with { ExecutionCount = 3 }] }
        )!;
        Assert.EndsWith(
            """],"metadata":{"k":[1,2]},"nbformat":4,"nbformat_minor":5}""",
            changed,
            StringComparison.Ordinal
        );
        Assert.Equal(3, ((CodeCell)NotebookReader.Parse(changed).Cells[0]).ExecutionCount);
    }

    [Fact]
    public void Other_cells_cannot_be_put_into_the_text()
    {
        Assert.Null(Apply(OddText, notebook => notebook with { Cells = [notebook.Cells[1]] }));
        Assert.Null(NotebookPatch.Apply("{"u8.ToArray(), NotebookReader.Parse(OddText)));
    }

    [Fact]
    public void A_canonical_notebook_stays_canonical()
    {
        var text = NotebookWriter.ToText(NotebookReader.Parse(OddText));
        var changed = Apply(
            text,
            notebook =>
                notebook with
                {
                    Cells =
                    [
                        (CodeCell)notebook.Cells[0] with
                        {
                            ExecutionCount = 7,
                            Outputs = [new StreamOutput("stdout", "a\nb")],
                        },
                        notebook.Cells[1],
                    ],
                }
        )!;
        Assert.Equal(NotebookWriter.ToText(NotebookReader.Parse(changed)), changed);
    }

    [Fact]
    public void A_file_is_updated_only_if_something_changed()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("update").FullName, "odd.ipynb");
        File.WriteAllText(path, OddText);
        var early = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, early);
        NotebookWriter.Update(NotebookReader.Read(path), path);
        Assert.Equal((OddText, early), (File.ReadAllText(path), File.GetLastWriteTimeUtc(path)));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static string? Apply(string text, Func<Notebook, Notebook> change) =>
        NotebookPatch.Apply(Encoding.UTF8.GetBytes(text), change(NotebookReader.Parse(text))) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : null;
}
