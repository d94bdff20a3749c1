using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>The computation of an exercise as data. It can compute the answers that result from single mistakes, and so
/// name the mistake in an answer.</summary>
/// <param name="names">The names that a learner may mix up, given and computed ones; a list as <c>s[]</c>.</param>
/// <param name="steps">The steps of the computation, in order.</param>
internal sealed class Computation(IReadOnlyList<string> names, params IReadOnlyList<ComputationStep> steps)
{
    private const int LikelyRank = 1;

    // Found once: the same for all cases.
    private readonly Lazy<IReadOnlyList<(Slip Slip, IReadOnlyList<ComputationStep> Steps)>> _slips = new(() =>
        Single(names, steps)
    );

    /// <summary>Names the only mistake, or the first of two, in an answer.</summary>
    /// <param name="memory">Makes the given values of the case.</param>
    /// <param name="answer">The answer: for each result its name and its numbers.</param>
    /// <param name="rightFor">Cases for which the answer was right; the named mistake must not affect them.</param>
    /// <returns>A finding, or null if no mistake in this computation explains the answer.</returns>
    public Finding? Diagnose(
        Func<Memory> memory,
        IReadOnlyList<(string Name, double[] Values)> answer,
        IEnumerable<Memory>? rightFor = null
    ) =>
        DiagnoseAll([
            (memory, answer),
            .. (rightFor ?? []).Select(given => (new Func<Memory>(() => given.Copy()), Right(given.Copy(), answer))),
        ]);

    /// <summary>Names the only mistake, or the first of two, in the answers to several cases.</summary>
    /// <param name="cases">For each case the given values, and the answer.</param>
    /// <param name="allPairs">Whether all pairs of mistakes are tried, not only likely ones.</param>
    public Finding? DiagnoseAll(
        IReadOnlyList<(Func<Memory> Given, IReadOnlyList<(string Name, double[] Values)> Answer)> cases,
        bool allPairs = false
    )
    {
        bool Explains(IReadOnlyList<ComputationStep> changed) =>
            cases.All(one => Gives(changed, one.Given(), one.Answer));
        foreach (var (slip, changed) in _slips.Value)
        {
            if (Explains(changed))
            {
                return Describe(slip);
            }
        }

        if (cases is [var single, ..] && Returned(single.Given(), single.Answer) is { } mixedUp)
        {
            return mixedUp;
        }

        // For a formula of one number, which is short, all pairs of slips; for others, only pairs of likely ones.
        var rank = allPairs ? int.MaxValue : LikelyRank;
        var likely = _slips.Value.Where(entry => entry.Slip.Rank <= rank).ToList();
        foreach (var (first, changed) in likely)
        {
            foreach (var (second, twice) in Single(names, changed).Where(entry => entry.Slip.Rank <= rank))
            {
                if (Explains(twice))
                {
                    return Describe(first);
                }
            }
        }

        return null;
    }

    /// <summary>Names the mistake in a formula that gives one number.</summary>
    /// <param name="result">The name of this number in the computation.</param>
    /// <param name="cases">For each case the given values, and the number in the answer.</param>
    public Finding? DiagnoseNumbers(string result, IEnumerable<(Memory Given, double Answer)> cases)
    {
        var all = cases.ToList();
        return Diagnosed(wholeNumbers: false) ?? Diagnosed(wholeNumbers: true);

        Finding? Diagnosed(bool wholeNumbers) =>
            DiagnoseAll(
                [
                    .. all.Select(one =>
                        (
                            new Func<Memory>(() => one.Given.Copy(wholeNumbers)),
                            (IReadOnlyList<(string, double[])>)[(result, new[] { one.Answer })]
                        )
                    ),
                ],
                allPairs: true
            );
    }

    private IReadOnlyList<(string Name, double[] Values)> Right(
        Memory memory,
        IReadOnlyList<(string Name, double[] Values)> answer
    )
    {
        foreach (var step in steps)
        {
            step.Execute(memory);
        }

        return [.. answer.Select(part => (part.Name, memory[part.Name]!.ToColumnMajorArray()))];
    }

    // Everything was computed correctly, but something else was returned.
    private Finding? Returned(Memory memory, IReadOnlyList<(string Name, double[] Values)> answer)
    {
        foreach (var step in steps)
        {
            step.Execute(memory);
        }

        var wrong = answer.Where(part => !Is(memory[part.Name], part.Values)).ToArray();
        return
            wrong is [var (name, values)]
            && names.FirstOrDefault(other => other != name && Is(memory[other], values)) is { } instead
            ? new(
                "returned",
                $"{name} comes out as {instead}.",
                "Look at the line with return: what is handed back, and in which order?",
                $"Hand back {string.Join(", ", answer.Select(part => part.Name))}."
            )
            : null;
    }

    private Finding Describe(Slip slip)
    {
        var line = Lines(steps).FirstOrDefault(line => line.Target == slip.Line);
        var loop = Loops(steps).FirstOrDefault();
        var isTold = line is null || slip.Effect.StartsWith(line.Subject, StringComparison.Ordinal);
        var place = isTold ? "" : $", where {line!.Subject} is computed";
        return new(
            slip.Key,
            $"It comes out as if {slip.Effect}{place}.",
            line is not null
                ? $"Read once more where you compute {line.Subject}, part by part. Which part is not as it should be?"
                : "Go through the loop by hand, for two turns. What does each turn read, and what does it write?",
            line is not null ? $"{line.Formula}."
                : loop is not null ? $"The loop runs {loop.Range}."
                : "Compare it with the formula, line by line."
        );
    }

    private static bool Gives(
        IReadOnlyList<ComputationStep> steps,
        Memory memory,
        IReadOnlyList<(string Name, double[] Values)> answer
    )
    {
        try
        {
            foreach (var step in steps)
            {
                step.Execute(memory);
            }

            return answer.All(part => Is(memory[part.Name], part.Values));
        }
        catch (MiscomputedException)
        {
            return false;
        }
    }

    private static bool Is(Matrix<double>? value, double[] values) =>
        value is not null
        && new Quantity("", values.Length, 0, values).IsNear(
            new Quantity("", value.RowCount * value.ColumnCount, 0, value.ToColumnMajorArray())
        );

    private static IReadOnlyList<(Slip Slip, IReadOnlyList<ComputationStep> Steps)> Single(
        IReadOnlyList<string> names,
        IReadOnlyList<ComputationStep> steps
    )
    {
        var slips = new List<(Slip, IReadOnlyList<ComputationStep>)>();
        for (var k = 0; k < steps.Count; k++)
        {
            foreach (var slip in steps[k].Slips(names))
            {
                ComputationStep[] changed = [.. steps];
                changed[k] = (ComputationStep)slip.Replacement;
                slips.Add((slip, changed));
            }
        }

        return [.. slips.OrderBy(entry => entry.Item1.Rank)];
    }

    private static IEnumerable<Line> Lines(IEnumerable<Part> parts) =>
        parts.SelectMany(part => part is Line line ? [line] : Lines(part.Parts));

    private static IEnumerable<Loop> Loops(IEnumerable<Part> parts) =>
        parts.SelectMany(part => part is Loop loop ? [loop] : Loops(part.Parts));
}
