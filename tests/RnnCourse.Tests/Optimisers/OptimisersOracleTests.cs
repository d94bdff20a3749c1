using System.Numerics;
using System.Text.Json;
using RnnCourse.Model;
using RnnCourse.Optimisers;

namespace RnnCourse.Tests.Optimisers;

/// <summary>The optimisers against libtorch's own, step by step, on gradients stored with them (see
/// tests/RnnCourse.Oracle).</summary>
public sealed class OptimisersOracleTests
{
    public static TheoryData<string> Cases => [.. All().Select(stored => stored.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_is_libtorchs(string name)
    {
        var stored = All().Single(one => one.GetProperty("name").GetString() == name);
        Assert.True(Distance<double>(stored, 1) <= 1e-12);
        Assert.True(Distance<float>(stored, 1) <= 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_learning_rate_that_is_off_by_a_millionth_is_seen(string name)
    {
        var stored = All().Single(one => one.GetProperty("name").GetString() == name);
        Assert.True(Distance<double>(stored, 1 + 1e-6) > 1e-8);
    }

    [Fact]
    public void All_kinds_are_stored() =>
        Assert.Equal(
            ["adagrad", "adam", "adamw", "rmsprop", "sgd"],
            All().Select(stored => stored.GetProperty("kind").GetString()!).Distinct().Order()
        );

    // The largest distance of a number from libtorch's, over all steps.
    private static double Distance<T>(JsonElement stored, double factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var start = Numbers(stored.GetProperty("start"));
        var parameter = new Parameter<T>("θ", start.Length, 1);
        for (var k = 0; k < start.Length; k++)
        {
            parameter.Values[k] = T.CreateChecked(start[k]);
        }

        var optimiser = Make<T>(stored);
        var rate = stored.GetProperty("learningRate").GetDouble() * factor;
        var distance = 0.0;
        foreach (
            var (gradient, values) in stored
                .GetProperty("gradients")
                .EnumerateArray()
                .Zip(stored.GetProperty("values").EnumerateArray())
        )
        {
            var (g, expected) = (Numbers(gradient), Numbers(values));
            for (var k = 0; k < g.Length; k++)
            {
                parameter.Gradient[k] = T.CreateChecked(g[k]);
            }

            optimiser.Step([parameter], rate);
            for (var k = 0; k < g.Length; k++)
            {
                distance = Math.Max(distance, Math.Abs(double.CreateChecked(parameter.Values[k]) - expected[k]));
            }
        }

        return distance;
    }

    private static Optimiser<T> Make<T>(JsonElement stored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double Setting(string name) =>
            stored.GetProperty("settings").TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        return stored.GetProperty("kind").GetString() switch
        {
            "sgd" => new Sgd<T>(Setting("momentum"), Setting("nesterov") != 0),
            "adagrad" => new Adagrad<T>(Setting("epsilon")),
            "rmsprop" => new RmsProp<T>(Setting("decay"), Setting("epsilon")),
            "adam" or "adamw" => new Adam<T>(
                Setting("beta1"),
                Setting("beta2"),
                Setting("epsilon"),
                Setting("weightDecay")
            ),
            var other => throw new InvalidDataException($"There is no optimiser called {other}."),
        };
    }

    private static List<JsonElement> All()
    {
        using var file = StoredCase.Open("Optimisers");
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(stored => stored.Clone())];
    }

    private static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetDouble())];
}
