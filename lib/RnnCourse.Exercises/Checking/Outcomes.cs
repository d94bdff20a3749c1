using System.Collections;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Checking;

/// <summary>Converts the results and arguments of methods to plain numbers.</summary>
internal static class Outcomes
{
    /// <summary>Whether <see cref="Parts"/> can convert a value.</summary>
    public static bool CanRead(object? value) =>
        value
            is null
                or double
                or int
                or bool
                or Vector<double>
                or Matrix<double>
                or ITuple
                or VanillaRnn
                or VanillaRnn.Gradients
                or VanillaRnn.Trace
                or Gate
                or BatchedRnn.Trace
                or GradientDescent.Example
        || (value is IEnumerable list and not string && list.Cast<object?>().All(CanRead));

    /// <summary>The vectors, matrices and numbers that a value consists of, and the counts of its lists.</summary>
    /// <exception cref="ArgumentException">The value's type contains no numbers.</exception>
    public static IEnumerable<Quantity> Parts(object? value) =>
        value switch
        {
            null => [new("null", 0, 0, [])],
            double number => [Quantity.Of("", number)],
            int number => [Quantity.Of("", number)],
            bool yes => [Quantity.Of("", yes ? 1 : 0)],
            double[] v => [new("", v.Length, 0, [.. v])], // a copy: the array may change later
            Vector<double> v => [Quantity.Of("", v)],
            Matrix<double> m => [Quantity.Of("", m)],
            double[,] table => [new("", table.GetLength(0), table.GetLength(1), [.. table.Cast<double>()])],
            VanillaRnn net => net.Parameters.SelectMany(parameter => Parts(parameter.Values)),
            VanillaRnn.Gradients g => Of(g.dU, g.dW, g.dV, g.db, g.dc, g.ds_0),
            VanillaRnn.Trace trace => Of(trace.x, trace.s, trace.y),
            BatchedRnn.Trace trace => Of(trace.X, trace.S, trace.Y, trace.Targets),
            GradientDescent.Example example => Of(example.x, example.targets),
            Gate gate => Of(gate.U, gate.W, gate.b, gate.b_W),
            ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(k => Parts(tuple[k])),
            IEnumerable list and not string => Listed(list),
            _ => throw new ArgumentException($"A {value.GetType().Name} cannot be compared."),
        };

    /// <summary>Whether two values are equal bit by bit.</summary>
    public static bool AreEqual(IReadOnlyList<Quantity> a, IReadOnlyList<Quantity> b) =>
        a.Count == b.Count
        && a.Zip(b)
            .All(pair =>
                (pair.First.Name, pair.First.Rows, pair.First.Columns)
                    == (pair.Second.Name, pair.Second.Rows, pair.Second.Columns)
                && pair.First.Values.AsSpan().SequenceEqual(pair.Second.Values)
            );

    private static IEnumerable<Quantity> Of(params object?[] parts) => parts.SelectMany(Parts);

    private static IEnumerable<Quantity> Listed(IEnumerable list)
    {
        object?[] items = [.. list.Cast<object?>()];
        return items.SelectMany(Parts).Prepend(new("count", items.Length, 0, []));
    }
}
