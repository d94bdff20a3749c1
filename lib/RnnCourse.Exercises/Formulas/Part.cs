namespace RnnCourse.Exercises.Formulas;

/// <summary>A part of a computation that is written down as data: a term, or a line with its loop around it.</summary>
/// <remarks>So it can be computed as the lecture says, and miscomputed as a learner might: each slip replaces one part
/// by another one.</remarks>
internal abstract class Part
{
    /// <summary>The parts that it consists of, in the order in which they are written.</summary>
    public abstract IReadOnlyList<Part> Parts { get; }

    /// <summary>The same part made of others.</summary>
    /// <param name="parts">As many as <see cref="Parts"/>, each of the same kind as the one in its place.</param>
    public abstract Part With(IReadOnlyList<Part> parts);

    /// <summary>What can go wrong with this part itself.</summary>
    /// <param name="names">What a computation gives names to: what a learner may mix up.</param>
    protected abstract IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names);

    /// <summary>What can go wrong here and in all parts below.</summary>
    /// <param name="names">The names that may be mixed up.</param>
    /// <param name="line">The name that the line gives a value to.</param>
    public IEnumerable<Slip> Slips(IReadOnlyList<string> names, string line = "")
    {
        line = this is Line { Target: var target } ? target : line;
        foreach (var slip in OwnSlips(names))
        {
            yield return slip with
            {
                Line = slip.Line.Length > 0 ? slip.Line : line,
            };
        }

        for (var k = 0; k < Parts.Count; k++)
        {
            foreach (var slip in Parts[k].Slips(names, line))
            {
                Part[] changed = [.. Parts];
                changed[k] = slip.Instead;
                yield return slip with
                {
                    Instead = With(changed),
                };
            }
        }
    }
}

/// <summary>One thing that can go wrong in a computation.</summary>
/// <param name="Rank">How likely a learner does it: 0 for what most do.</param>
/// <param name="Key">A short name of its kind.</param>
/// <param name="AsIf">How it looks, as the end of "it comes out as if …".</param>
/// <param name="Instead">What replaces it.</param>
internal sealed record Slip(int Rank, string Key, string AsIf, Part Instead)
{
    /// <summary>The name that the line in question gives a value to.</summary>
    public string Line { get; init; } = "";
}
