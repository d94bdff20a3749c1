using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class NotebookWriterTests
{
    // As nbformat 5.5.0 writes it.
    private const string Canonical = """
        {
         "cells": [
          {
           "attachments": {
            "a.png": {
             "image/png": "aGk="
            }
           },
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {},
           "source": [
            "# Größe → 😀\n",
            "\n",
            "text"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 1,
           "id": "c_1",
           "metadata": {
            "dotnet_interactive": {
             "language": "csharp"
            },
            "polyglot_notebook": {
             "kernelName": "csharp"
            }
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "one\n",
              "two\n"
             ]
            },
            {
             "data": {
              "application/vnd.plotly.v1+json": {
               "data": [
                1,
                2.5,
                null
               ]
              },
              "image/png": "a\nb\n",
              "text/html": [
               "<b>1</b>"
              ],
              "text/plain": [
               "\t\"1\"\\\u0001"
              ]
             },
             "execution_count": 1,
             "metadata": {},
             "output_type": "execute_result"
            },
            {
             "ename": "E",
             "evalue": "v",
             "output_type": "error",
             "traceback": [
              "a",
              "b"
             ]
            }
           ],
           "source": []
          },
          {
           "cell_type": "raw",
           "id": "r",
           "metadata": {},
           "source": [
            "x"
           ]
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void A_notebook_in_canonical_form_is_read_and_written_without_changing_a_byte() =>
        Assert.Equal(Canonical, NotebookWriter.ToText(NotebookReader.Parse(Canonical)));

    [Fact]
    public void Times_and_machines_are_left_out()
    {
        var cell = new CodeCell
        {
            Id = "a",
            Source = "1",
            Metadata = JsonNode
                .Parse("""{"execution": {"iopub.execute_input": "2026"}, "trusted": true, "tags": []}""")!
                .AsObject(),
        };
        var text = NotebookWriter.ToText(new Notebook { Cells = [cell] });

        Assert.DoesNotContain("2026", text, StringComparison.Ordinal);
        Assert.DoesNotContain("trusted", text, StringComparison.Ordinal);
        Assert.Contains("\"tags\": []", text, StringComparison.Ordinal);
    }
}
