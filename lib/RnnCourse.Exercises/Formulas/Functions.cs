using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>A function of a term.</summary>
/// <param name="name">Its name, as it is written.</param>
/// <param name="of">The term.</param>
/// <param name="value">The function.</param>
internal sealed class Function(string name, Term of, Func<Matrix<double>, Matrix<double>> value) : Term
{
    public override IReadOnlyList<Part> Parts => [of];

    public override Part With(IReadOnlyList<Part> parts) => new Function(name, TermOf(parts[0]), value);

    public override Matrix<double> Of(Memory memory) => value(of.Of(memory));

    protected override IEnumerable<Slip> OwnSlips(IReadOnlyList<string> names)
    {
        yield return new(
            0,
            "function-missing",
            name == "ᵀ" ? $"{of} were not transposed" : $"{name} were left out",
            of
        );
        if (name is "ᵀ" or "total")
        {
            yield break;
        }

        foreach (var (other, function) in Functions.Others(name))
        {
            yield return new(
                2,
                "other-function",
                $"{other} stood in place of {name}",
                new Function(other, of, function)
            );
        }

        yield return new(2, "function-twice", $"{name} were applied twice", new Function(name, this, value));
        if (of is Sum sum)
        {
            yield return new(
                1,
                "outside",
                $"{sum.Second} stood outside {name}",
                new Sum(new Function(name, sum.First, value), sum.Second, sum.Sign)
            );
            yield return new(
                1,
                "outside",
                $"{sum.First} stood outside {name}",
                new Sum(sum.First, new Function(name, sum.Second, value), sum.Sign)
            );
            var terms = Terms(sum).ToList();
            if (terms.Count > 2)
            {
                yield return new(
                    1,
                    "outside",
                    $"{terms[0].Term} stood outside {name}",
                    new Sum(terms[0].Term, new Function(name, Total(terms.Skip(1)), value), 1)
                );
                for (var k = 1; k < terms.Count - 1; k++)
                {
                    yield return new(
                        1,
                        "outside",
                        $"{terms[k].Term} stood outside {name}",
                        new Sum(
                            new Function(name, Total(terms.Where((_, j) => j != k)), value),
                            terms[k].Term,
                            terms[k].Sign
                        )
                    );
                }
            }

            yield return new(
                1,
                "on-each",
                $"{name} were applied to each term alone",
                Total(terms.Select(term => ((Term)new Function(name, term.Term, value), term.Sign)))
            );
        }
    }

    private static IEnumerable<(Term Term, int Sign)> Terms(Term term) =>
        term is Sum sum ? Terms(sum.First).Append((sum.Second, sum.Sign)) : [(term, 1)];

    private static Term Total(IEnumerable<(Term Term, int Sign)> terms)
    {
        Term? total = null;
        foreach (var (term, sign) in terms)
        {
            total = total is null ? (sign > 0 ? term : new Negative(term)) : new Sum(total, term, sign);
        }

        return total!;
    }

    public override string ToString() =>
        name switch
        {
            "ᵀ" => $"{of.AsFactor}ᵀ",
            "total" => of.ToString()!, // over the sequences of a batch: for one sequence it does nothing
            _ => $"{name}({of})",
        };
}

/// <summary>The functions of the lecture.</summary>
internal static class Functions
{
    private static readonly (string Name, Func<Matrix<double>, Matrix<double>> Of, int Kind)[] All =
    [
        ("tanh", m => m.Map(Math.Tanh, Zeros.Include), 0),
        ("σ", m => m.Map(a => 1 / (1 + Math.Exp(-a)), Zeros.Include), 0),
        ("exp", m => m.Map(Math.Exp, Zeros.Include), 0),
        ("ln", m => m.Map(Math.Log, Zeros.Include), 0),
        ("softmax", Softmax, 0),
        ("sum", m => Single(m.RowSums().Sum()), 1),
        ("mean", m => Single(m.RowSums().Sum() / (m.RowCount * m.ColumnCount)), 1),
        ("max", m => Single(m.Enumerate().Max()), 1),
        ("min", m => Single(m.Enumerate().Min()), 1),
        ("norm", m => Single(m.FrobeniusNorm()), 1),
        ("diag", m => m.ColumnCount == 1 ? Matrix<double>.Build.DenseOfDiagonalVector(m.Column(0)) : m, 2),
    ];

    public static Term Tanh(Term a) => Of("tanh", a);

    public static Term Sigmoid(Term a) => Of("σ", a);

    public static Term Exp(Term a) => Of("exp", a);

    public static Term Ln(Term a) => Of("ln", a);

    public static Term Softmax(Term a) => Of("softmax", a);

    public static Term SumOf(Term a) => Of("sum", a);

    public static Term Mean(Term a) => Of("mean", a);

    public static Term Max(Term a) => Of("max", a);

    public static Term Norm(Term a) => Of("norm", a);

    public static Term Diagonal(Term a) => Of("diag", a);

    /// <summary>The functions that a learner may use in place of one.</summary>
    public static IEnumerable<(string Name, Func<Matrix<double>, Matrix<double>> Of)> Others(string name)
    {
        var kind = All.First(function => function.Name == name).Kind;
        return All.Where(other => other.Name != name && other.Kind == kind).Select(other => (other.Name, other.Of));
    }

    private static Function Of(string name, Term a) => new(name, a, All.First(function => function.Name == name).Of);

    private static Matrix<double> Single(double value) => Matrix<double>.Build.Dense(1, 1, value);

    private static Matrix<double> Softmax(Matrix<double> m)
    {
        var largest = m.Enumerate().Max();
        var e = m.Map(z => Math.Exp(z - largest), Zeros.Include);
        return e / e.RowSums().Sum();
    }
}
