namespace RnnCourse.Plotting.Diagrams;

/// <summary>The words at the steps of a diagram: at most one below each input and one above each output.</summary>
internal sealed record StepLabels(string[] Inputs, string[] Outputs)
{
    /// <summary>Checks that labels, where given, are one for each step.</summary>
    public static StepLabels Check(int steps, IEnumerable<string>? inputs, IEnumerable<string>? outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new StepLabels(Check(steps, inputs, nameof(inputs)), Check(steps, outputs, nameof(outputs)));
    }

    private static string[] Check(int steps, IEnumerable<string>? labels, string name)
    {
        if (labels is null)
        {
            return [];
        }

        string[] given = [.. labels.Select(l => l ?? "")];
        return given.Length == steps
            ? given
            : throw new ArgumentException(
                $"There are {given.Length} {name} for {steps} steps; give one for each step, or none at all.",
                name
            );
    }
}
