using System.Globalization;
using System.Numerics;
using RnnCourse.Model;

namespace RnnCourse.Plotting.Explorables;

/// <summary>The steps of a model of the library.</summary>
internal static class ModelSteps
{
    /// <summary>Its layers, and its dense output.</summary>
    /// <param name="shape">The model's shape.</param>
    /// <param name="parameters">Its parameters, in their order: layer by layer, the directions of each, the
    /// output.</param>
    /// <param name="input">The name of what it reads.</param>
    /// <param name="state">The name of the states.</param>
    /// <param name="output">The name of the output.</param>
    public static IEnumerable<NetworkStep> Of<T>(
        ModelShape shape,
        IReadOnlyList<Parameter<T>> parameters,
        string input,
        string state,
        string output
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var next = 0;
        var directions = shape.Bidirectional ? 2 : 1;
        for (var layer = 1; layer <= shape.Layers; layer++)
        {
            var name = shape.Layers == 1 ? state : state + layer.ToString(CultureInfo.InvariantCulture);
            var below = input;
            for (var direction = 0; direction < directions; direction++)
            {
                var step = new NetworkStep(KindOf(shape.Cell), direction == 0 ? name : "back" + name, below)
                {
                    Reversed = direction == 1,
                };
                Add(step, "U");
                Add(step, "W");
                Add(step, "b");
                if (shape.LearntStart)
                {
                    Add(step, "start");
                    if (shape.Cell == CellKind.Lstm)
                    {
                        Add(step, "cellStart");
                    }
                }

                yield return step;
            }

            input = name;
            if (shape.Bidirectional)
            {
                input = "both" + name;
                yield return new NetworkStep("stack", input, name) { Below = "back" + name };
            }
        }

        var dense = new NetworkStep("dense", output, input);
        Add(dense, "V");
        Add(dense, "c");
        yield return dense;

        void Add(NetworkStep step, string name)
        {
            var parameter = parameters[next++];
            var (rows, columns) = (parameter.Rows, parameter.Columns);
            var values = new double[rows * columns];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = double.CreateChecked(parameter.Values[(i % columns * rows) + (i / columns)]);
            }

            step.With(name, rows, columns, values);
        }
    }

    private static string KindOf(CellKind cell) =>
        cell switch
        {
            CellKind.Gru => "gru",
            CellKind.Lstm => "lstm",
            _ => "rnn",
        };
}
