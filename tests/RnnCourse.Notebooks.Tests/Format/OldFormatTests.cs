using System.Text;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class OldFormatTests : IDisposable
{
    private const string Old = """
        {"metadata": {"name": "Old", "signature": "sha256:0", "kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)"}}, "nbformat": 3, "nbformat_minor": 0, "orig_nbformat": 2, "worksheets": [
         {"metadata": {}, "cells": [
          {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Two\n", "lines"]},
          {"cell_type": "heading", "metadata": {"x": 1}, "source": "One"},
          {"cell_type": "markdown", "metadata": {}, "source": ["*text*"]},
          {"cell_type": "html", "metadata": {}, "source": "<b>bold</b>"},
          {"cell_type": "raw", "metadata": {}, "source": "raw"},
          {"cell_type": "code", "collapsed": true, "input": ["var x = 1;\n", "x"], "language": "csharp", "metadata": {"tags": ["a"]}, "prompt_number": 7, "outputs": [
           {"output_type": "stream", "stream": "stderr", "text": ["a\n", "b"]},
           {"output_type": "stream", "text": "c"},
           {"output_type": "pyout", "prompt_number": 7, "text": ["1"], "html": "<i>1</i>", "metadata": {"png": {"width": 2}}},
           {"output_type": "display_data", "png": "AA==", "jpeg": "AA==", "svg": ["<svg/>"], "latex": "$x$", "javascript": "1", "json": "{\"a\": [1, 2.5]}", "application/x-own": "own"},
           {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t1", "t2"]}]},
          {"cell_type": "code", "input": ["one", "", "two"], "metadata": {}, "outputs": [
           {"output_type": "stream", "text": ["a", "b\n", "c"]},
           {"output_type": "display_data", "html": ["<p>", "</p>"], "text": ["x\n", "y"]}]},
          {"cell_type": "markdown", "metadata": {}, "source": ["a", "b"]},
          {"cell_type": "heading", "level": 3, "metadata": {}, "source": ["a", "b"]},
          {"cell_type": "code", "input": "", "language": "csharp", "metadata": {}, "outputs": []}]},
         {"cells": [
          {"cell_type": "markdown", "metadata": {}, "source": "second sheet"}]}]}
        """;

    // The result of nbformat 5.5.0, without ids and without the number of the old format, which we may choose.
    private const string New = """
        {"cells": [
         {"cell_type": "markdown", "metadata": {}, "source": ["## Two lines"]},
         {"cell_type": "markdown", "metadata": {"x": 1}, "source": ["# One"]},
         {"cell_type": "markdown", "metadata": {}, "source": ["*text*"]},
         {"cell_type": "markdown", "metadata": {}, "source": ["<b>bold</b>"]},
         {"cell_type": "raw", "metadata": {}, "source": ["raw"]},
         {"cell_type": "code", "execution_count": 7, "metadata": {"collapsed": true, "tags": ["a"]}, "outputs": [
          {"name": "stderr", "output_type": "stream", "text": ["a\n", "b"]},
          {"name": "stdout", "output_type": "stream", "text": ["c"]},
          {"data": {"text/html": ["<i>1</i>"], "text/plain": ["1"]}, "execution_count": 7, "metadata": {"image/png": {"width": 2}}, "output_type": "execute_result"},
          {"data": {"application/javascript": ["1"], "application/json": {"a": [1, 2.5]}, "application/x-own": "own", "image/jpeg": "AA==", "image/png": "AA==", "image/svg+xml": ["<svg/>"], "text/latex": ["$x$"]}, "metadata": {}, "output_type": "display_data"},
          {"ename": "E", "evalue": "v", "output_type": "error", "traceback": ["t1", "t2"]}], "source": ["var x = 1;\n", "x"]},
         {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [
          {"name": "stdout", "output_type": "stream", "text": ["a\n", "b\n", "\n", "c"]},
          {"data": {"text/html": ["<p>\n", "</p>"], "text/plain": ["x\n", "y"]}, "metadata": {}, "output_type": "display_data"}], "source": ["one\n", "\n", "two"]},
         {"cell_type": "markdown", "metadata": {}, "source": ["a\n", "b"]},
         {"cell_type": "markdown", "metadata": {}, "source": ["### a b"]},
         {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": []},
         {"cell_type": "markdown", "metadata": {}, "source": ["second sheet"]}], "metadata": {"kernelspec": {"display_name": ".NET (C#)", "name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5}
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ipynb");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_notebook_of_format_3_becomes_what_Jupyter_makes_of_it()
    {
        var read = JsonNode.Parse(NotebookWriter.ToText(NotebookReader.Parse(Old)))!;
        foreach (var cell in read["cells"]!.AsArray())
        {
            Assert.True(cell!.AsObject().Remove("id"));
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(New), read), read.ToJsonString());
    }

    [Fact]
    public void What_a_run_changes_is_stored_in_format_4()
    {
        File.WriteAllText(_file, Old);
        var notebook = NotebookReader.Read(_file);
        var executed = notebook with
        {
            Cells =
            [
                .. notebook.Cells.Select(cell =>
                    cell is CodeCell code ? code with { Outputs = [new StreamOutput("stdout", "new")] } : cell
                ),
            ],
        };
        NotebookWriter.Update(executed, _file);

        Assert.Null(NotebookPatch.Apply(Encoding.UTF8.GetBytes(Old), executed));
        Assert.Equal(NotebookWriter.ToText(executed), File.ReadAllText(_file));
    }

    [Theory]
    [InlineData("\"worksheets\": 1", "worksheets", "Must be an array")]
    [InlineData("\"worksheets\": [{}]", "worksheets[0]", "'cells' is missing")]
    [InlineData("\"worksheets\": [{\"cells\": [1]}]", "worksheets[0].cells[0]", "Must be an object")]
    [InlineData(
        "\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"pyout\", "
            + "\"json\": \"{\"}]}]}]",
        "worksheets[0].cells[0].outputs[0].json",
        "a text that is JSON"
    )]
    [InlineData(
        "\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"pyout\", "
            + "\"json\": \"[\\\"\\\\ud800\\\"]\"}]}]}]",
        "worksheets[0].cells[0].outputs[0].json[0]",
        "half of a character"
    )]
    [InlineData(
        "\"worksheets\": [{\"cells\": [{\"cell_type\": \"heading\", \"level\": -1}]}]",
        "worksheets[0].cells[0].level",
        "0 or more"
    )]
    [InlineData(
        "\"worksheets\": [{\"cells\": [{\"cell_type\": \"raw\"}]}]",
        "(converted to format 4) cells[0]",
        "'source' is missing"
    )]
    [InlineData(
        "\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"input\": 1}]}]",
        "(converted to format 4) cells[0].source",
        "Must be a string"
    )]
    [InlineData("\"cells\": []", "", "'worksheets' is missing")]
    public void What_is_wrong_is_reported_with_its_place(string fields, string location, string words)
    {
        var problem = Assert.Throws<NotebookFormatException>(() =>
            NotebookReader.Parse($$"""{"metadata": {}, "nbformat": 3, "nbformat_minor": 0, {{fields}}}""")
        );

        Assert.Equal(location, problem.Location);
        Assert.Contains(words, problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "# a")]
    [InlineData("6", "###### a")]
    [InlineData("2000000000", "###### a")]
    public void A_heading_has_the_levels_that_there_are(string level, string text) =>
        Assert.Equal(
            text,
            NotebookReader
                .Parse(
                    "{\"metadata\": {}, \"nbformat\": 3, \"worksheets\": [{\"cells\": [{\"cell_type\": "
                        + "\"heading\", \"level\": "
                        + level
                        + ", \"source\": \"a\"}]}]}"
                )
                .Cells[0]
                .Source
        );
}
