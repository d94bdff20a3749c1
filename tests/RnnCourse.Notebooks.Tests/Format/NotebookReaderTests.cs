using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class NotebookReaderTests
{
    private const string Frame = """{"cells": [CELLS], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""";

    private static Notebook ParseCells(string cells) =>
        NotebookReader.Parse(Frame.Replace("CELLS", cells, StringComparison.Ordinal), "a.ipynb");

    private static NotebookFormatException Fails(string text) =>
        Assert.Throws<NotebookFormatException>(() => NotebookReader.Parse(text, "a.ipynb"));

    private static NotebookFormatException CellsFail(string cells) =>
        Assert.Throws<NotebookFormatException>(() => ParseCells(cells));

    [Fact]
    public void A_source_may_be_a_text_or_an_array_of_lines()
    {
        var notebook = ParseCells(
            """
            {"cell_type": "code", "id": "a", "metadata": {}, "source": "x\ny", "outputs": [], "execution_count": null},
            {"cell_type": "markdown", "id": "b", "metadata": {}, "source": ["x\n", "y"]}
            """
        );

        Assert.Equal(["x\ny", "x\ny"], notebook.Cells.Select(cell => cell.Source));
        Assert.IsType<CodeCell>(notebook.Cells[0]);
        Assert.IsType<MarkdownCell>(notebook.Cells[1]);
    }

    [Fact]
    public void Line_ends_of_a_source_become_line_feeds() =>
        Assert.Equal(
            "a\nb\nc",
            ParseCells("""{"cell_type": "raw", "id": "a", "metadata": {}, "source": "a\r\nb\rc"}""").Cells[0].Source
        );

    [Fact]
    public void Fields_that_nbformat_does_not_know_are_kept()
    {
        var text = NotebookWriter.ToText(
            NotebookReader.Parse(
                """
                {"cells": [{"cell_type": "code", "id": "a", "metadata": {"tags": ["x"]}, "source": "1", "mine": [1, {"b": null}],
                  "outputs": [{"output_type": "stream", "name": "stdout", "text": "x", "theirs": 1e3}]}],
                 "metadata": {"k": {"deep": true}}, "nbformat": 4, "nbformat_minor": 7, "top": "kept"}
                """
            )
        );
        var json = JsonNode.Parse(text)!;

        Assert.Equal("kept", (string?)json["top"]);
        Assert.Equal(7, (int)json["nbformat_minor"]!);
        Assert.True((bool)json["metadata"]!["k"]!["deep"]!);
        Assert.Equal("[1,{\"b\":null}]", json["cells"]![0]!["mine"]!.ToJsonString());
        Assert.Equal("1000.0", json["cells"]![0]!["outputs"]![0]!["theirs"]!.ToJsonString());
    }

    [Fact]
    public void Cells_from_before_format_4_5_get_ids_that_stay()
    {
        const string Old = """
            {"cells": [{"cell_type": "code", "metadata": {}, "source": "1"}, {"cell_type": "code", "metadata": {}, "source": "1"},
                       {"cell_type": "raw", "metadata": {}, "source": "1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}
            """;
        var once = NotebookReader.Parse(Old);
        var twice = NotebookReader.Parse(Old);
        var grown = NotebookReader.Parse(
            Old.Replace("[{", """[{"cell_type": "code", "metadata": {}, "source": "0"}, {""", StringComparison.Ordinal)
        );

        Assert.Equal(3, once.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Equal(once.Cells.Select(cell => cell.Id), twice.Cells.Select(cell => cell.Id));
        Assert.Equal(once.Cells.Select(cell => cell.Id), grown.Cells.Skip(1).Select(cell => cell.Id));
        Assert.Equal(5, once.Minor);
    }

    [Fact]
    public void Many_empty_cells_get_ids_without_trying_all_again_for_each()
    {
        const string Cell =
            """{"cell_type": "code", "metadata": {}, "source": "", "outputs": [], "execution_count": null}""";
        var few = ParseCells(string.Join(',', Enumerable.Repeat(Cell, 3)));
        var many = ParseCells(string.Join(',', Enumerable.Repeat(Cell, 30_000)));

        // As ids were when each attempt was derived separately.
        Assert.Equal(["3baec2144ad2", "502f7f148eec", "503f123c1fe4"], few.Cells.Select(cell => cell.Id));
        Assert.Equal(30_000, many.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Equal(few.Cells.Select(cell => cell.Id), many.Cells.Take(3).Select(cell => cell.Id));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    public void An_older_format_is_refused_with_the_way_to_a_newer_one(string major)
    {
        var exception = Fails($$"""{"worksheets": [], "metadata": {}, "nbformat": {{major}}, "nbformat_minor": 0}""");

        Assert.Equal("nbformat", exception.Location);
        Assert.Contains("format " + major, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "jupyter nbconvert --to notebook --inplace a.ipynb",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_newer_format_is_refused() =>
        Assert.Contains("format 5", Fails("""{"nbformat": 5, "cells": []}""").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\n \"cells\": [\n  é!\n", 3, 3)]
    [InlineData("{\"cells\": [1,]}", 1, 14)]
    [InlineData("{} x", 1, 4)]
    public void Broken_JSON_is_reported_with_line_and_column(string text, int line, int column)
    {
        var exception = Fails(text);

        Assert.Equal((line, column), (exception.Line, exception.Column));
        Assert.StartsWith(
            $"a.ipynb({line},{column}): The file is not JSON.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("LineNumber", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"cells\": [\"say \"hello\"\"]}", "Write it as \\\".")]
    [InlineData("{\"cells\": [\n\"one\"\n\"two\"]}", "Is a comma missing at the end of the line before?")]
    [InlineData("{\"cells\": [\"one\ntwo\"]}", "A line break inside a cell is written \\n.")]
    [InlineData("{\"cells\": [\"one\ttwo\"]}", "A tab inside a cell is written \\t.")]
    [InlineData("{\"cells\": [\"C:\\q\"]}", "A backslash in code is written as two: \\\\.")]
    [InlineData("{\"cells\": [\"one\",]}", "Remove the comma")]
    [InlineData("{\"cells\": [\"one\"", "Take it from a copy")]
    [InlineData("{\"cells\": [\"one", "Take it from a copy")]
    [InlineData("{\"cells\": [], metadata: 1}", "is a quote missing before a name?")]
    [InlineData("{\"cells\": [one]}", "Is a quote missing at the beginning")]
    public void Broken_JSON_is_told_with_what_to_do_by_hand_and_by_which_command(string text, string advice)
    {
        var message = Fails(text).Message;

        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.Contains("`rnn open`", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\uFEFF{}", "byte order mark")]
    [InlineData("[]", "Must be an object, but is an array.")]
    [InlineData("{}", "'nbformat' is missing")]
    [InlineData("""{"nbformat": 4}""", "'cells' is missing")]
    [InlineData("""{"nbformat": "4"}""", "Must be an integer")]
    [InlineData("""{"nbformat": 4, "cells": []}""", "'metadata' is missing")]
    [InlineData("""{"nbformat": 4, "nbformat": 4}""", "occurs twice")]
    [InlineData("""{"worksheets": []}""", "'nbformat' is missing")]
    public void A_file_that_is_not_a_notebook_is_refused_in_plain_words(string text, string words) =>
        Assert.Contains(words, Fails(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_with_their_place()
    {
        var exception = Assert.Throws<NotebookFormatException>(() =>
            NotebookReader.Parse([.. "{\n\"ä"u8, 0xFF, .. "\"}"u8], "a.ipynb")
        );

        Assert.Equal((2, 3), (exception.Line, exception.Column));
        Assert.Contains("UTF-8", exception.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_is_named() =>
        Assert.Contains(
            "UTF-16",
            Assert.Throws<NotebookFormatException>(() => NotebookReader.Parse(Encoding.Unicode.GetPreamble())).Problem,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Absurd_nesting_is_refused(string opening)
    {
        var exception = Fails(string.Concat(Enumerable.Repeat(opening, 100_000)));

        Assert.Equal(1, exception.Line);
        Assert.Contains("depth", exception.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "cells[0]", "Must be an object, but is a number.")]
    [InlineData("{}", "cells[0]", "'cell_type' is missing")]
    [InlineData(
        """{"cell_type": "heading", "source": "", "metadata": {}}""",
        "cells[0].cell_type",
        "Unknown type of cell 'heading'"
    )]
    [InlineData("""{"cell_type": "code", "metadata": {}}""", "cells[0]", "'source' is missing")]
    [InlineData(
        """{"cell_type": "code", "source": ["a", 1], "metadata": {}}""",
        "cells[0].source[1]",
        "Must be a string"
    )]
    [InlineData("""{"cell_type": "code", "source": null, "metadata": {}}""", "cells[0].source", "but is null")]
    [InlineData("""{"cell_type": "code", "source": "", "metadata": []}""", "cells[0].metadata", "Must be an object")]
    [InlineData(
        """{"cell_type": "code", "source": "", "metadata": {"a b": ["\ud800"]}}""",
        "cells[0].metadata[\"a b\"][0]",
        "half of a character"
    )]
    [InlineData(
        """{"cell_type": "code", "source": "", "metadata": {}, "outputs": {}}""",
        "cells[0].outputs",
        "Must be an array"
    )]
    [InlineData(
        """{"cell_type": "raw", "source": "", "metadata": {}, "attachments": {"a.png": 1}}""",
        "cells[0].attachments[\"a.png\"]",
        "Must be an object"
    )]
    public void A_wrong_cell_is_reported_where_it_is_wrong(string cell, string location, string words)
    {
        var exception = CellsFail(cell);

        Assert.Equal(location, exception.Location);
        Assert.Contains(words, exception.Problem, StringComparison.Ordinal);
        Assert.StartsWith($"a.ipynb: {location}: ", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.Line);
    }

    [Theory]
    [InlineData("""{"output_type": "pyout"}""", ".output_type", "Unknown type of output 'pyout'")]
    [InlineData("""{"output_type": "stream", "name": 1, "text": ""}""", ".name", "Must be a string")]
    [InlineData(
        """{"output_type": "stream", "name": "stdout", "text": 1}""",
        ".text",
        "Must be a string or an array of strings"
    )]
    [InlineData("""{"output_type": "display_data", "data": [], "metadata": {}}""", ".data", "Must be an object")]
    [InlineData(
        """{"output_type": "display_data", "data": {"text/html": {}}, "metadata": {}}""",
        ".data[\"text/html\"]",
        "Must be a string or an array"
    )]
    [InlineData(
        """{"output_type": "error", "ename": "a", "evalue": "b", "traceback": "c"}""",
        ".traceback",
        "Must be an array"
    )]
    public void A_wrong_output_is_reported_where_it_is_wrong(string output, string location, string words)
    {
        var exception = CellsFail($$"""{"cell_type": "code", "source": "", "metadata": {}, "outputs": [{{output}}]}""");

        Assert.Equal("cells[0].outputs[0]" + location, exception.Location);
        Assert.Contains(words, exception.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"x\"", "cells[1].id: Another cell has the id 'x' too; this one was replaced.")]
    [InlineData("null", "cells[1].id: The id is missing or not a text; it was replaced.")]
    [InlineData("7", "cells[1].id: The id is missing or not a text; it was replaced.")]
    [InlineData("\"\"", "cells[1].id: The id '' isn't valid. A cell's id is 1 to 64 letters")]
    [InlineData("\"a b\"", "cells[1].id: The id 'a b' isn't valid. A cell's id is 1 to 64 letters")]
    public void An_id_that_a_cell_may_not_have_is_replaced_as_Jupyter_opens_it_too(string id, string repair)
    {
        var notebook = ParseCells(
            """{"cell_type": "raw", "source": "", "metadata": {}, "id": "x"}, """
                + $$"""{"cell_type": "raw", "source": "a", "metadata": {}, "id": {{id}}}"""
        );

        Assert.StartsWith(repair, Assert.Single(notebook.Repairs), StringComparison.Ordinal);
        Assert.Equal("x", notebook.Cells[0].Id);
        Assert.True(CellId.IsValid(notebook.Cells[1].Id));
        Assert.NotEqual("x", notebook.Cells[1].Id);
        Assert.Empty(NotebookReader.Parse(NotebookWriter.ToText(notebook)).Repairs);
    }

    [Theory]
    [InlineData(
        """{"output_type": "error", "ename": "a", "evalue": "b", "traceback": [null, "c"]}""",
        "a: b|,c",
        "cells[0].outputs[0].traceback[0]: This line is null; it was made empty."
    )]
    [InlineData(
        """{"output_type": "error", "ename": "a", "evalue": null, "traceback": null}""",
        "a: |",
        "cells[0].outputs[0]: The field 'evalue' of the output is missing or null; it was filled in."
    )]
    [InlineData(
        """{"output_type": "stream", "text": "t"}""",
        "stdout: t",
        "cells[0].outputs[0]: The field 'name' of the output is missing or null; it was filled in."
    )]
    [InlineData(
        """{"output_type": "stream", "name": "stderr", "text": null}""",
        "stderr: ",
        "cells[0].outputs[0]: The field 'text' of the output is missing or null; it was filled in."
    )]
    [InlineData(
        """{"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": "1"}""",
        "result ",
        "cells[0].outputs[0].execution_count: This isn't a number of 0 or more; it was removed."
    )]
    public void What_an_output_lacks_is_filled_in_since_a_run_replaces_it(string output, string read, string repair)
    {
        var notebook = ParseCells(
            $$"""{"cell_type": "code", "id": "a", "source": "", "metadata": {}, "outputs": [{{output}}]}"""
        );

        Assert.Equal(repair, notebook.Repairs[0]);
        Assert.Equal(
            read,
            ((CodeCell)notebook.Cells[0]).Outputs[0] switch
            {
                ErrorOutput error => $"{error.Name}: {error.Value}|{string.Join(',', error.Traceback)}",
                StreamOutput stream => $"{stream.Name}: {stream.Text}",
                ResultOutput result => $"result {result.ExecutionCount}",
                var other => other.ToString(),
            }
        );
        Assert.Empty(NotebookReader.Parse(NotebookWriter.ToText(notebook)).Repairs);
    }

    [Fact]
    public void An_id_has_at_most_64_characters()
    {
        var cell = """{"cell_type": "raw", "source": "", "metadata": {}, "id": "ID"}""";

        Assert.Empty(ParseCells(cell.Replace("ID", new string('a', 64), StringComparison.Ordinal)).Repairs);
        Assert.Single(ParseCells(cell.Replace("ID", new string('a', 65), StringComparison.Ordinal)).Repairs);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal(
            "nowhere.ipynb: There is no such file.",
            Assert.Throws<NotebookFileException>(() => NotebookReader.Read("nowhere.ipynb")).Message
        );

    [Fact]
    public void A_folder_is_refused_where_a_notebook_is_needed() =>
        Assert.Contains(
            "This is a folder",
            Assert.Throws<NotebookFileException>(() => NotebookReader.Read(Path.GetTempPath())).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_device_is_refused_as_it_may_have_no_end()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "This system has no device that yields bytes without end.");

        Assert.Contains(
            "a device, a pipe or a socket",
            Assert.Throws<NotebookFileException>(() => NotebookReader.Read("/dev/zero")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_pipe_is_refused_as_nobody_may_ever_write_to_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        var folder = Directory.CreateTempSubdirectory("pipe").FullName;
        var pipe = Path.Combine(folder, "a.ipynb");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        Assert.Contains(
            "a device, a pipe or a socket",
            Assert.Throws<NotebookFileException>(() => NotebookReader.Read(pipe)).Message,
            StringComparison.Ordinal
        );
        Directory.Delete(folder, recursive: true);
    }
}
