using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>A term of a formula.</summary>
/// <remarks>Everything is a matrix: a vector has one column, a number has the shape (1, 1) and can be combined with any
/// shape. Products are those of Math.NET: the dot product of two vectors; for a vector and a matrix, the dot products
/// of the vector with the columns.</remarks>
internal abstract class Term : Part
{
    /// <summary>Its value.</summary>
    /// <exception cref="MiscomputedException">The shapes don't fit, or a name has no value.</exception>
    public abstract Matrix<double> Of(Memory memory);

    /// <summary>Whether it needs brackets as a factor.</summary>
    protected virtual bool IsLoose => false;

    public static Term operator +(Term a, Term b) => new Sum(a, b, 1);

    public static Term operator -(Term a, Term b) => new Sum(a, b, -1);

    public static Term operator *(Term a, Term b) => new Product(a, b);

    public static Term operator /(Term a, Term b) => new Ratio(a, b);

    public static implicit operator Term(double number) => new Number(number);

    /// <summary>Number by number, a ⊙ b.</summary>
    public Term Times(Term other) => new Pointwise(this, other);

    /// <summary>The transpose.</summary>
    public Term T => new Function("ᵀ", this, m => m.Transpose());

    /// <summary>The term as a factor, in brackets if they are needed.</summary>
    public string AsFactor => IsLoose ? $"({this})" : ToString()!;

    protected static bool IsNumber(Matrix<double> m) => m.RowCount == 1 && m.ColumnCount == 1;

    protected static Matrix<double> Combine(Matrix<double> a, Matrix<double> b, Func<double, double, double> of)
    {
        if (IsNumber(b))
        {
            return a.Map(value => of(value, b[0, 0]), Zeros.Include);
        }

        if (IsNumber(a))
        {
            return b.Map(value => of(a[0, 0], value), Zeros.Include);
        }

        return a.RowCount == b.RowCount && a.ColumnCount == b.ColumnCount
            ? a.Map2(of, b, Zeros.Include)
            : throw new MiscomputedException();
    }

    private protected static Term TermOf(Part part) => (Term)part;
}

/// <summary>A name: a given value, or what a line has computed; with a place, an item of a list.</summary>
internal sealed class Name(string name, IndexExpression? place = null) : Term
{
    public override IReadOnlyList<Part> Parts => [];

    public override Part With(IReadOnlyList<Part> parts) => this;

    public override Matrix<double> Of(Memory memory) =>
        memory[place is null ? name : $"{name}[{place.Of(memory)}]"] ?? throw new MiscomputedException();

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        if (place is not null)
        {
            foreach (var by in new[] { -1, 1 })
            {
                var other = new Name(name, place + by);
                yield return new(0, "another-step", $"{other} were used in place of {this}", other);
            }
        }

        yield return new(2, "transposed", $"{this} were transposed", T);
        foreach (var other in names.Where(other => other != name))
        {
            var instead = other.EndsWith("[]", StringComparison.Ordinal)
                ? new Name(other[..^2], place ?? "i")
                : new Name(other);
            if (instead.ToString() != ToString())
            {
                yield return new(3, "mixed-up", $"{instead} stood in place of {this}", instead);
            }
        }
    }

    public override string ToString() =>
        place is null ? name
        : place.ToString() is [var only] ? $"{name}_{only}"
        : $"{name}_{{{place}}}";
}

/// <summary>A number.</summary>
internal sealed class Number(double value) : Term
{
    public override IReadOnlyList<Part> Parts => [];

    public override Part With(IReadOnlyList<Part> parts) => this;

    public override Matrix<double> Of(Memory memory) => Matrix<double>.Build.Dense(1, 1, value);

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names) =>
        new[] { value + 1, value - 1, 2 * value, value / 2, -value }
            .Where(other => other != value)
            .Distinct()
            .Select(other => new Slip(
                2,
                "other-number",
                $"{new Number(other)} stood in place of {this}",
                new Number(other)
            ));

    public override string ToString() => value.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
}

/// <summary>A whole number of the computation as a term, such as the number of steps.</summary>
internal sealed class Count(IndexExpression index) : Term
{
    public override IReadOnlyList<Part> Parts => [];

    public override Part With(IReadOnlyList<Part> parts) => this;

    public override Matrix<double> Of(Memory memory) => Matrix<double>.Build.Dense(1, 1, index.Of(memory));

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names) =>
        new[] { index + 1, index - 1 }.Select(other => new Slip(
            1,
            "other-count",
            $"{other} stood in place of {index}",
            new Count(other)
        ));

    protected override bool IsLoose => index.Plus.Count + index.Minus.Count > 1 || index.Offset != 0;

    public override string ToString() => index.ToString();
}

/// <summary>A sum or a difference of two terms.</summary>
internal sealed class Sum(Term a, Term b, int sign) : Term
{
    public override IReadOnlyList<Part> Parts => [a, b];

    protected override bool IsLoose => true;

    public Term First => a;

    public Term Second => b;

    public int Sign => sign;

    public override Part With(IReadOnlyList<Part> parts) => new Sum(TermOf(parts[0]), TermOf(parts[1]), sign);

    public override Matrix<double> Of(Memory memory) => Combine(a.Of(memory), b.Of(memory), (x, y) => x + (sign * y));

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "term-missing", $"{b} were left out", a);
        yield return new(0, "term-missing", $"{a} were left out", sign > 0 ? b : new Negative(b));
        yield return new(1, "wrong-sign", $"{b} were {(sign > 0 ? "subtracted" : "added")}", new Sum(a, b, -sign));
        yield return new(1, "wrong-sign", $"{a} had the other sign", new Sum(new Negative(a), b, sign));
        if (sign < 0)
        {
            yield return new(2, "order-of-difference", $"{a} were subtracted from {b}", new Sum(b, a, -1));
        }

        if (b is Sum or Product or Pointwise or Ratio || a is Sum or Product or Pointwise or Ratio)
        {
            yield return new(2, "sum-for-product", $"{a} and {b} were multiplied", new Pointwise(a, b));
        }

        // (a + b) with a sum inside a: the last two terms, in brackets that follow something else.
        if (a is Product { Second: var factor, First: var first })
        {
            yield return new(
                1,
                "bracket-moved",
                $"{first.AsFactor} stood before all of {factor} {(sign > 0 ? "+" : "−")} {b}",
                new Product(first, new Sum(factor, b, sign))
            );
        }
    }

    public override string ToString() =>
        $"{a} {(sign > 0 ? "+" : "−")} {(sign < 0 && b is Sum ? $"({b})" : b.ToString())}";
}

/// <summary>A term with the other sign.</summary>
internal sealed class Negative(Term a) : Term
{
    public override IReadOnlyList<Part> Parts => [a];

    protected override bool IsLoose => true;

    public override Part With(IReadOnlyList<Part> parts) => new Negative(TermOf(parts[0]));

    public override Matrix<double> Of(Memory memory) => -a.Of(memory);

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "sign-missing", $"the minus before {a.AsFactor} were missing", a);
    }

    public override string ToString() => $"−{a.AsFactor}";
}

/// <summary>A product of matrices, vectors and numbers.</summary>
internal sealed class Product(Term a, Term b) : Term
{
    public override IReadOnlyList<Part> Parts => [a, b];

    public Term First => a;

    public Term Second => b;

    public override Part With(IReadOnlyList<Part> parts) => new Product(TermOf(parts[0]), TermOf(parts[1]));

    public override Matrix<double> Of(Memory memory) => Of(a.Of(memory), b.Of(memory));

    private static Matrix<double> Of(Matrix<double> x, Matrix<double> y)
    {
        if (IsNumber(x) || IsNumber(y))
        {
            return Combine(x, y, (p, q) => p * q);
        }

        if (x.ColumnCount == 1 && y.ColumnCount == 1)
        {
            return x.RowCount == y.RowCount ? x.TransposeThisAndMultiply(y) : throw new MiscomputedException();
        }

        if (x.ColumnCount == 1 && y.RowCount == x.RowCount)
        {
            return y.TransposeThisAndMultiply(x);
        }

        return x.ColumnCount == y.RowCount ? x * y : throw new MiscomputedException();
    }

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "factor-missing", $"the factor {a.AsFactor} were missing", b);
        yield return new(0, "factor-missing", $"the factor {b.AsFactor} were missing", a);
        yield return new(1, "order-of-factors", $"{b.AsFactor} stood before {a.AsFactor}", new Product(b, a));
        yield return new(2, "added", $"{a.AsFactor} and {b.AsFactor} were added", new Sum(a, b, 1));
        yield return new(2, "divided", $"it were divided by {b.AsFactor}", new Ratio(a, b));
        yield return new(
            1,
            "pointwise",
            $"{a.AsFactor} and {b.AsFactor} were multiplied number by number",
            new Pointwise(a, b)
        );
    }

    public override string ToString() => $"{a.AsFactor} {b.AsFactor}";
}

/// <summary>A product number by number.</summary>
internal sealed class Pointwise(Term a, Term b) : Term
{
    public override IReadOnlyList<Part> Parts => [a, b];

    public override Part With(IReadOnlyList<Part> parts) => new Pointwise(TermOf(parts[0]), TermOf(parts[1]));

    public override Matrix<double> Of(Memory memory) => Combine(a.Of(memory), b.Of(memory), (x, y) => x * y);

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "factor-missing", $"the factor {a.AsFactor} were missing", b);
        yield return new(0, "factor-missing", $"the factor {b.AsFactor} were missing", a);
        yield return new(2, "added", $"{a.AsFactor} and {b.AsFactor} were added", new Sum(a, b, 1));
        yield return new(2, "product", $"{a.AsFactor} and {b.AsFactor} were multiplied by *", new Product(a, b));
        // 1 − k ⊙ c for (1 − k) ⊙ c
        if (a is Sum { First: var first, Second: var second, Sign: var sign })
        {
            yield return new(
                1,
                "brackets-missing",
                $"the brackets around {a} were missing",
                new Sum(first, new Pointwise(second, b), sign)
            );
        }

        if (b is Sum { First: var first2, Second: var second2, Sign: var sign2 })
        {
            yield return new(
                1,
                "brackets-missing",
                $"the brackets around {b} were missing",
                new Sum(new Pointwise(a, first2), second2, sign2)
            );
        }
    }

    public override string ToString() => $"{a.AsFactor} ⊙ {b.AsFactor}";
}

/// <summary>A quotient, number by number.</summary>
internal sealed class Ratio(Term a, Term b) : Term
{
    public override IReadOnlyList<Part> Parts => [a, b];

    public override Part With(IReadOnlyList<Part> parts) => new Ratio(TermOf(parts[0]), TermOf(parts[1]));

    public override Matrix<double> Of(Memory memory) =>
        Combine(a.Of(memory), b.Of(memory), (x, y) => memory.DividesWholeNumbers ? Math.Truncate(x / y) : x / y);

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(0, "division-missing", $"it were not divided by {b.AsFactor}", a);
        yield return new(2, "numerator-missing", $"only {b} were taken, without {a.AsFactor}", b);
        yield return new(1, "upside-down", $"{b.AsFactor} were divided by {a.AsFactor}", new Ratio(b, a));
        yield return new(1, "multiplied", $"{a.AsFactor} were multiplied by {b.AsFactor}", new Pointwise(a, b));
        if (a is Sum { First: var first, Second: var second, Sign: var sign })
        {
            yield return new(
                1,
                "brackets-missing",
                $"the brackets around {a} were missing",
                new Sum(first, new Ratio(second, b), sign)
            );
        }

        if (b is Product { First: var divisor, Second: var factor })
        {
            yield return new(
                1,
                "brackets-missing",
                $"the brackets around {b} were missing",
                new Pointwise(new Ratio(a, divisor), factor)
            );
        }
    }

    public override string ToString() => $"{a.AsFactor} / {b.AsFactor}";
}
