namespace RnnCourse.Exercises.Formulas;

/// <summary>A step of a computation: a line, a loop or a condition.</summary>
internal abstract class ComputationStep : Part
{
    /// <summary>Executes the step.</summary>
    /// <exception cref="MiscomputedException">The step cannot be executed.</exception>
    public abstract void Execute(Memory memory);

    private protected static ComputationStep StepOf(Part part) => (ComputationStep)part;
}

/// <summary>Does nothing; replaces a line that was forgotten.</summary>
internal sealed class NoStep : ComputationStep
{
    public override IReadOnlyList<Part> Parts => [];

    public override Part With(IReadOnlyList<Part> parts) => this;

    public override void Execute(Memory memory) { }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names) => [];
}

/// <summary>A line that gives a name a value, or adds to it.</summary>
/// <param name="name">The name.</param>
/// <param name="value">The value.</param>
/// <param name="adds">Whether the value is added to the previous one.</param>
/// <param name="place">The place in a list; null if the name isn't a list.</param>
internal sealed class Line(string name, Term value, bool adds = false, IndexExpression? place = null) : ComputationStep
{
    // Intermediate results that our computations name and an answer may not.
    private static readonly Dictionary<string, string> InWords = new()
    {
        ["e"] = "the exponentials",
        ["p"] = "the probabilities",
        ["largest"] = "the largest score",
        ["ds_next"] = "what goes back to the step before",
        ["s_prev"] = "the state that is passed on",
        ["sum"] = "the sum",
        ["norm"] = "the norm",
        ["clipped"] = "the clipped gradient",
        ["above"] = "the loss above",
        ["below"] = "the loss below",
        ["here"] = "the number that was there",
        ["slope"] = "the slope",
        ["count"] = "the count",
        ["products"] = "the number of products",
        ["paths"] = "the number of paths",
        ["column"] = "the column",
        ["mask"] = "the mask",
        ["read"] = "the number of steps that are read",
        ["loss"] = "the loss",
        ["mean"] = "the mean",
        ["perplexity"] = "the perplexity",
        ["product"] = "the product",
        ["J"] = "the Jacobian",
        ["past"] = "what comes of the previous state",
        ["dz"] = "dz_i",
        ["ds"] = "what comes back to a state",
        ["da"] = "da_i",
        ["dA"] = "the gradient inside tanh",
        ["dS"] = "what the outputs send to the states",
        ["y"] = "the output",
    };

    public string Target => new Name(name, place).ToString();

    /// <summary>The value that the line computes; in words if answers needn't have a name for it.</summary>
    public string Subject => InWords.GetValueOrDefault(name, Target);

    public Term Value => value;

    public string Formula => $"{Target} {(adds ? "+=" : "=")} {value}";

    public override IReadOnlyList<Part> Parts => [value];

    public override Part With(IReadOnlyList<Part> parts) => new Line(name, (Term)parts[0], adds, place);

    public override void Execute(Memory memory)
    {
        var key = place is null ? name : $"{name}[{place.Of(memory)}]";
        memory[key] = (adds ? new Sum(new Name(name, place), value, 1) : value).Of(memory);
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "line-missing", $"{Subject} were never computed", new NoStep());
        yield return new(
            1,
            adds ? "replaced" : "added-up",
            adds ? $"each turn replaced {Target}, to which it should add" : $"{Target} were added up",
            new Line(name, value, !adds, place)
        );
        yield return new(
            1,
            "wrong-sign",
            $"{Target} had the other sign",
            new Line(name, new Negative(value), adds, place)
        );
    }
}

/// <summary>A loop.</summary>
/// <param name="variable">The name of the loop variable.</param>
/// <param name="from">Where it begins.</param>
/// <param name="to">Where it ends, inclusive.</param>
/// <param name="step">1 for upwards, −1 for downwards.</param>
/// <param name="body">The steps of each iteration.</param>
internal sealed class Loop(
    string variable,
    IndexExpression from,
    IndexExpression to,
    int step,
    params IReadOnlyList<ComputationStep> body
) : ComputationStep
{
    private const int MaxIndex = 10_000;

    /// <summary>Whether the loop ends after its first iteration.</summary>
    public bool OnlyOnce { get; init; }

    public override IReadOnlyList<Part> Parts => body;

    public string Range => $"from {variable} = {from} {(step > 0 ? "up" : "down")} to {to}";

    public override Part With(IReadOnlyList<Part> parts) =>
        new Loop(variable, from, to, step, [.. parts.Select(StepOf)]) { OnlyOnce = OnlyOnce };

    public override void Execute(Memory memory)
    {
        var last = to.Of(memory);
        for (var k = from.Of(memory); step > 0 ? k <= last : k >= last; k += step)
        {
            if (Math.Abs(k) > MaxIndex)
            {
                throw new MiscomputedException();
            }

            memory.SetNumber(variable, k);
            foreach (var step in body)
            {
                step.Execute(memory);
            }

            if (OnlyOnce)
            {
                break;
            }
        }
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        Loop Other(IndexExpression first, IndexExpression last) => new(variable, first, last, step, body);
        yield return new(
            0,
            "turn-missing",
            $"the loop over {variable} left out its first turn",
            Other(from + step, to)
        );
        yield return new(0, "turn-missing", $"the loop over {variable} left out its last turn", Other(from, to - step));
        yield return new(1, "turn-too-many", $"the loop over {variable} began one turn early", Other(from - step, to));
        yield return new(
            1,
            "turn-too-many",
            $"the loop over {variable} made one turn too many",
            Other(from, to + step)
        );
        yield return new(
            1,
            "left-early",
            $"the loop over {variable} ended after its first turn",
            new Loop(variable, from, to, step, body) { OnlyOnce = true }
        );
        yield return new(1, "never", $"the loop over {variable} made no turn at all", new NoStep());
        yield return new(
            2,
            "backwards",
            $"the loop over {variable} ran the other way",
            new Loop(variable, to, from, -step, body)
        );
    }
}

/// <summary>Steps that are executed only if the output of a step is read.</summary>
/// <param name="condition">The condition in words, such as "t_i is there".</param>
/// <param name="holds">Evaluates the condition.</param>
/// <param name="body">The steps if the condition is true.</param>
/// <param name="otherwise">The steps if it is false.</param>
internal sealed class Condition(
    string condition,
    Func<Memory, bool> holds,
    IReadOnlyList<ComputationStep> body,
    IReadOnlyList<ComputationStep>? otherwise = null
) : ComputationStep
{
    private readonly IReadOnlyList<ComputationStep> _otherwise = otherwise ?? [];

    public override IReadOnlyList<Part> Parts => [.. body, .. _otherwise];

    public override Part With(IReadOnlyList<Part> parts) =>
        new Condition(
            condition,
            holds,
            [.. parts.Take(body.Count).Select(StepOf)],
            [.. parts.Skip(body.Count).Select(StepOf)]
        );

    public override void Execute(Memory memory)
    {
        foreach (var step in holds(memory) ? body : _otherwise)
        {
            step.Execute(memory);
        }
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(
            0,
            "not-asked",
            $"nobody asked whether {condition}",
            new Condition(condition, _ => true, body, _otherwise)
        );
        yield return new(
            2,
            "never",
            $"the case that {condition} never came",
            new Condition(condition, _ => false, body, _otherwise)
        );
        yield return new(
            1,
            "turned-round",
            $"the question whether {condition} were turned round",
            new Condition(condition, memory => !holds(memory), body, _otherwise)
        );
    }
}
