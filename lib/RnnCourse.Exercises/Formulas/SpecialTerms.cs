using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>One number of a vector, with an index from a list of whole numbers, such as y_i[t_i].</summary>
/// <param name="of">The vector.</param>
/// <param name="numbers">The list of whole numbers.</param>
/// <param name="place">The place in that list.</param>
internal sealed class Entry(Term of, string numbers, IndexExpression place) : Term
{
    public override IReadOnlyList<Part> Parts => [of];

    public override Part With(IReadOnlyList<Part> parts) => new Entry(TermOf(parts[0]), numbers, place);

    public override Matrix<double> Of(Memory memory)
    {
        var vector = of.Of(memory);
        var number = memory.NumberOf($"{numbers}[{place.Of(memory)}]");
        return number < vector.RowCount && vector.ColumnCount == 1
            ? Matrix<double>.Build.Dense(1, 1, vector[number, 0])
            : throw new MiscomputedException();
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        foreach (var by in new[] { -1, 1 })
        {
            var other = new Entry(of, numbers, place + by);
            yield return new(1, "another-step", $"{other} stood in place of {this}", other);
        }

        yield return new(1, "another-entry", $"the largest number of {of} stood in place of {this}", Functions.Max(of));
        yield return new(1, "all-entries", $"the sum of {of} stood in place of {this}", Functions.SumOf(of));
    }

    public override string ToString() => $"{of}[{new Name(numbers, place)}]";
}

/// <summary>A vector of which one number is replaced.</summary>
/// <param name="of">The vector.</param>
/// <param name="number">The name of the whole number that is its index.</param>
/// <param name="value">The replacement.</param>
internal sealed class ReplacedEntry(Term of, string number, Term value) : Term
{
    public override IReadOnlyList<Part> Parts => [of, value];

    public override Part With(IReadOnlyList<Part> parts) =>
        new ReplacedEntry(TermOf(parts[0]), number, TermOf(parts[1]));

    public override Matrix<double> Of(Memory memory)
    {
        var (vector, by, k) = (of.Of(memory).Clone(), value.Of(memory), memory.NumberOf(number));
        if (vector.ColumnCount != 1 || k >= vector.RowCount || !IsNumber(by))
        {
            throw new MiscomputedException();
        }

        vector[k, 0] = by[0, 0];
        return vector;
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "not-replaced", $"the number {number} were not replaced", of);
        yield return new(
            2,
            "other-value",
            $"{number} were written there in place of {value}",
            new ReplacedEntry(of, number, new Count(number))
        );
    }

    public override string ToString() => $"{of} with {value} at {number}";
}

/// <summary>A term in which a learner may use a whole set of other numbers by mistake, such as the parameters of
/// another gate.</summary>
/// <param name="owner">The name of the right set, such as the gate.</param>
/// <param name="of">The term.</param>
/// <param name="others">The names of the other sets, and the term with their numbers.</param>
internal sealed class ExchangeableTerm(string owner, Term of, params (string Owner, Term Of)[] others) : Term
{
    public override IReadOnlyList<Part> Parts => [of];

    public override Part With(IReadOnlyList<Part> parts) => TermOf(parts[0]);

    public override Matrix<double> Of(Memory memory) => of.Of(memory);

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names) =>
        others.Select(other => new Slip(1, "other-owner", $"{other.Owner} stood in place of {owner}", other.Of));

    public override string ToString() => of.ToString()!;
}

/// <summary>The result of a method that the check passes to the learner's method, such as a loss in which one number is
/// changed.</summary>
/// <param name="name">Its name.</param>
/// <param name="argument">The number.</param>
/// <param name="value">The method.</param>
internal sealed class MethodResult(string name, Term argument, Func<Memory, double, double> value) : Term
{
    public override IReadOnlyList<Part> Parts => [argument];

    public override Part With(IReadOnlyList<Part> parts) => new MethodResult(name, TermOf(parts[0]), value);

    public override Matrix<double> Of(Memory memory)
    {
        var given = argument.Of(memory);
        return IsNumber(given)
            ? Matrix<double>.Build.Dense(1, 1, value(memory, given[0, 0]))
            : throw new MiscomputedException();
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names) => [];

    public override string ToString() => $"{name}({argument})";
}
