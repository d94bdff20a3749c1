using RnnCourse.Core;
using RnnCourse.Gradients;
using RnnCourse.Model;
using RnnCourse.Optimisers;

namespace RnnCourse.Tests.Model;

public sealed class AttentionModelTests
{
    private static readonly int[][] Words =

        [
            [0, 2, 1],
            [2, 2, 0],
        ],
        Answers =

        [
            [1, 2, 0],
            [0, 2, 2],
        ];

    [Fact]
    public void Every_gradient_agrees_with_central_differences()
    {
        var model = new AttentionModel(3, 4, 2, new SeededRandom(5));
        model.Forward(Words);
        model.Backward(Answers);
        double[][] gradients = [.. model.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        double Loss()
        {
            model.Forward(Words);
            return model.Backward(Answers);
        }

        foreach (var (parameter, gradient) in model.Parameters.Zip(gradients))
        {
            Assert.InRange(
                CentralDifferences.RelativeError(gradient, CentralDifferences.Gradient(Loss, parameter.Values)),
                0,
                1e-6
            );
        }
    }

    [Fact]
    public void A_sequence_is_answered_alike_alone_and_beside_others()
    {
        var model = new AttentionModel(3, 4, 2, new SeededRandom(5));
        var beside = model.Forward(Words)[1];
        var alone = model.Forward([Words[1]])[0];
        Assert.InRange((beside.Contexts - alone.Contexts).L2Norm(), 0, 1e-12);
        Assert.Equal((3, 3), (alone.Weights.RowCount, alone.Weights.ColumnCount));
    }

    [Fact]
    public void It_learns_to_say_three_letters_backwards()
    {
        var random = new SeededRandom(2);
        var (model, adam, loss) = (new AttentionModel(3, 8, 4, random), new Adam<double>(), 0.0);
        for (var step = 0; step < 300; step++)
        {
            int[][] words =
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(_ => Enumerable.Range(0, 3).Select(_ => random.NextIndex(3)).ToArray()),
            ];
            model.Forward(words);
            loss = model.Backward([.. words.Select(word => word.Reverse().ToArray())]);
            adam.Step(model.Parameters, 0.02);
        }

        Assert.InRange(loss, 0, 0.1);
    }

    [Fact]
    public void An_invalid_batch_is_refused()
    {
        var model = new AttentionModel(3, 4, 2, new SeededRandom(5));
        Assert.Throws<ArgumentException>(() => model.Forward([]));
        Assert.Throws<ArgumentException>(() =>
            model.Forward([
                [1, 2],
                [1],
            ])
        );
        Assert.Throws<ArgumentException>(() =>
            model.Forward([
                [],
            ])
        );
        model.Forward(Words);
        Assert.Throws<ArgumentException>(() =>
            model.Backward([
                [1, 2, 0],
            ])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionModel(3, 4, 0, new SeededRandom(5)));
    }
}
