using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>Backpropagation through time as data, for one sequence or for a batch whose columns are its
/// sequences.</summary>
/// <param name="i">The name of the step: i for a sequence, t for a batch.</param>
internal sealed class Backpropagation(string i)
{
    private Name At(string list, int by = 0) => new(list, new IndexExpression([i], [], by));

    /// <summary>The names that learners may mix up.</summary>
    public IReadOnlyList<string> Names =>
        ["dz[]", $"ds_{i}", $"da_{i}", "s[]", "x[]", "ds_next", "db", "dc", "dU", "dW", "dV"];

    /// <summary>The six gradients.</summary>
    public Computation AllGradients() =>
        new(
            Names,
            Zero("dU", "U"),
            Zero("dW", "W"),
            Zero("dV", "V"),
            Zero("db", "b"),
            Zero("dc", "c"),
            Zero("ds_next", "start"),
            new Loop(
                i,
                "n",
                1,
                -1,
                [
                    OwnState,
                    Slope,
                    new Line("dV", At("dz") * At("s").T, adds: true),
                    new Line("dc", Total(At("dz")), adds: true),
                    new Line("dU", Da * At("x").T, adds: true),
                    new Line("dW", Da * At("s", -1).T, adds: true),
                    new Line("db", Total(Da), adds: true),
                    new Line("ds_next", new Name("W").T * Da),
                ]
            ),
            new Line("ds_0", Total(new Name("ds_next")))
        );

    /// <summary>The six gradients of a batch, which are taken from all steps at once after the loop.</summary>
    public Computation OfBatch() =>
        new(
            ["dZ[]", "dS[]", "dA[]", "targets[]", "S[]", "X[]", $"ds_{i}", $"da_{i}", "ds_next", "db", "dc"],
            Zero("ds_next", "start"),
            new Loop(i, "n", 1, -1, [new Line("dA", Zero("", "start").Value, place: i)]),
            new Loop(i, "n", 1, -1, [new Line("dS", new Name("V").T * At("dZ"), place: i)]),
            new Loop(
                i,
                "n",
                1,
                -1,
                [
                    new Line($"ds_{i}", At("dS") + new Name("ds_next")),
                    new Line($"da_{i}", (1 - At("S").Times(At("S"))).Times(new Name($"ds_{i}"))),
                    new Line("dA", Da, place: i),
                    new Line("ds_next", new Name("W").T * Da),
                ]
            ),
            Zero("dU", "U"),
            Zero("dW", "W"),
            Zero("dV", "V"),
            Zero("db", "b"),
            Zero("dc", "c"),
            new Loop(i, 1, "n", 1, [new Line("dU", At("dA") * At("X").T, adds: true)]),
            new Loop(i, 1, "n", 1, [new Line("dW", At("dA") * At("S", -1).T, adds: true)]),
            new Loop(i, 1, "n", 1, [new Line("dV", At("dZ") * At("S").T, adds: true)]),
            new Loop(i, 1, "n", 1, [new Line("db", Total(At("dA")), adds: true)]),
            new Loop(i, 1, "n", 1, [new Line("dc", Total(At("dZ")), adds: true)]),
            new Line("ds_0", Total(new Name("ds_next")))
        );

    /// <summary>The gradient of W, truncated at the borders of windows of τ steps.</summary>
    public Computation Truncated() =>
        new(
            ["dz[]", $"ds_{i}", $"da_{i}", "s[]", "ds_next"],
            Zero("dW", "W"),
            Zero("ds_next", "start"),
            new Loop(
                i,
                "n",
                1,
                -1,
                [
                    OwnState,
                    Slope,
                    new Line("dW", Da * At("s", -1).T, adds: true),
                    new Condition(
                        $"a window begins at step {i}",
                        memory => (memory.NumberOf(i) - 1) % memory.NumberOf("tau") == 0,
                        [new Line("ds_next", 0 * new Name($"ds_{i}"))],
                        [new Line("ds_next", new Name("W").T * Da)]
                    ),
                ]
            )
        );

    /// <summary>The given values: the parameters, and the inputs, states and score gradients of each step.</summary>
    public static Memory Given(
        IEnumerable<(string Name, Matrix<double> Value)> parameters,
        IReadOnlyList<Matrix<double>> x,
        IReadOnlyList<Matrix<double>> s,
        IReadOnlyList<Matrix<double>> dz
    )
    {
        var memory = Memory.With([.. parameters.Select(pair => (pair.Name, (object?)pair.Value)), ("n", x.Count)]);
        for (var step = 0; step <= x.Count; step++)
        {
            (memory[$"s[{step}]"], memory[$"S[{step}]"]) = (s[step], s[step]);
            if (step > 0)
            {
                (memory[$"x[{step}]"], memory[$"X[{step}]"]) = (x[step - 1], x[step - 1]);
                (memory[$"dz[{step}]"], memory[$"dZ[{step}]"]) = (dz[step - 1], dz[step - 1]);
            }
        }

        return memory;
    }

    private Name Da => new($"da_{i}");

    private Line OwnState => new($"ds_{i}", new Name("V").T * At("dz") + new Name("ds_next"));

    private Line Slope => new($"da_{i}", (1 - At("s").Times(At("s"))).Times(new Name($"ds_{i}")));

    // The sum over the sequences of a batch.
    private static Function Total(Term of) => new("total", of, m => m.RowSums().ToColumnMatrix());

    private static Line Zero(string name, string like) => new(name, 0 * new Name(like));
}
