using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson03;

/// <summary>A network made to be seen through by a test: built of shared networks, never trained.</summary>
/// <param name="parameters">What it says are its parameters.</param>
/// <param name="predict">What it does.</param>
internal sealed class TrickNetwork(
    IReadOnlyList<ParameterView> parameters,
    Func<IReadOnlyList<Vector<double>>, IReadOnlyList<Vector<double>>> predict
) : ISequenceNetwork
{
    public IReadOnlyList<ParameterView> Parameters => parameters;

    public int ParameterCount => parameters.Sum(parameter => parameter.Values.Length);

    public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) => predict(x);

    public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    ) => throw new NotSupportedException("This network is only to be asked, not to be trained.");

    /// <summary>Two functions, which take turns.</summary>
    public static TrickNetwork Alternating(SeededRandom random)
    {
        SharedNetwork[] nets = [Shared(random), Shared(random)];
        return new(
            [.. nets.SelectMany(net => net.Parameters)],
            x => [.. x.Select((x_i, i) => nets[i % 2].Step(x_i).y_i)]
        );
    }

    /// <summary>Each step has a hidden layer of its own; the layer above is shared.</summary>
    /// <param name="random">Where the parameters are drawn from.</param>
    /// <param name="sharedFirst">Whether the shared parameters come first in the list.</param>
    public static TrickNetwork OwnHiddenLayers(SeededRandom random, bool sharedFirst)
    {
        SharedNetwork[] nets = [.. Enumerable.Range(0, 6).Select(_ => Shared(random))];
        var shared = nets[0];
        ParameterView[] above = [.. shared.Parameters.Where(IsAbove)];
        ParameterView[] own = [.. nets.SelectMany(net => net.Parameters.Where(parameter => !IsAbove(parameter)))];
        return new(
            sharedFirst ? [.. above, .. own] : [.. own, .. above],
            x =>
                [
                    .. x.Select(
                        (x_i, i) =>
                        {
                            var s_i = nets[i].Step(x_i).s_i;
                            return CrossEntropy.Softmax((shared.V * s_i) + shared.c);
                        }
                    ),
                ]
        );

        static bool IsAbove(ParameterView parameter) => parameter.Name is "V" or "c";
    }

    /// <summary>One function for the first three steps, and another one from then on.</summary>
    public static TrickNetwork Late(SeededRandom random)
    {
        SharedNetwork[] nets = [Shared(random), Shared(random)];
        return new(
            [.. nets.SelectMany(net => net.Parameters)],
            x => [.. x.Select((x_i, i) => nets[i < 3 ? 0 : 1].Step(x_i).y_i)]
        );
    }

    /// <summary>A network of which nobody can tell by its type what it is.</summary>
    public static TrickNetwork Wrapped(ISequenceNetwork net) => new(net.Parameters, net.Predict);

    /// <summary>One function, and a parameter that it does not use.</summary>
    public static TrickNetwork WithSpare(SeededRandom random)
    {
        var net = Shared(random);
        return new([.. net.Parameters, new ParameterView("spare", 3, 1, [0.1, 0.2, 0.3])], net.Predict);
    }

    /// <summary>At each step it knows the words of the whole sentence.</summary>
    public static TrickNetwork SeesTheWhole(SeededRandom random)
    {
        var net = Shared(random);
        return new(
            net.Parameters,
            x => net.Predict([.. x.Select((x_i, i) => (0.1 * i * x_i) + x.Aggregate((sum, x_j) => sum + x_j))])
        );
    }

    /// <summary>At each step it knows the next word.</summary>
    /// <param name="random">Where the parameters are drawn from.</param>
    /// <param name="from">The first step at which it does, from 1.</param>
    public static TrickNetwork SeesTheNext(SeededRandom random, int from = 1)
    {
        var net = Shared(random);
        return new(
            net.Parameters,
            x => net.Predict([.. x.Select((x_i, i) => i + 1 < x.Count && i + 1 >= from ? x_i + (2 * x[i + 1]) : x_i)])
        );
    }

    /// <summary>It reads from the end.</summary>
    public static TrickNetwork ReadsBackwards(SeededRandom random)
    {
        var net = Recurrent(random);
        return new(net.Parameters, x => [.. net.Predict([.. x.Reverse()]).Reverse()]);
    }

    /// <summary>A recurrent network of which no parameter is zero.</summary>
    public static VanillaRnn Recurrent(SeededRandom random)
    {
        var net = new VanillaRnn(13, 8, 7, random);
        foreach (var parameter in net.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] += random.NextUniform(-0.1, 0.1);
            }
        }

        return net;
    }

    private static SharedNetwork Shared(SeededRandom random) => new(13, 8, 7, random);
}
