using RnnCourse.Plotting.Diagrams;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting;

/// <content>A feed-forward network of two layers.</content>
public abstract partial class Figure
{
    /// <summary>
    /// A feed-forward network of two layers, with each of its numbers as a dot and each weight as a line.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="inputs">Numbers of the input, from 1 to 12.</param>
    /// <param name="hidden">Numbers of the hidden layer, from 1 to 12.</param>
    /// <param name="outputs">Numbers of the output, from 1 to 12.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="title"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1 or greater than 12.</exception>
    /// <exception cref="ArgumentException"><paramref name="title"/> is blank.</exception>
    public static Figure TwoLayers(string title, int inputs, int hidden, int outputs)
    {
        foreach (
            var (count, name) in new[]
            {
                (inputs, nameof(inputs)),
                (hidden, nameof(hidden)),
                (outputs, nameof(outputs)),
            }
        )
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, TwoLayersContent.MaxUnits, name);
        }

        return Of(new TwoLayersContent(CheckTitle(title), inputs, hidden, outputs));
    }

    /// <summary>A feed-forward network of two layers: each number a dot, each weight a line.</summary>
    private sealed record TwoLayersContent(string Title, int Inputs, int Hidden, int Outputs) : FigureContent(Title)
    {
        public const int MaxUnits = 12;

        private const double Height = 300;
        private const double Highest = 260;
        private const double Across = 200;

        private static readonly (string Name, double X)[] Layers =
        [
            ("input", DiagramStyle.Width / 2 - Across),
            ("hidden layer", DiagramStyle.Width / 2),
            ("output", DiagramStyle.Width / 2 + Across),
        ];

        public override string Describe() =>
            $"Network diagram “{QuotedWords.Short(Title)}”, from left to right: "
            + $"{QuotedWords.Count(Inputs, "number")} of input, "
            + $"{QuotedWords.Count(Hidden, "number")} in a hidden layer, "
            + $"{QuotedWords.Count(Outputs, "number")} of output. Lines lead from each number to each one of the next "
            + $"layer: {Inputs * Hidden} weights of the matrix U, then {Hidden * Outputs} of the matrix V. "
            + "Nothing leads back.";

        public override string ToSvg(string altText)
        {
            var (canvas, top) = DiagramStyle.Start(Title, Height + 70);
            var middle = top + (Height / 2);
            Weights(canvas, middle, 0, Inputs, Hidden, DiagramStyle.U);
            Weights(canvas, middle, 1, Hidden, Outputs, DiagramStyle.V);
            int[] counts = [Inputs, Hidden, Outputs];
            for (var layer = 0; layer < counts.Length; layer++)
            {
                var radius = Math.Min(14, Pitch(counts[layer]) * 0.36);
                for (var k = 0; k < counts[layer]; k++)
                {
                    canvas.Circle(
                        Layers[layer].X,
                        Y(middle, k, counts[layer]),
                        radius,
                        layer == 1 ? DiagramStyle.StateFill : DiagramStyle.NodeFill,
                        DiagramStyle.Ink
                    );
                }

                canvas.Text(
                    Layers[layer].X,
                    top + Height + 12,
                    Layers[layer].Name,
                    DiagramStyle.WordSize,
                    DiagramStyle.Ink,
                    bold: true
                );
            }

            DiagramStyle.Legend(
                canvas,
                canvas.Height - 22,
                ("U", ": the first matrix, then a bend", DiagramStyle.U),
                ("V", ": the second matrix", DiagramStyle.V)
            );
            return canvas.ToSvg(Title, altText);
        }

        private static void Weights(SvgCanvas canvas, double middle, int layer, int from, int to, string colour)
        {
            for (var k = 0; k < from; k++)
            {
                for (var j = 0; j < to; j++)
                {
                    canvas.Line(
                        Layers[layer].X,
                        Y(middle, k, from),
                        Layers[layer + 1].X,
                        Y(middle, j, to),
                        colour,
                        1.2
                    );
                }
            }
        }

        private static double Y(double middle, int place, int count) =>
            middle + ((place - ((count - 1) / 2.0)) * Pitch(count));

        private static double Pitch(int count) => Math.Min(64, Highest / Math.Max(1, count - 1));
    }
}
