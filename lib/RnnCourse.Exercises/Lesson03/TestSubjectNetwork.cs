using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson03;

/// <summary>A network that tests should reject or accept: built from other networks, never trained.</summary>
/// <param name="parameters">The parameters that it reports.</param>
/// <param name="predict">Computes its outputs.</param>
internal sealed class TestSubjectNetwork(
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

    /// <summary>Two functions that alternate from step to step.</summary>
    public static TestSubjectNetwork Alternating(SeededRandom random)
    {
        SharedNetwork[] nets = [Shared(random), Shared(random)];
        return new(
            [.. nets.SelectMany(net => net.Parameters)],
            x => [.. x.Select((x_i, i) => nets[i % 2].Step(x_i).y_i)]
        );
    }

    /// <summary>Each step has its own hidden layer; the output layer is shared.</summary>
    /// <param name="random">The source of random numbers for the parameters.</param>
    /// <param name="sharedFirst">Whether the shared parameters come first in the list.</param>
    public static TestSubjectNetwork OwnHiddenLayers(SeededRandom random, bool sharedFirst)
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

    /// <summary>Each step has its own output layer; the hidden layer is shared.</summary>
    public static TestSubjectNetwork OwnOutputs(SeededRandom random)
    {
        SharedNetwork[] nets = [.. Enumerable.Range(0, 6).Select(_ => Shared(random))];
        var shared = nets[0];
        return new(
            [
                .. shared.Parameters.Where(parameter => parameter.Name is "U" or "b"),
                .. nets.SelectMany(net => net.Parameters.Where(parameter => parameter.Name is "V" or "c")),
            ],
            x => [.. x.Select((x_i, i) => CrossEntropy.Softmax((nets[i].V * shared.Step(x_i).s_i) + nets[i].c))]
        );
    }

    /// <summary>For each output a recurrent network reads the sentence from its beginning.</summary>
    /// <param name="random">The source of random numbers for the parameters.</param>
    /// <param name="own">Whether each step has its own network.</param>
    public static TestSubjectNetwork ReadsAfresh(SeededRandom random, bool own)
    {
        VanillaRnn[] nets = [.. Enumerable.Range(0, own ? 6 : 1).Select(_ => Recurrent(random))];
        return new(
            [.. nets.SelectMany(net => net.Parameters)],
            x => [.. x.Select((_, i) => nets[own ? i : 0].Predict([.. x.Take(i + 1)])[^1])]
        );
    }

    /// <summary>One function for the first three steps, and another one from then on.</summary>
    public static TestSubjectNetwork Late(SeededRandom random)
    {
        SharedNetwork[] nets = [Shared(random), Shared(random)];
        return new(
            [.. nets.SelectMany(net => net.Parameters)],
            x => [.. x.Select((x_i, i) => nets[i < 3 ? 0 : 1].Step(x_i).y_i)]
        );
    }

    /// <summary>One function from step 2 on; at step 1 a parameter is missing.</summary>
    public static TestSubjectNetwork FromStepTwo(SeededRandom random)
    {
        var net = Shared(random);
        double[] later = [0.1, -0.2, 0.3, -0.1, 0.2, -0.3, 0.1];
        return new(
            [.. net.Parameters, new ParameterView("later", 7, 1, later)],
            x =>
                [
                    .. x.Select(
                        (x_i, i) =>
                            CrossEntropy.Softmax(
                                (net.V * net.Step(x_i).s_i)
                                    + net.c
                                    + (i == 0 ? 0 : 1) * Vector<double>.Build.Dense(later)
                            )
                    ),
                ]
        );
    }

    /// <summary>A network whose type doesn't reveal what it is.</summary>
    public static TestSubjectNetwork Wrapped(ISequenceNetwork net) => new(net.Parameters, net.Predict);

    /// <summary>One function, and a parameter that it does not use.</summary>
    public static TestSubjectNetwork WithSpare(SeededRandom random)
    {
        var net = Shared(random);
        return new([.. net.Parameters, new ParameterView("spare", 3, 1, [0.1, 0.2, 0.3])], net.Predict);
    }

    /// <summary>A network that uses the words of the whole sentence at each step.</summary>
    public static TestSubjectNetwork SeesTheWhole(SeededRandom random)
    {
        var net = Shared(random);
        return new(
            net.Parameters,
            x => net.Predict([.. x.Select((x_i, i) => (0.1 * i * x_i) + x.Aggregate((sum, x_j) => sum + x_j))])
        );
    }

    /// <summary>A network that uses the next word at each step.</summary>
    /// <param name="random">The source of random numbers for the parameters.</param>
    /// <param name="from">The first step at which it uses the next word, from 1.</param>
    public static TestSubjectNetwork SeesTheNext(SeededRandom random, int from = 1)
    {
        var net = Shared(random);
        return new(
            net.Parameters,
            x => net.Predict([.. x.Select((x_i, i) => i + 1 < x.Count && i + 1 >= from ? x_i + (2 * x[i + 1]) : x_i)])
        );
    }

    /// <summary>A network whose first output uses the last word, too.</summary>
    public static TestSubjectNetwork FirstSeesLast(SeededRandom random)
    {
        var net = Shared(random);
        return new(net.Parameters, x => net.Predict([.. x.Select((x_i, i) => i == 0 ? x_i + (2 * x[^1]) : x_i)]));
    }

    /// <summary>A network that reads the sentence from its end.</summary>
    public static TestSubjectNetwork ReadsBackwards(SeededRandom random)
    {
        var net = Recurrent(random);
        return new(net.Parameters, x => [.. net.Predict([.. x.Reverse()]).Reverse()]);
    }

    /// <summary>A recurrent network without zeros in its parameters.</summary>
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
