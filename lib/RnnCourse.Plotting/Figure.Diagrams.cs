using RnnCourse.Plotting.Diagrams;

namespace RnnCourse.Plotting;

public abstract partial class Figure
{
    /// <summary>The recurrent network folded: one cell, and a loop W with a delay of one step.</summary>
    /// <param name="title">What it shows.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="title"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="title"/> is blank.</exception>
    public static Figure FoldedNetwork(string title) => Of(new FoldedContent(CheckTitle(title)));

    /// <summary>
    /// The recurrent network unrolled: s_0 → s_1 → … → s_n, with U, W and V drawn at every step in the same colours.
    /// Where not all steps fit, the first ones and the last are drawn, with dots between.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="steps">The number of time steps n, at least 1.</param>
    /// <param name="inputs">Words below x_1, …, x_n, shape (n); none when null.</param>
    /// <param name="outputs">Tags above y_1, …, y_n, shape (n); none when null.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="title"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"> <paramref name="title"/> is blank, or inputs or outputs are given that are
    /// not one for each step.
    /// </exception>
    public static Figure UnrolledNetwork(
        string title,
        int steps,
        IEnumerable<string>? inputs = null,
        IEnumerable<string>? outputs = null
    ) => Of(new StepNetworkContent(CheckTitle(title), steps, StepLabels.Check(steps, inputs, outputs), true));

    /// <summary>
    /// Backpropagation through time, drawn: the unrolled network with its arrows turned round, from the losses back to
    /// the states. Each arrow carries the size of the gradient that goes along it, and is as thick as it is large.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="fromOutputs">The size of what s_1, …, s_n get from their own outputs, ‖Vᵀ dz_i‖, shape (n), n at
    /// least 1.</param>
    /// <param name="fromNext">The size of what s_0, …, s_{n−1} get from the next step, ‖Wᵀ da_{i+1}‖, shape
    /// (n).</param>
    /// <param name="states">The size of what s_0, …, s_n get together, ‖ds_i‖, shape (n + 1).</param>
    /// <param name="words">Words below the states of the steps, shape (n); none when null.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">The title or a list of sizes is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="title"/> is blank, there are no steps, or a list has another
    /// length than stated.</exception>
    public static Figure GradientFlow(
        string title,
        IEnumerable<double> fromOutputs,
        IEnumerable<double> fromNext,
        IEnumerable<double> states,
        IEnumerable<string>? words = null
    )
    {
        ArgumentNullException.ThrowIfNull(fromOutputs);
        ArgumentNullException.ThrowIfNull(fromNext);
        ArgumentNullException.ThrowIfNull(states);
        double[] outputs = [.. fromOutputs],
            next = [.. fromNext],
            together = [.. states];
        if (outputs.Length == 0)
        {
            throw new ArgumentException("A gradient needs at least one step to go back.", nameof(fromOutputs));
        }

        if (next.Length != outputs.Length || together.Length != outputs.Length + 1)
        {
            throw new ArgumentException(
                $"For {outputs.Length} outputs there are {next.Length} sizes from the next step and {together.Length} "
                    + $"states; give {outputs.Length} and {outputs.Length + 1}.",
                next.Length != outputs.Length ? nameof(fromNext) : nameof(states)
            );
        }

        return Of(
            new GradientFlowContent(
                CheckTitle(title),
                outputs,
                next,
                together,
                StepLabels.Check(outputs.Length, words, null).Inputs
            )
        );
    }

    /// <summary>
    /// The stateless shared network: one copy at each step, the same U and V, and no arrow between steps.
    /// </summary>
    /// <inheritdoc cref="UnrolledNetwork"/>
    public static Figure SharedNetwork(
        string title,
        int steps,
        IEnumerable<string>? inputs = null,
        IEnumerable<string>? outputs = null
    ) => Of(new StepNetworkContent(CheckTitle(title), steps, StepLabels.Check(steps, inputs, outputs), false));

    /// <summary>
    /// Ways to cut the backward pass, one below the other: a row of states for each, and between two states an arrow
    /// back in time, as thick as what it multiplies the gradient by; where it is cut there is none.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="ways">At least one way: its name, and what passes from s_2 to s_1, from s_3 to s_2, and so on: 0
    /// for nothing, 1 for the gradient as it is, shape (n − 1), the same n for all, from 2 to 14.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument, a name or a list is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="title"/> is blank, there are no ways, they differ in n, n is
    /// out of range, or a number is negative or not finite.</exception>
    public static Figure BackwardPasses(string title, params (string Name, IEnumerable<double> Passes)[] ways)
    {
        ArgumentNullException.ThrowIfNull(ways);
        (string Name, double[] Passes)[] rows =
        [
            .. ways.Select(way =>
            {
                ArgumentNullException.ThrowIfNull(way.Name, nameof(ways));
                ArgumentNullException.ThrowIfNull(way.Passes, nameof(ways));
                return (way.Name, way.Passes.ToArray());
            }),
        ];
        if (
            rows.Length == 0
            || rows.Any(row => row.Passes.Length != rows[0].Passes.Length)
            || rows[0].Passes.Length is < 1 or >= BackwardPassesContent.MaxStates
            || rows.Any(row => row.Passes.Any(factor => !(factor >= 0 && double.IsFinite(factor))))
        )
        {
            throw new ArgumentException(
                $"Give each way the same number of passes, from 1 to {BackwardPassesContent.MaxStates - 1}, "
                    + "each of them 0 or larger.",
                nameof(ways)
            );
        }

        return Of(new BackwardPassesContent(CheckTitle(title), rows));
    }

    /// <summary>
    /// The failed attempt: f_1(x_1), f_2(x_1, x_2), …, f_n(x_1, …, x_n), every function in another colour, and f_{n+1}
    /// crossed out, since it does not exist. Beyond n = 5 dots stand for the functions between f_3 and f_n.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="steps">The number of functions n, at least 1.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="title"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="title"/> is blank.</exception>
    public static Figure FunctionPerStep(string title, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Of(new FunctionPerStepContent(CheckTitle(title), steps));
    }

    /// <summary>
    /// A task over time: the inputs along the bottom, the outputs above, at the steps where they are read; where none
    /// is read, the place stays faint.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="inputs">The inputs in order, shape (n), n at least 1.</param>
    /// <param name="outputs">The outputs, shape (n); null or empty at a step where none is read.</param>
    /// <param name="recurrent">True to draw the states with their recurrent connections; false to draw one box,
    /// "model".
    /// </param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"> <paramref name="title"/> is blank, there are no inputs, or the outputs are
    /// not as many as the inputs.
    /// </exception>
    public static Figure Timeline(
        string title,
        IEnumerable<string> inputs,
        IEnumerable<string?> outputs,
        bool recurrent = false
    )
    {
        ArgumentNullException.ThrowIfNull(inputs);
        string[] words = [.. inputs.Select(i => i ?? "")];
        return Timeline(title, words.Length, new WordInputs(words), outputs, recurrent);
    }

    /// <summary>A task over time whose inputs are the frames of a video, drawn as small grey-scale pictures.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="frames">The frames in order, n of them, each of shape (height, width); 0 is black and 1 white,
    /// unless values go beyond that: then the least is black and the greatest white.
    /// </param>
    /// <param name="outputs">The outputs, shape (n); null or empty at a step where none is read.</param>
    /// <param name="recurrent">True to draw the states with their recurrent connections; false to draw one box,
    /// "model".
    /// </param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument or a frame is null.</exception>
    /// <exception cref="ArgumentException"> <paramref name="title"/> is blank, there are no frames, a frame has no
    /// pixels, or the outputs are not as many as the frames.
    /// </exception>
    public static Figure VideoTimeline(
        string title,
        IEnumerable<double[,]> frames,
        IEnumerable<string?> outputs,
        bool recurrent = false
    )
    {
        ArgumentNullException.ThrowIfNull(frames);
        double[][,] pictures =
        [
            .. frames.Select(
                (frame, i) =>
                    frame is null ? throw new ArgumentNullException(nameof(frames), $"The frame at index {i} is null.")
                    : frame.Length == 0
                        ? throw new ArgumentException($"The frame at index {i} has no pixel.", nameof(frames))
                    : (double[,])frame.Clone()
            ),
        ];
        if (pictures.Length == 0)
        {
            throw new ArgumentException("A timeline needs at least one frame.", nameof(frames));
        }

        return Timeline(title, pictures.Length, new FrameInputs(pictures), outputs, recurrent);
    }

    private static Figure Timeline(
        string title,
        int steps,
        ITimelineInputs inputs,
        IEnumerable<string?> outputs,
        bool recurrent
    )
    {
        ArgumentNullException.ThrowIfNull(outputs);
        string[] read = [.. outputs.Select(o => o ?? "")];
        if (steps == 0)
        {
            throw new ArgumentException("A timeline needs at least one input.", nameof(inputs));
        }

        if (read.Length != steps)
        {
            throw new ArgumentException(
                $"There are {read.Length} outputs for {steps} inputs; give one for each, null where none is read.",
                nameof(outputs)
            );
        }

        return Of(new TimelineContent(CheckTitle(title), inputs, read, recurrent));
    }

    private static string CheckTitle(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        return title;
    }
}
