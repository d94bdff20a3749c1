using System.Globalization;
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

    // The class whose name the kind begins with, made with the stored settings: "adamw" is Adam with a weight decay.
    private static Optimiser<T> Make<T>(JsonElement stored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var kind = stored.GetProperty("kind").GetString()!;
        var settings = stored.GetProperty("settings");
        var type = typeof(Optimiser<>)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && type.Namespace == typeof(Optimiser<>).Namespace)
            .Where(type => kind.StartsWith(type.Name.Split('`')[0], StringComparison.OrdinalIgnoreCase))
            .MaxBy(type => type.Name.Length)!;
        var constructor = type.MakeGenericType(typeof(T)).GetConstructors().Single();
        var parameters = constructor.GetParameters();
        Assert.All(
            settings.EnumerateObject(),
            setting => Assert.Contains(parameters, parameter => parameter.Name == setting.Name)
        );
        return (Optimiser<T>)
            constructor.Invoke([
                .. parameters.Select(parameter =>
                    settings.TryGetProperty(parameter.Name!, out var value)
                        ? Convert.ChangeType(value.GetDouble(), parameter.ParameterType, CultureInfo.InvariantCulture)
                        : parameter.DefaultValue
                ),
            ]);
    }

    private static List<JsonElement> All()
    {
        using var file = StoredCase.Open("Optimisers");
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(stored => stored.Clone())];
    }

    private static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetDouble())];
}
