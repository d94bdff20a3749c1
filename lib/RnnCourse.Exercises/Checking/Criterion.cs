using System.Globalization;

namespace RnnCourse.Exercises.Checking;

/// <summary>
/// When an answer is right. It is written here once: the lesson prints it as "You are right if …" (a test holds the two
/// equal), the check judges by it, and the tests of the checks read it.
/// </summary>
/// <param name="demands">What is demanded, in the words that follow "You are right if"; Markdown.</param>
internal abstract class Criterion(IReadOnlyList<string> demands)
{
    /// <summary>How the sentence begins that a lesson prints.</summary>
    public const string Opening = "*You are right if*";

    /// <summary>What is demanded, one by one.</summary>
    public IReadOnlyList<string> Demands => demands;

    /// <summary>What a method is tried on; null where the answer is no method.</summary>
    public Cases? Cases { get; init; }

    /// <summary>What is tried, in words, where it isn't drawn.</summary>
    public string? Tried { get; init; }

    /// <summary>How far numbers may be off.</summary>
    public Tolerance Tolerance { get; init; }

    /// <summary>What no check can see, and the learner can: a sentence.</summary>
    public string? Yourself { get; init; }

    /// <summary>The sentences that the lesson prints; Markdown.</summary>
    public string Sentence
    {
        get
        {
            var tried = Cases?.Words ?? Tried;
            string[] details =
            [
                .. tried is null ? Array.Empty<string>() : [$"tried: {tried}"],
                .. Tolerance.Words is { } words ? [words] : Array.Empty<string>(),
            ];
            return $"{Opening} {Joined()}."
                + (details.Length == 0 ? "" : $" ({Capital(string.Join("; ", details))}.)")
                + (Yourself is null ? "" : $" {Yourself}");
        }
    }

    private string Joined() =>
        demands.Count switch
        {
            1 => demands[0],
            2 => $"{demands[0]}, and {demands[1]}",
            _ => $"{string.Join("; ", demands.SkipLast(1))}; and {demands[^1]}",
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>One thing that is demanded of an answer.</summary>
/// <param name="Words">The text after "You are right if"; Markdown.</param>
/// <param name="Fault">What is wrong with an answer that doesn't have it, or null.</param>
internal sealed record Demand<T>(string Words, Func<T, Finding?> Fault);

/// <summary>A criterion for answers of one type.</summary>
internal sealed class Criterion<T>(IReadOnlyList<Demand<T>> demands)
    : Criterion([.. demands.Select(demand => demand.Words)])
{
    /// <summary>What is wrong with an answer, the first demand first, or null.</summary>
    public Finding? Fault(T answer) =>
        demands.Select(demand => demand.Fault(answer)).FirstOrDefault(fault => fault is not null);
}

/// <summary>A criterion for a method, whose values are given by a right one.</summary>
/// <param name="demand">What the method does; the text after "You are right if"; Markdown.</param>
internal sealed class MethodCriterion(string demand) : Criterion([demand]);

/// <summary>What a limit is relative to.</summary>
internal enum RelativeTo
{
    /// <summary>The largest number of a vector or a matrix.</summary>
    Largest,

    /// <summary>Each number, or 1 where it is smaller.</summary>
    Each,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <summary>How far a number may be off.</summary>
/// <param name="Limit">The limit; 0 where nothing is rounded.</param>
/// <param name="To">What the limit is relative to.</param>
internal readonly record struct Tolerance(double Limit, RelativeTo To = RelativeTo.Largest)
{
    // If all numbers are tiny, a limit relative to them would be below rounding errors.
    private const double Tiny = 1e-3;

    /// <summary>What nearly all checks allow.</summary>
    public static Tolerance Usual { get; } = new(Quantity.Tolerance);

    /// <summary>What is allowed, in words; null for nothing.</summary>
    public string? Words
    {
        get
        {
            if (Limit == 0)
            {
                return null;
            }

            var exponent = (int)Math.Round(Math.Log10(Limit));
            var limit =
                Math.Abs(Limit - Math.Pow(10, exponent)) < 1e-3 * Limit && exponent < -2
                    ? string.Create(CultureInfo.InvariantCulture, $"$10^{{{exponent}}}$")
                    : Limit.ToString(CultureInfo.InvariantCulture);
            return $"numbers may be off by {limit}"
                + To switch
                {
                    RelativeTo.Largest => " of the largest",
                    RelativeTo.Each => " of their size",
                    _ => "",
                };
        }
    }

    /// <summary>Whether two outcomes are the same up to this; null is the outcome of a method that throws.</summary>
    public bool AreNear(IReadOnlyList<Quantity>? given, IReadOnlyList<Quantity>? right)
    {
        if (given is null || right is null || given.Count != right.Count)
        {
            return given is null && right is null;
        }

        for (var k = 0; k < given.Count; k++)
        {
            if (!IsNear(given[k], right[k]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNear(Quantity given, Quantity right)
    {
        if ((given.Name, given.Rows, given.Columns) != (right.Name, right.Rows, right.Columns))
        {
            return false;
        }

        var largest = right.Values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var (limit, to) = (Limit, To);
        return given
            .Values.Zip(right.Values)
            .All(both =>
                Math.Abs(both.First - both.Second)
                <= limit
                    * to switch
                    {
                        RelativeTo.Largest => Math.Max(Tiny, largest),
                        RelativeTo.Each => 1 + Math.Abs(both.Second),
                        _ => 1,
                    }
            );
    }
}
