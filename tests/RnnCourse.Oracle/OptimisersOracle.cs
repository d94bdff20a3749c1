using static TorchSharp.torch;

namespace RnnCourse.Oracle;

/// <summary>One of libtorch's optimisers and its settings, as they are stored.</summary>
internal sealed record OptimiserShape(
    string Name,
    string Kind,
    double LearningRate,
    IReadOnlyList<(string Name, double Value)> Settings
);

/// <summary>A training as it is stored: the gradients of each step that went into libtorch, and the numbers after each
/// step that came out.</summary>
internal sealed record OptimiserCase(
    OptimiserShape Shape,
    long Seed,
    Tensor Start,
    IReadOnlyList<Tensor> Gradients,
    IReadOnlyList<Tensor> Values
);

/// <summary>Steps of libtorch's optimisers on gradients that are drawn, so that nothing but the optimiser is
/// compared.</summary>
internal static class OptimisersOracle
{
    private const int Size = 19,
        Steps = 12; // more numbers than a vector holds, and a rest

    public static IReadOnlyList<OptimiserShape> Shapes { get; } =
    [
        new("SGD", "sgd", 0.1, []),
        new("SGD with momentum", "sgd", 0.05, [("momentum", 0.9)]),
        new("SGD with Nesterov's momentum", "sgd", 0.05, [("momentum", 0.8), ("nesterov", 1)]),
        new("Adagrad", "adagrad", 0.1, [("epsilon", 1e-10)]),
        new("RMSProp", "rmsprop", 0.01, [("decay", 0.99), ("epsilon", 1e-8)]),
        new("RMSProp with a short memory", "rmsprop", 0.02, [("decay", 0.7), ("epsilon", 1e-3)]),
        new("Adam", "adam", 0.01, [("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8)]),
        new("Adam with other settings", "adam", 0.03, [("beta1", 0.5), ("beta2", 0.8), ("epsilon", 1e-3)]),
        new("AdamW", "adamw", 0.02, [("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("weightDecay", 0.1)]),
    ];

    public static OptimiserCase Run(OptimiserShape shape, long seed)
    {
        using var generator = new Generator((ulong)seed);
        Tensor Normal() => randn([Size], dtype: ScalarType.Float64, generator: generator);
        var start = Normal();
        using var parameter = new TorchSharp.Modules.Parameter(start.clone());
        using var optimiser = Make(shape, parameter);
        List<Tensor> gradients = [],
            values = [];
        for (var step = 0; step < Steps; step++)
        {
            // One gradient is zero; the optimiser's memory still moves the parameters.
            var gradient = step == 5 ? zeros([Size], dtype: ScalarType.Float64) : Normal() * Math.Pow(2, step % 4);
            parameter.grad = gradient.clone();
            optimiser.step();
            gradients.Add(gradient);
            values.Add(parameter.detach().clone());
        }

        return new OptimiserCase(shape, seed, start, gradients, values);
    }

    private static optim.Optimizer Make(OptimiserShape shape, TorchSharp.Modules.Parameter parameter)
    {
        double Setting(string name) => shape.Settings.SingleOrDefault(setting => setting.Name == name).Value;
        TorchSharp.Modules.Parameter[] all = [parameter];
        return shape.Kind switch
        {
            "sgd" => optim.SGD(
                all,
                shape.LearningRate,
                momentum: Setting("momentum"),
                nesterov: Setting("nesterov") != 0
            ),
            "adagrad" => optim.Adagrad(all, shape.LearningRate, eps: Setting("epsilon")),
            "rmsprop" => optim.RMSProp(all, shape.LearningRate, alpha: Setting("decay"), eps: Setting("epsilon")),
            "adam" => optim.Adam(all, shape.LearningRate, Setting("beta1"), Setting("beta2"), Setting("epsilon")),
            "adamw" => optim.AdamW(
                all,
                shape.LearningRate,
                Setting("beta1"),
                Setting("beta2"),
                Setting("epsilon"),
                Setting("weightDecay")
            ),
            _ => throw new ArgumentException($"'{shape.Name}' is of the unknown kind '{shape.Kind}'; add it here."),
        };
    }
}
