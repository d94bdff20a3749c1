namespace RnnCourse.Cli.Tests.Blas;

public sealed class BlasCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task The_table_has_a_speed_for_simd_and_a_reason_for_what_is_missing()
    {
        var result = await _rnn.RunAsync("blas", "--rounds", "1");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches(@"128×32×128 +256×64×256 +512×64×512 +1024×1024×1024", result.Output);
        Assert.Matches(@"(?m)^ *simd +(used)?( +\d+){4} *$", result.Output);
        Assert.Matches(@"(?m)^ *mkl +( +–){4} *$", result.Output);
        Assert.Contains(
            "mkl: not available: the package MathNet.Numerics.Providers.MKL is not referenced",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task The_variable_chooses_what_is_used()
    {
        var result = await _rnn.RunAsync(
            new Dictionary<string, string?> { ["RNN_BLAS"] = "managed" },
            "blas",
            "--rounds",
            "1"
        );
        Assert.Matches(@"(?m)^ *managed +used( +\d+){4} *$", result.Output);
    }

    [Fact]
    public async Task A_wrong_value_of_the_variable_is_reported_with_the_choices()
    {
        var result = await _rnn.RunAsync(new Dictionary<string, string?> { ["RNN_BLAS"] = "cuda" }, "blas");
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith(
            "rnn: The environment variable RNN_BLAS is \"cuda\".",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("choose simd, openblas, mkl, managed or auto", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task An_impossible_number_of_rounds_is_refused(string rounds)
    {
        var result = await _rnn.RunAsync("blas", "--rounds", rounds);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Equal(
            $"rnn: --rounds takes a whole number, from 1 to 100, not '{rounds}'.\nTry 'rnn blas --help'.\n",
            result.Errors
        );
    }
}
