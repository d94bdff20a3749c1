namespace RnnCourse.Exercises.Formulas;

/// <summary>A part of a computation that is represented as data: a term, or a line with the loop around it.</summary>
/// <remarks>So it can be computed as in the lecture, and also with the mistakes of a learner: each slip replaces one
/// part by another one.</remarks>
internal abstract class Part
{
    /// <summary>Its parts, in the order in which they are written.</summary>
    public abstract IReadOnlyList<Part> Parts { get; }

    /// <summary>The same part with other subparts.</summary>
    /// <param name="parts">As many as in <see cref="Parts"/>, each of the same kind as the one that it
    /// replaces.</param>
    public abstract Part With(IReadOnlyList<Part> parts);

    /// <summary>The possible mistakes in this part itself.</summary>
    /// <param name="names">The names of the computation, which a learner may mix up.</param>
    protected abstract IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names);

    /// <summary>The possible mistakes in this part and all its subparts.</summary>
    /// <param name="names">The names that may be mixed up.</param>
    /// <param name="line">The name to which the line assigns a value.</param>
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
                changed[k] = slip.Replacement;
                yield return slip with
                {
                    Replacement = With(changed),
                };
            }
        }
    }
}

/// <summary>One possible mistake in a computation.</summary>
/// <param name="Rank">How likely a learner makes it: 0 for the most frequent mistakes.</param>
/// <param name="Key">A short name of its kind.</param>
/// <param name="Effect">Its effect, as the end of "it comes out as if …".</param>
/// <param name="Replacement">The part that replaces the right one.</param>
internal sealed record Slip(int Rank, string Key, string Effect, Part Replacement)
{
    /// <summary>The name to which the line with the mistake assigns a value.</summary>
    public string Line { get; init; } = "";
}
