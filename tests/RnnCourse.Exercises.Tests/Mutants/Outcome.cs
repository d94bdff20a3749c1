using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>What a method gives, as plain numbers; null where it throws.</summary>
internal static class Outcome
{
    /// <summary>Calls a method with copies of the arguments.</summary>
    public static IReadOnlyList<double>? Of(Delegate method, object[] arguments)
    {
        try
        {
            return [.. Numbers(method.DynamicInvoke([.. arguments.Select(Copy)]))];
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    /// <summary>Whether two outcomes are the same, as a check compares.</summary>
    public static bool AreNear(IReadOnlyList<double>? a, IReadOnlyList<double>? b)
    {
        if (a is null || b is null || a.Count != b.Count)
        {
            return a is null && b is null;
        }

        var limit = Quantity.Tolerance * Math.Max(1e-3, b.Select(Math.Abs).DefaultIfEmpty(0).Max());
        return a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= limit);
    }

    private static object Copy(object argument) =>
        argument switch
        {
            Vector<double> v => v.Clone(),
            Matrix<double> m => m.Clone(),
            double[] values => values.Clone(),
            IReadOnlyList<Vector<double>> list => list.Select(v => v.Clone()).ToList(),
            VanillaRnn net => ArgumentCopies.Twin(net),
            _ => argument,
        };

    private static IEnumerable<double> Numbers(object? value) =>
        value switch
        {
            null => [double.NaN],
            double number => [number],
            int number => [number],
            bool yes => [yes ? 1 : 0],
            Vector<double> v => v,
            Matrix<double> m => m.Enumerate().Prepend(m.RowCount),
            ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(k => Numbers(tuple[k])),
            VanillaRnn.Gradients g => new object[] { g.dU, g.dW, g.dV, g.db, g.dc, g.ds_0 }.SelectMany(Numbers),
            IEnumerable list => list.Cast<object?>().SelectMany(Numbers).Prepend(-1),
            _ => throw new ArgumentException($"A {value.GetType()} cannot be compared."),
        };
}
