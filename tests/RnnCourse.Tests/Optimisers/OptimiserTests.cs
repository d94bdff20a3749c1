using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Optimisers;

namespace RnnCourse.Tests.Optimisers;

public sealed class OptimiserTests
{
    private const double Rate = 0.1;

    public static TheoryData<string> Names => ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"];

    // θ = 1, gradients 0.5 then −0.25, learning rate 0.1: worked out by hand from the formulas of the papers.
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
        var optimiser = Make<double>(name);
        parameter.Gradient[0] = 0.5;
        optimiser.Step([parameter], Rate);
        Assert.Equal(first, parameter.Values[0], 1e-6);
        parameter.Gradient[0] = -0.25;
        optimiser.Step([parameter], Rate);
        Assert.Equal(second, parameter.Values[0], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_steps_follow_the_formula_number_by_number(string name)
    {
        // 37 numbers: full vectors and a rest.
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
        var (m, v) = (new double[37], new double[37]);
        var (optimiser, singleOptimiser) = (Make<double>(name), Make<float>(name));
        for (var t = 1; t <= 25; t++)
        {
            for (var k = 0; k < 37; k++)
            {
                single.Gradient[k] = (float)(parameter.Gradient[k] = random.NextNormal());
                expected[k] = Formula(name, expected[k], parameter.Gradient[k], ref m[k], ref v[k], t);
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
        var first = Make<float>(name);
        for (var t = 0; t < 3; t++)
        {
            foreach (ref var g in a.Gradient.AsSpan())
            {
                g = (float)random.NextNormal();
            }

            first.Step([a], Rate);
        }

        var second = Make<float>(name);
        a.Values.CopyTo(b.Values, 0);
        second.Restore([b], first.State, first.StepCount);
        a.Gradient.CopyTo(b.Gradient, 0);
        first.Step([a], Rate);
        second.Step([b], Rate);
        Assert.Equal(a.Values, b.Values);
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

    private static Optimiser<T> Make<T>(string name)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        name switch
        {
            "sgd" => new Sgd<T>(),
            "momentum" => new Sgd<T>(0.9),
            "nesterov" => new Sgd<T>(0.9, nesterov: true),
            "adagrad" => new Adagrad<T>(),
            "rmsprop" => new RmsProp<T>(),
            "adam" => new Adam<T>(),
            _ => new Adam<T>(weightDecay: 0.2),
        };

    private static double Formula(string name, double theta, double g, ref double m, ref double v, int t)
    {
        switch (name)
        {
            case "sgd":
                return theta - (Rate * g);
            case "momentum":
                m = (0.9 * m) + g;
                return theta - (Rate * m);
            case "nesterov":
                m = (0.9 * m) + g;
                return theta - (Rate * (g + (0.9 * m)));
            case "adagrad":
                v += g * g;
                return theta - (Rate * g / (Math.Sqrt(v) + 1e-10));
            case "rmsprop":
                v = (0.99 * v) + (0.01 * g * g);
                return theta - (Rate * g / (Math.Sqrt(v) + 1e-8));
            default:
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                var shrunk = name == "adamw" ? theta * (1 - (Rate * 0.2)) : theta;
                return shrunk
                    - (Rate * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8));
        }
    }
}
