using RnnCourse.Model.Files;

namespace RnnCourse.Cli.Tests.Export;

public sealed class ExportModelCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_series_model_is_exported_with_pytorchs_names_shapes_and_what_it_takes_to_use_it()
    {
        await File.WriteAllLinesAsync(_rnn.PathOf("s.csv"), Enumerable.Range(1, 200).Select(k => $"{k % 9}"), Token);
        var trained = await _rnn.RunAsync(
            "train",
            "sunspots",
            "--data",
            "s.csv",
            "--out",
            "s.safetensors",
            "--steps",
            "5"
        );
        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Errors));
        var exported = await _rnn.RunAsync("export-model", "--model", "s.safetensors");
        Assert.Equal((ExitCode.Success, ""), (exported.ExitCode, exported.Errors));
        var (tensors, metadata) = SafetensorsFile.Read(_rnn.PathOf("s.pytorch.safetensors"));
        Assert.Equal(
            [
                "rnn.weight_ih_l0 48 1",
                "rnn.weight_hh_l0 48 16",
                "rnn.bias_ih_l0 48",
                "rnn.bias_hh_l0 48",
                "output.weight 1 16",
                "output.bias 1",
            ],
            tensors.Select(tensor => $"{tensor.Name} {string.Join(' ', tensor.Shape)}")
        );
        Assert.Equal(
            ("GRU", "1", "16", "1", "false", "1", "sunspots"),
            (
                metadata["cell"],
                metadata["input_size"],
                metadata["hidden_size"],
                metadata["num_layers"],
                metadata["bidirectional"],
                metadata["output_size"],
                metadata["task"]
            )
        );
        Assert.Contains("mean", metadata.Keys);
        Assert.Contains("provenance", metadata.Keys);

        // The command's own file may be replaced, but never a model, since that would be the input.
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("export-model", "-m", "s.safetensors")).ExitCode);
        await File.WriteAllTextAsync(_rnn.PathOf("mine"), "mine", Token);
        foreach (var output in new[] { "s.safetensors", "mine" })
        {
            var refused = await _rnn.RunAsync("export-model", "-m", "s.safetensors", "-o", output);
            Assert.Equal(ExitCode.Usage, refused.ExitCode);
            Assert.Contains("is not replaced", refused.Errors, StringComparison.Ordinal);
        }
    }
}
