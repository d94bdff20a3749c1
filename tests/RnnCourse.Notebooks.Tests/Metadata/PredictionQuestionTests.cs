using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Tests.Metadata;

public sealed class PredictionQuestionTests
{
    [Theory]
    [InlineData("""{"rnn":{"predict":"How many?"}}""", "How many?")]
    [InlineData("""{"rnn":{"predict":""}}""", null)]
    [InlineData("""{"rnn":{"predict":true}}""", null)]
    [InlineData("""{"rnn":{"predict":["a"]}}""", null)]
    [InlineData("""{"rnn":{"cell-timeout":3}}""", null)]
    [InlineData("""{"rnn":"predict"}""", null)]
    [InlineData("""{"predict":"How many?"}""", null)]
    [InlineData("{}", null)]
    public void A_cell_asks_what_its_metadata_say_and_whatever_else_stands_there_asks_nothing(
        string metadata,
        string? question
    ) =>
        Assert.Equal(
            question,
            PredictionQuestion.Of(
                new CodeCell
                {
                    Id = "c",
                    Source = "1",
                    Metadata = JsonNode.Parse(metadata)!.AsObject(),
                }
            )
        );
}
