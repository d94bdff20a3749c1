using static TorchSharp.torch;

namespace RnnCourse.Oracle;

/// <summary>The sizes of a case, and what is special about it.</summary>
internal sealed record Shape(
    string Name,
    int InputSize,
    int HiddenSize,
    int OutputSize,
    int Length,
    double Scale = 0.7,
    double Unread = 0,
    int ExtraFunctions = 0
);

/// <summary>A stored case: the inputs and outputs of libtorch.</summary>
internal sealed record OracleCase(
    Shape Shape,
    long Seed,
    Tensor X,
    int?[] Targets,
    IReadOnlyList<(string Name, Tensor Value)> Parameters,
    IReadOnlyList<Tensor> States,
    Tensor Outputs,
    double Loss
)
{
    /// <summary>libtorch's gradient of a parameter; zeros where autograd found no path from it to the loss.</summary>
    public static Tensor GradientOf(Tensor parameter) => parameter.grad ?? zeros_like(parameter);
}

/// <summary>Draws the inputs of a case with libtorch's own generator.</summary>
internal sealed class Draws(long seed, double scale) : IDisposable
{
    private readonly Generator _generator = new((ulong)seed);

    public void Dispose() => _generator.Dispose();

    /// <summary>A parameter that autograd follows, normal with the case's scale: no bias and no initial state is
    /// zero.</summary>
    public Tensor Parameter(params long[] size) =>
        (randn(size, dtype: ScalarType.Float64, generator: _generator) * scale).detach().requires_grad_();

    /// <summary>Inputs x_1 … x_n, shape (n, D), standard normal.</summary>
    public Tensor Inputs(Shape shape) =>
        randn([shape.Length, shape.InputSize], dtype: ScalarType.Float64, generator: _generator);

    /// <summary>A class for each step, null for about the given share of them.</summary>
    public int?[] Targets(Shape shape)
    {
        var classes = randint(shape.OutputSize, [shape.Length], dtype: ScalarType.Int64, generator: _generator)
            .data<long>()
            .ToArray();
        var dice = rand([shape.Length], dtype: ScalarType.Float64, generator: _generator).data<double>().ToArray();
        return [.. classes.Zip(dice, (k, die) => die < shape.Unread ? (int?)null : (int)k)];
    }
}
