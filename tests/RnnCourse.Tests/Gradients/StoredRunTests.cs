using System.Text.Json;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Tests.Gradients;

public sealed class StoredRunTests
{
    [Fact]
    public void The_formulas_of_a_GRU_give_the_stored_scores()
    {
        var run = StoredRun.Read(PathOf("gru"));
        var s = 0 * run["keep"].b;
        Assert.InRange(
            run.Difference([
                .. run.x.Select(x_i =>
                {
                    var (keep, reset, g) = (
                        Gate.Sigmoid(run["keep"].Sum(x_i, s)),
                        Gate.Sigmoid(run["reset"].Sum(x_i, s)),
                        run["candidate"]
                    );
                    var candidate = ((g.U * x_i) + g.b + reset.PointwiseMultiply((g.W * s) + g.b_W!)).PointwiseTanh();
                    return s = keep.PointwiseMultiply(s) + (1 - keep).PointwiseMultiply(candidate);
                }),
            ]),
            0,
            1e-12
        );
    }

    [Theory]
    [InlineData("gru", "GRU")]
    [InlineData("lstm", "LSTM")]
    public void The_stored_run_is_the_case_of_the_oracle(string file, string cell)
    {
        using var run = JsonDocument.Parse(File.ReadAllText(PathOf(file)));
        using var oracle = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf($"tests/RnnCourse.Tests/Oracle/Layers{cell}.json"))
        );
        var stored = oracle
            .RootElement.GetProperty("cases")
            .EnumerateArray()
            .Single(item => item.GetProperty("name").GetString() == $"{cell}: one sequence");
        Assert.Equal(
            oracle.RootElement.GetProperty("libtorch").GetString(),
            run.RootElement.GetProperty("libtorch").GetString()
        );
        foreach (var field in new[] { "x", "targets", "parameters", "scores", "loss" })
        {
            Assert.True(JsonElement.DeepEquals(stored.GetProperty(field), run.RootElement.GetProperty(field)), field);
        }
    }

    [Fact]
    public void A_gate_that_the_cell_has_not_and_states_of_another_number_are_refused()
    {
        var run = StoredRun.Read(PathOf("lstm"));
        Assert.Equal(["add", "keep", "candidate", "show"], run.GateNames);
        Assert.Contains(
            "show",
            Assert.Throws<KeyNotFoundException>(() => run["reset"]).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => run.Difference([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(
        """{"libtorch": "2", "cell": "RNN", "x": [], "scores": [], "parameters": {"output.weight": [[1]], "output.bias": [1]}}"""
    )]
    public void A_file_that_holds_something_else_is_refused_by_name(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Contains(
                path,
                Assert.Throws<FormatException>(() => StoredRun.Read(path)).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string PathOf(string cell) => Repository.PathOf($"datasets/gradients/{cell}-seven-steps.json");
}
