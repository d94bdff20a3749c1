using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests;

/// <summary>
/// The three networks against the numbers that libtorch computed. Two arrays agree if no number differs by more than
/// 1e-10 of the array's largest; zeros must be zeros.
/// </summary>
public sealed class OracleTests
{
    private const double Tolerance = 1e-10;
    private static readonly SeededRandom Any = new(0); // what it draws is overwritten by the stored parameters

    public static TheoryData<string> RecurrentCases => StoredCase.Names(nameof(VanillaRnn));
    public static TheoryData<string> SharedCases => StoredCase.Names(nameof(SharedNetwork));
    public static TheoryData<string> FunctionPerStepCases => StoredCase.Names(nameof(FunctionPerStep));

    [Theory]
    [MemberData(nameof(RecurrentCases))]
    public void VanillaRnn_computes_what_libtorch_computes(string name)
    {
        var stored = StoredCase.Named(nameof(VanillaRnn), name);
        var network = stored.Fill(new VanillaRnn(stored.InputSize, stored.HiddenSize, stored.OutputSize, Any));
        AssertEqual("states", stored.States, network.Forward(stored.X).s);
        AssertSame(stored, network);
    }

    [Theory]
    [MemberData(nameof(SharedCases))]
    public void SharedNetwork_computes_what_libtorch_computes(string name)
    {
        var stored = StoredCase.Named(nameof(SharedNetwork), name);
        var network = stored.Fill(new SharedNetwork(stored.InputSize, stored.HiddenSize, stored.OutputSize, Any));
        AssertEqual("states", stored.States, [.. stored.X.Select(x_i => network.Step(x_i).s_i)]);
        AssertSame(stored, network);
    }

    [Theory]
    [MemberData(nameof(FunctionPerStepCases))]
    public void FunctionPerStep_computes_what_libtorch_computes(string name)
    {
        var stored = StoredCase.Named(nameof(FunctionPerStep), name);
        var network = stored.Fill(
            new FunctionPerStep(stored.InputSize, stored.HiddenSize, stored.OutputSize, stored.MaxLength, Any)
        );
        AssertEqual(
            "states",
            stored.States,
            [.. Enumerable.Range(1, stored.Length).Select(i => network.Step([.. stored.X.Take(i)]).s_i)]
        );
        AssertSame(stored, network);
    }

    [Theory]
    [InlineData(nameof(VanillaRnn))]
    [InlineData(nameof(SharedNetwork))]
    [InlineData(nameof(FunctionPerStep))]
    public void A_file_of_stored_numbers_says_where_they_are_from(string network)
    {
        using var file = StoredCase.Open(network);
        foreach (var field in new[] { "generator", "torchSharp", "libtorch", "dtype", "network" })
        {
            Assert.False(string.IsNullOrWhiteSpace(file.RootElement.GetProperty(field).GetString()), field);
        }

        Assert.True(file.RootElement.GetProperty("seed").GetInt64() > 0);
        Assert.Equal("float64", file.RootElement.GetProperty("dtype").GetString());
    }

    [Fact]
    public void A_difference_in_the_tenth_digit_is_seen()
    {
        var stored = StoredCase.Named(nameof(VanillaRnn), "seven steps");
        var network = stored.Fill(new VanillaRnn(stored.InputSize, stored.HiddenSize, stored.OutputSize, Any));
        network.W[0, 0] += 1e-8;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(stored, network));
    }

    private static void AssertSame(StoredCase stored, ISequenceNetwork network)
    {
        Assert.Equal(stored.ParameterCount, network.Parameters.Count);
        AssertEqual("outputs", stored.Outputs, network.Predict(stored.X));
        var (loss, gradients) = network.LossAndGradients(stored.X, stored.Targets);
        AssertEqual("loss", [stored.Loss], [loss]);
        foreach (var (parameter, gradient) in network.Parameters.Zip(gradients))
        {
            AssertEqual("gradient of " + parameter.Name, stored.Gradient(parameter.Name), gradient);
        }
    }

    private static void AssertEqual(
        string what,
        IReadOnlyList<Vector<double>> expected,
        IReadOnlyList<Vector<double>> actual
    )
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            AssertEqual($"{what}[{i}]", expected[i].ToArray(), actual[i].ToArray());
        }
    }

    private static void AssertEqual(string what, double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        for (var k = 0; k < expected.Length; k++)
        {
            var difference = Math.Abs(expected[k] - actual[k]);
            Assert.True(
                difference <= Tolerance * largest,
                FormattableString.Invariant($"{what}, number {k}: {actual[k]:R}, but libtorch says {expected[k]:R}.")
            );
        }
    }
}
