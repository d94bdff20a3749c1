using System.Globalization;

namespace RnnCourse.Exercises.Checking;

/// <summary>
/// The conditions for a right answer. They are written here once: the lesson prints them as "You are right if …" (a
/// test compares the two), the check judges by them, and the tests of the checks read them.
/// </summary>
/// <param name="demands">The demands, in the words that follow "You are right if"; Markdown.</param>
internal abstract class Criterion(IReadOnlyList<string> demands)
{
    /// <summary>The beginning of the sentence that a lesson prints.</summary>
    public const string Opening = "*You are right if*";

    /// <summary>The demands.</summary>
    public IReadOnlyList<string> Demands => demands;

    /// <summary>The inputs on which a method is tested; null if the answer isn't a method.</summary>
    public Cases? Cases { get; init; }

    /// <summary>The inputs in words, if they aren't drawn at random.</summary>
    public string? Tried { get; init; }

    /// <summary>The tolerance for numbers.</summary>
    public Tolerance Tolerance { get; init; }

    /// <summary>A sentence about a condition that only the learner can check.</summary>
    public string? ForLearnerToCheck { get; init; }

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
                + (ForLearnerToCheck is null ? "" : $" {ForLearnerToCheck}");
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

/// <summary>One demand on an answer.</summary>
/// <param name="Words">The text after "You are right if"; Markdown.</param>
/// <param name="Fault">Finds what is wrong with an answer that doesn't meet it, or null.</param>
internal sealed record Demand<T>(string Words, Func<T, Finding?> Fault);

/// <summary>A criterion for answers of one type.</summary>
internal sealed class Criterion<T>(IReadOnlyList<Demand<T>> demands)
    : Criterion([.. demands.Select(demand => demand.Words)])
{
    /// <summary>Finds the first demand that an answer doesn't meet, or null.</summary>
    public Finding? Fault(T answer) =>
        demands.Select(demand => demand.Fault(answer)).FirstOrDefault(fault => fault is not null);
}

/// <summary>A criterion for a method that must return the same values as a right method.</summary>
/// <param name="demand">What the method does; the text after "You are right if"; Markdown.</param>
internal sealed class MethodCriterion(string demand) : Criterion([demand]);

/// <summary>The number to which a limit is relative.</summary>
internal enum RelativeTo
{
    /// <summary>The largest number of a vector or a matrix.</summary>
    Largest,

    /// <summary>Each number, or 1 if the number is smaller.</summary>
    Each,

    /// <summary>None; the limit is absolute.</summary>
    Nothing,
}

/// <summary>The largest allowed error of a number.</summary>
/// <param name="Limit">The limit; 0 for exact values.</param>
/// <param name="To">The number to which the limit is relative.</param>
internal readonly record struct Tolerance(double Limit, RelativeTo To = RelativeTo.Largest)
{
    // If all numbers are tiny, a limit relative to them would be below rounding errors.
    private const double Tiny = 1e-3;

    /// <summary>The tolerance of nearly all checks.</summary>
    public static Tolerance Usual { get; } = new(Quantity.Tolerance);

    /// <summary>The tolerance in words; null for exact values.</summary>
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

    /// <summary>Whether two outcomes are equal within the tolerance; null is the outcome of a method that
    /// throws.</summary>
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
