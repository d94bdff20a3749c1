using System.Text.Json;
using RnnCourse.Core;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class TextSamplerTests
{
    private const int Draws = 20_000;

    private static readonly string[] Symbols = ["a", "b", "c", "d", Vocabulary.UnknownSymbol];

    // The model would write the symbol for unknown ones most of the time, if it were allowed to.
    private static readonly double[] Weights = [8, 4, 2, 1, 100];

    [Theory]
    [InlineData(1, 0, new[] { 8 / 15.0, 4 / 15.0, 2 / 15.0, 1 / 15.0 })]
    [InlineData(0.5, 0, new[] { 64 / 85.0, 16 / 85.0, 4 / 85.0, 1 / 85.0 })]
    [InlineData(1, 1, new[] { 1.0, 0, 0, 0 })]
    [InlineData(1, 2, new[] { 2 / 3.0, 1 / 3.0, 0, 0 })]
    [InlineData(1, 3, new[] { 4 / 7.0, 2 / 7.0, 1 / 7.0, 0 })]
    [InlineData(1, 99, new[] { 8 / 15.0, 4 / 15.0, 2 / 15.0, 1 / 15.0 })]
    [InlineData(0, 0, new[] { 1.0, 0, 0, 0 })]
    public void Symbols_are_drawn_as_often_as_temperature_and_top_k_say(double temperature, int topK, double[] shares)
    {
        var sampler = new TextSampler(AlwaysTheSameScores("code"));

        var text = sampler.Write("", Draws, temperature, topK, new SeededRandom(1));
        var written = text.CountBy(symbol => symbol).ToDictionary();

        Assert.Equal(Draws, written.Values.Sum());
        Assert.DoesNotContain(Vocabulary.UnknownSymbol, written.Keys);
        for (var k = 0; k < shares.Length; k++)
        {
            var share = written.GetValueOrDefault(Symbols[k]) / (double)Draws;
            if (shares[k] is 0 or 1)
            {
                Assert.Equal(shares[k], share);
            }
            else
            {
                Assert.InRange(share, shares[k] - 0.015, shares[k] + 0.015);
            }
        }
    }

    [Fact]
    public void A_name_ends_at_its_end_and_a_text_at_its_length()
    {
        var names = new TextSampler(AlwaysTheSameScores("names"));
        Assert.True(names.WritesNames);
        Assert.Empty(names.Write("", 50, temperature: 0, topK: 0, new SeededRandom(1)));
        var lengths = Enumerable
            .Range(0, 2000)
            .Select(k => names.Write("", 1000, 1, 0, new SeededRandom((ulong)k)).Count());

        // The end is drawn 8 times in 15, so 7/8 symbols come before it on average.
        Assert.InRange(lengths.Average(), 0.775, 0.975);

        var text = new TextSampler(AlwaysTheSameScores("code"));
        Assert.False(text.WritesNames);
        Assert.Equal("aaaaa", string.Concat(text.Write("", 5, 0, 0, new SeededRandom(1))));
    }

    // All weights except the biases of the output are 0, so that each symbol has the same probability at every step.
    private static TaskModel AlwaysTheSameScores(string task)
    {
        var shape = new ModelShape(CellKind.Gru, Symbols.Length, 2, Symbols.Length);
        var model = new SequenceModel<float>(shape, new SeededRandom(1));
        foreach (var parameter in model.Parameters)
        {
            Array.Clear(parameter.Values);
        }

        for (var k = 0; k < Weights.Length; k++)
        {
            model.Output.c.Values[k] = (float)Math.Log(Weights[k]);
        }

        return new(task, model, new Dictionary<string, string> { ["vocabulary"] = JsonSerializer.Serialize(Symbols) });
    }
}
