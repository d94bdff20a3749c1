using System.Reflection;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Optimisers;

namespace RnnCourse.Tests.Optimisers;

public sealed class OptimiserTests
{
    private const double Rate = 0.1;

    // One entry for each optimiser and each of its variants: how to make it, and its formula for one number.
    private static readonly Dictionary<string, OptimiserCase> Cases = new()
    {
        ["sgd"] = new(() => new Sgd<double>(), () => new Sgd<float>(), (theta, g, _, _) => theta - (Rate * g)),
        ["momentum"] = new(
            () => new Sgd<double>(0.9),
            () => new Sgd<float>(0.9),
            (theta, g, memory, _) =>
            {
                memory.First = (0.9 * memory.First) + g;
                return theta - (Rate * memory.First);
            }
        ),
        ["nesterov"] = new(
            () => new Sgd<double>(0.9, nesterov: true),
            () => new Sgd<float>(0.9, nesterov: true),
            (theta, g, memory, _) =>
            {
                memory.First = (0.9 * memory.First) + g;
                return theta - (Rate * (g + (0.9 * memory.First)));
            }
        ),
        ["adagrad"] = new(
            () => new Adagrad<double>(),
            () => new Adagrad<float>(),
            (theta, g, memory, _) =>
            {
                memory.Second += g * g;
                return theta - (Rate * g / (Math.Sqrt(memory.Second) + 1e-10));
            }
        ),
        ["rmsprop"] = new(
            () => new RmsProp<double>(),
            () => new RmsProp<float>(),
            (theta, g, memory, _) =>
            {
                memory.Second = (0.99 * memory.Second) + (0.01 * g * g);
                return theta - (Rate * g / (Math.Sqrt(memory.Second) + 1e-8));
            }
        ),
        ["adam"] = new(() => new Adam<double>(), () => new Adam<float>(), AdamFormula),
        ["adamw"] = new(
            () => new Adam<double>(weightDecay: 0.2),
            () => new Adam<float>(weightDecay: 0.2),
            (theta, g, memory, t) => AdamFormula(theta, g, memory, t) - (Rate * 0.2 * theta)
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    // Found by reflection, so that a new optimiser cannot be forgotten here or in the file of libtorch's numbers.
    public static TheoryData<Type> Optimisers =>
        [
            .. typeof(Optimiser<>)
                .Assembly.GetTypes()
                .Where(type =>
                    type.BaseType is { IsGenericType: true } parent
                    && parent.GetGenericTypeDefinition() == typeof(Optimiser<>)
                ),
        ];

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void Every_optimiser_is_held_to_its_formula_and_to_numbers_from_outside(Type optimiser)
    {
        string[] names =
        [
            .. Cases
                .Where(known => known.Value.MakeDouble().GetType().GetGenericTypeDefinition() == optimiser)
                .Select(known => known.Key),
        ];
        Assert.True(
            names.Length > 0,
            $"{optimiser.Name} has no entry in {nameof(OptimiserTests)}.{nameof(Cases)}: add one with its formula."
        );
        using var file = StoredCase.Open("Optimisers");
        var stored = file
            .RootElement.GetProperty("cases")
            .EnumerateArray()
            .Select(c => c.GetProperty("kind").GetString());
        Assert.True(
            stored.Contains(optimiser.Name.Split('`')[0], StringComparer.OrdinalIgnoreCase)
                || NamesWorkedOutByHand().Intersect(names).Any(),
            $"{optimiser.Name} is compared with its own formula only. Work out two steps by hand, as a row of "
                + $"{nameof(Two_steps_are_as_worked_out_by_hand)}; or, if libtorch has it, add it to "
                + "OptimisersOracle.Shapes in tests/RnnCourse.Oracle, and make Optimisers.json anew."
        );
    }

    // θ = 1, gradients 0.5 then −0.25, learning rate 0.1; computed by hand from the formulas in the papers.
    [Theory]
    [InlineData("sgd", 0.95, 0.975)] // 1 − 0.05; + 0.025
    [InlineData("momentum", 0.95, 0.93)] // v = 0.5; 0.45 − 0.25 = 0.2
    [InlineData("nesterov", 0.905, 0.912)] // 0.5 + 0.45; −0.25 + 0.9 · 0.2
    [InlineData("adagrad", 0.9, 0.9447213595499958)] // 0.5/0.5; −0.25/√0.3125
    [InlineData("rmsprop", 0, 0.4490132550669373)] // √0.0025; −0.25/√(0.002475 + 0.000625)
    [InlineData("adam", 0.9, 0.8733663)] // m = 0.05, 0.02; v = 0.00025, 0.00031225
    public void Two_steps_are_as_worked_out_by_hand(string name, double first, double second)
    {
        var parameter = new Parameter<double>("θ", 1, 1);
        parameter.Values[0] = 1;
        var optimiser = Cases[name].MakeDouble();
        parameter.Gradient[0] = 0.5;
        optimiser.Step([parameter], Rate);
        Assert.Equal(first, parameter.Values[0], 1e-6);
        parameter.Gradient[0] = -0.25;
        optimiser.Step([parameter], Rate);
        Assert.Equal(second, parameter.Values[0], 1e-6);
    }

    private static IEnumerable<string> NamesWorkedOutByHand() =>
        typeof(OptimiserTests)
            .GetMethod(nameof(Two_steps_are_as_worked_out_by_hand))!
            .GetCustomAttributes<InlineDataAttribute>()
            .Select(row => (string)row.Data[0]!);

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_steps_follow_the_formula_number_by_number(string name)
    {
        // 37 numbers: full vectors and a remainder.
        var parameter = new Parameter<double>("θ", 37, 1);
        var single = new Parameter<float>("θ", 37, 1);
        var random = new SeededRandom(1);
        foreach (ref var value in parameter.Values.AsSpan())
        {
            value = random.NextNormal();
        }

        for (var k = 0; k < 37; k++)
        {
            single.Values[k] = (float)parameter.Values[k];
        }

        var expected = parameter.Values.ToArray();
        Memory[] memories = [.. Enumerable.Range(0, 37).Select(_ => new Memory())];
        var (optimiser, singleOptimiser) = (Cases[name].MakeDouble(), Cases[name].MakeSingle());
        for (var t = 1; t <= 25; t++)
        {
            for (var k = 0; k < 37; k++)
            {
                single.Gradient[k] = (float)(parameter.Gradient[k] = random.NextNormal());
                expected[k] = Cases[name].Next(expected[k], parameter.Gradient[k], memories[k], t);
            }

            optimiser.Step([parameter], Rate);
            singleOptimiser.Step([single], Rate);
            for (var k = 0; k < 37; k++)
            {
                Assert.Equal(expected[k], parameter.Values[k], 1e-12);
                Assert.Equal(expected[k], single.Values[k], 1e-4);
            }
        }

        Assert.Equal(25, optimiser.StepCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restored_optimiser_goes_on_to_the_bit(string name)
    {
        var random = new SeededRandom(2);
        var (a, b) = (new Parameter<float>("θ", 5, 3), new Parameter<float>("θ", 5, 3));
        var first = Cases[name].MakeSingle();
        for (var t = 0; t < 3; t++)
        {
            foreach (ref var g in a.Gradient.AsSpan())
            {
                g = (float)random.NextNormal();
            }

            first.Step([a], Rate);
        }

        var second = Cases[name].MakeSingle();
        a.Values.CopyTo(b.Values, 0);
        second.Restore([b], first.State, first.StepCount);
        a.Gradient.CopyTo(b.Gradient, 0);
        first.Step([a], Rate);
        second.Step([b], Rate);
        Assert.Equal(a.Values, b.Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_optimiser_restored_to_before_its_first_step_remembers_nothing(string name)
    {
        var (a, b) = (new Parameter<float>("θ", 5, 3), new Parameter<float>("θ", 5, 3));
        var (used, fresh) = (Cases[name].MakeSingle(), Cases[name].MakeSingle());
        a.Gradient.AsSpan().Fill(3);
        used.Step([a], Rate);
        used.Restore([a], [], 0);
        a.Values.AsSpan().Clear();
        a.Gradient.AsSpan().Fill(-0.5f);
        b.Gradient.AsSpan().Fill(-0.5f);
        used.Step([a], Rate);
        fresh.Step([b], Rate);
        Assert.Equal(b.Values, a.Values);
    }

    [Fact]
    public void Wrong_settings_and_other_parameters_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd<double>(momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam<double>(beta1: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam<double>(weightDecay: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp<double>(epsilon: -1));
        var optimiser = new Adam<double>();
        optimiser.Step([new("θ", 3, 1)], Rate);
        Assert.Throws<ArgumentException>(() => optimiser.Step([new("θ", 4, 1)], Rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => optimiser.Step([new("θ", 3, 1)], double.NaN));
        Assert.Throws<ArgumentException>(() =>
            optimiser.Restore(
                [new("θ", 3, 1)],
                [
                    [1, 2, 3],
                ],
                1
            )
        );
    }

    private static double AdamFormula(double theta, double g, Memory memory, int t)
    {
        memory.First = (0.9 * memory.First) + (0.1 * g);
        memory.Second = (0.999 * memory.Second) + (0.001 * g * g);
        var (mean, square) = (memory.First / (1 - Math.Pow(0.9, t)), memory.Second / (1 - Math.Pow(0.999, t)));
        return theta - (Rate * mean / (Math.Sqrt(square) + 1e-8));
    }

    private delegate double Formula(double theta, double gradient, Memory memory, int step);

    private sealed record OptimiserCase(
        Func<Optimiser<double>> MakeDouble,
        Func<Optimiser<float>> MakeSingle,
        Formula Next
    );

    /// <summary>What an optimiser remembers of one number: means of its gradients and of their squares.</summary>
    private sealed class Memory
    {
        public double First { get; set; }

        public double Second { get; set; }
    }
}
