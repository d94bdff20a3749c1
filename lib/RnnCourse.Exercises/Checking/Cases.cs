using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Checking;

/// <summary>The inputs on which learners' methods are tested: a generator of admissible inputs, and a right
/// method.</summary>
/// <param name="words">The inputs in words; Markdown.</param>
/// <param name="draw">Draws the arguments of one call; equal numbers give equal arguments.</param>
/// <param name="right">A right method.</param>
internal sealed class Cases(string words, Func<SeededRandom, object?[]> draw, Delegate right)
{
    /// <summary>How many inputs a check tries.</summary>
    public const int Tried = 60;

    /// <summary>The inputs in words; Markdown.</summary>
    public string Words => words;

    /// <summary>A right method.</summary>
    public Delegate Right => right;

    /// <summary>The value of a method that is compared: by default, its result. If several answers are right, a
    /// property that all of them have in common.</summary>
    public Func<Delegate, object?[], object?> ValueOf { get; init; } = Invoke;

    /// <summary>The arguments of one call; equal numbers give equal arguments.</summary>
    public object?[] Draw(ulong number) => draw(new SeededRandom((number * 7919) + 17));

    /// <summary>The outcome of a method for one input; null if it throws.</summary>
    public IReadOnlyList<Quantity>? Outcome(Delegate method, ulong number)
    {
        try
        {
            return [.. Outcomes.Parts(ValueOf(method, Draw(number)))];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Finds what is wrong with a method: for a drawn input it returns something else than the right one,
    /// modifies its arguments, or returns something else when it is called again. Null if nothing is wrong.</summary>
    public Finding? Fault(Delegate method, Exercise exercise)
    {
        var given = new List<(object? Result, IReadOnlyList<Quantity> Parts)>();
        for (var k = 0UL; k < Tried; k++)
        {
            var arguments = Draw(k);
            var what = $"for {Described(method, arguments)}";
            var result = Attempt.Call(what, () => ValueOf(method, arguments));
            IReadOnlyList<Quantity> parts = Attempt.Call<List<Quantity>>(what, () => [.. Outcomes.Parts(result)]);
            if (Changed(method, arguments, Draw(k)) is { } changed)
            {
                return changed;
            }

            var expected = Outcome(right, k);
            if (!exercise.RightIf.Tolerance.AreNear(parts, expected))
            {
                return Differs(Described(method, arguments), parts, expected, exercise);
            }

            given.Add((result, parts));
        }

        return Shared(given) ?? Remembered(method, given[0].Parts, exercise);
    }

    /// <summary>Finds what a wrong method does for every input: it depends on earlier calls, returns the same array
    /// each time, or returns the same result for all inputs. Null if it does none of these.</summary>
    public Finding? FaultOfEveryCall(Delegate method, Exercise exercise)
    {
        try
        {
            var given = new List<(object? Result, IReadOnlyList<Quantity> Parts)>();
            for (var k = 0UL; k < 6; k++)
            {
                var arguments = Draw(k);
                var number = k;
                var result = Attempt.Call($"for {Described(method, Draw(number))}", () => ValueOf(method, arguments));
                given.Add((result, [.. Outcomes.Parts(result)]));
            }

            return Remembered(method, given[0].Parts, exercise) ?? Shared(given) ?? Constant(given);
        }
        catch (LearnerException)
        {
            return null; // the examples have said what is wrong
        }
    }

    private Finding? Constant(List<(object? Result, IReadOnlyList<Quantity> Parts)> given)
    {
        bool IsNumber(IReadOnlyList<Quantity>? parts) => parts is [{ Columns: 0, Rows: 1 }];
        return
            given.All(one => IsNumber(one.Parts) && one.Parts[0].Values[0].Equals(given[0].Parts[0].Values[0]))
            && Enumerable.Range(0, given.Count).Select(k => Outcome(right, (ulong)k)![0].Values[0]).Distinct().Count()
                > 1
            ? new(
                "constant",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The method gives {given[0].Parts[0].Values[0]:G4} whatever its arguments are."
                ),
                "Where do the arguments enter? And is something divided that makes 0 of them: in C#, 1 / 3 of two "
                    + "whole numbers is 0?",
                "Print what each line computes, for two different inputs."
            )
            : null;
    }

    // A method that keeps one array and hands it out each time.
    private static Finding? Shared(List<(object? Result, IReadOnlyList<Quantity> Parts)> given) =>
        given.All(one => Outcomes.AreEqual([.. Outcomes.Parts(one.Result)], one.Parts))
            ? null
            : new(
                "shared-result",
                "What the method gave for one input changes when it is asked about another: it hands out the same "
                    + "array, vector or list each time.",
                "Where is what you return made? Is that line run in each call?",
                "Make it inside the method: whoever has called keeps what was returned."
            );

    private Finding? Remembered(Delegate method, IReadOnlyList<Quantity> first, Exercise exercise)
    {
        var arguments = Draw(0);
        var what = $"for {Described(method, arguments)}, asked once more";
        var again = Attempt.Call<List<Quantity>>(what, () => [.. Outcomes.Parts(ValueOf(method, arguments))]);
        return Outcomes.AreEqual(again, first) || exercise.RightIf.Tolerance.AreNear(again, first)
            ? null
            : new(
                "remembers-calls",
                $"For {Described(method, arguments)} the method gives another answer when it is asked again: it "
                    + "remembers earlier calls.",
                "Which variable is declared outside the method and written within it?",
                "Declare it inside the method, so that each call begins anew."
            );
    }

    private static Finding? Changed(Delegate method, object?[] arguments, object?[] untouched)
    {
        var names = method.Method.GetParameters();
        for (var k = 0; k < arguments.Length; k++)
        {
            if (
                Outcomes.CanRead(arguments[k])
                && !Outcomes.AreEqual([.. Outcomes.Parts(arguments[k])], [.. Outcomes.Parts(untouched[k])])
            )
            {
                return Findings.Changed(Fit(names, arguments) ? names[k].Name! : "an argument");
            }
        }

        return null;
    }

    private static Finding Differs(
        string inputs,
        IReadOnlyList<Quantity> given,
        IReadOnlyList<Quantity>? expected,
        Exercise exercise
    )
    {
        static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
        var (own, right) =
            expected is null || expected.Count != given.Count
                ? (null, null)
                : given
                    .Zip(expected)
                    .FirstOrDefault(pair => !exercise.RightIf.Tolerance.AreNear([pair.First], [pair.Second]));
        var place =
            own is null || own.Values.Length != right!.Values.Length
                ? -1
                : Enumerable
                    .Range(0, own.Values.Length)
                    .MaxBy(k =>
                        double.IsFinite(own.Values[k]) ? Math.Abs(own.Values[k] - right.Values[k]) : double.MaxValue
                    );
        return new(
            "differs",
            place < 0
                ? $"For {inputs} the answer has another form than it should have. The inputs tried before come out "
                    + "right."
                : $"For {inputs} the method gives {Number(own!.Values[place])} where {Number(right!.Values[place])} is "
                    + "right. The inputs tried before come out right.",
            "What is special about these inputs? Go through your method with them, line by line.",
            exercise.MoreHint
        );
    }

    private static object? Invoke(Delegate method, object?[] arguments)
    {
        try
        {
            return method.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    /// <summary>Calls a method directly, for <see cref="ValueOf"/>.</summary>
    public static object? Call(Delegate method, params object?[] arguments) => Invoke(method, arguments);

    private static string Described(Delegate method, object?[] arguments)
    {
        var names = method.Method.GetParameters();
        return string.Join(
            ", ",
            arguments
                .Select(
                    (argument, k) =>
                        Described(argument) is not { } text ? ""
                        : argument is VanillaRnn or VanillaRnn.Trace or BatchedRnn.Trace || !Fit(names, arguments)
                            ? text
                        : $"{names[k].Name} = {text}"
                )
                .Where(text => text.Length > 0)
        );
    }

    // Whether these are the arguments of the method itself, and not those of a function that it receives.
    private static bool Fit(ParameterInfo[] names, object?[] arguments) =>
        names.Length == arguments.Length
        && names
            .Zip(arguments, (name, argument) => argument is null || name.ParameterType.IsInstanceOfType(argument))
            .All(fits => fits);

    private static string? Described(object? argument) =>
        argument switch
        {
            null => "null",
            double number => number.ToString("G4", CultureInfo.InvariantCulture),
            int or bool or Enum => string.Create(CultureInfo.InvariantCulture, $"{argument}"),
            string text => $"“{text}”",
            Vector<double> v => Listed(v.Select(value => (double?)value)),
            double[] v => Listed(v.Select(value => (double?)value)),
            IEnumerable<int?> targets => "("
                + string.Join(", ", targets.Select(target => target?.ToString(CultureInfo.InvariantCulture) ?? "null"))
                + ")",
            VanillaRnn net => string.Create(
                CultureInfo.InvariantCulture,
                $"a network with D = {net.U.ColumnCount}, H = {net.U.RowCount}, K = {net.V.RowCount}"
            ),
            VanillaRnn.Trace trace => Findings.Counted(trace.x.Count, "step"),
            BatchedRnn.Trace trace =>
                $"{Findings.Counted(trace.B, "sequence")} of up to {Findings.Counted(trace.T, "step")}",
            Matrix<double> m => string.Create(
                CultureInfo.InvariantCulture,
                $"a matrix of shape ({m.RowCount}, {m.ColumnCount})"
            ),
            IReadOnlyList<string> words => $"“{string.Join(' ', words)}”",
            double[,] table => string.Create(
                CultureInfo.InvariantCulture,
                $"{table.GetLength(0)} by {table.GetLength(1)} numbers"
            ),
            ICollection list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Count}"),
            Datasets.TinySentences.Sentence sentence => $"“{sentence}”",
            Lesson03.TestedModel model => model.Name,
            _ => null,
        };

    private static string Listed(IEnumerable<double?> values) =>
        $"({string.Join(", ", values.Select(value => value!.Value.ToString("G3", CultureInfo.InvariantCulture)))})";
}
