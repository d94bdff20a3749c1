using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Exercises.Tests;

/// <summary>Networks that several tests ask for, trained as in the lessons.</summary>
internal static class TrainedNetworks
{
    /// <summary>A network that answers with the symbol of 12 steps before: W and U stay as drawn, and only the output
    /// is fitted, by least squares.</summary>
    public static SequenceModel<float> EchoState(int H, ulong seed)
    {
        var random = new SeededRandom(seed);
        var model = new SequenceModel<float>(new ModelShape(CellKind.Rnn, 2, H, 2), random);
        var W = RecurrentWeights.Orthogonal(H, random) * 0.97;
        var U = Matrix<double>.Build.Dense(H, 2, (_, _) => random.NextUniform(-0.1, 0.1));
        W.ToColumnMajorArray().Select(value => (float)value).ToArray().CopyTo(model.Layers[0][0].W.Values, 0);
        U.ToColumnMajorArray().Select(value => (float)value).ToArray().CopyTo(model.Layers[0][0].U.Values, 0);
        var (symbols, targets) = EchoTask.Draw(12, 3000, random);
        var (S, t, s) = (new List<Vector<double>>(), new List<double>(), Vector<double>.Build.Dense(H));
        for (var i = 0; i < symbols.Length; i++)
        {
            s = (U.Column(symbols[i]) + (W * s)).PointwiseTanh();
            if (targets[i] >= 0)
            {
                S.Add(Vector<double>.Build.DenseOfEnumerable(s.Append(1)));
                t.Add((2 * targets[i]) - 1);
            }
        }

        var A = Matrix<double>.Build.DenseOfRowVectors(S);
        var w = (A.TransposeThisAndMultiply(A) + (1e-6 * Matrix<double>.Build.DenseIdentity(H + 1))).Solve(
            A.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(t))
        );
        for (var h = 0; h < H; h++)
        {
            (model.Output.V.Values[2 * h], model.Output.V.Values[(2 * h) + 1]) = ((float)-w[h], (float)w[h]);
        }

        (model.Output.c.Values[0], model.Output.c.Values[1]) = ((float)-w[H], (float)w[H]);
        return model;
    }

    /// <summary>Sequences of the task of brackets, with up to 5 of them open, over 24 steps.</summary>
    public static (int[] Symbols, int[] Depths)[] Brackets(int count, ulong seed)
    {
        var draw = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => BracketTask.Draw(5, 24, draw))];
    }

    /// <summary>The network of lesson 13, which counts open brackets, before its training.</summary>
    public static SequenceModel<double> UntrainedCounter(ulong seed) =>
        new(new ModelShape(CellKind.Rnn, 3, 8, 6), new SeededRandom(seed));

    /// <summary>The same network, trained.</summary>
    public static SequenceModel<double> Counter(ulong seed)
    {
        var model = UntrainedCounter(seed);
        using var trainer = new Trainer<double>(
            model,
            new SoftmaxCrossEntropy<double>(),
            new Adam<double>(),
            new ShuffledBatches<double>(
                [.. Brackets(1000, seed).Select(e => new SymbolSequence(e.Symbols, e.Depths))],
                3,
                16,
                new SeededRandom(2)
            ),
            new TrainerOptions
            {
                LearningRate = new WarmUp(50, new CosineDecay(0.01, 1450)),
                ClipNorm = 1,
                Threads = 1,
            }
        );
        trainer.Run(1500);
        return model;
    }
}
