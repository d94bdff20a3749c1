using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Checking;

/// <summary>The arguments of one call of a learner's method: copies that the method gets, and a test whether it has
/// modified them.</summary>
internal sealed class ArgumentCopies
{
    private readonly List<(string Name, Func<bool> Changed)> _handedOut = [];

    public Vector<double> Copy(string name, Vector<double> v)
    {
        var copy = v.Clone();
        _handedOut.Add((name, () => !copy.Equals(v)));
        return copy;
    }

    public Matrix<double> Copy(string name, Matrix<double> m)
    {
        var copy = m.Clone();
        _handedOut.Add((name, () => !copy.Equals(m)));
        return copy;
    }

    public IReadOnlyList<Vector<double>> Copy(string name, IReadOnlyList<Vector<double>> list)
    {
        // An array: it can be read like any list, and be sorted or reversed in place, which is noticed.
        Vector<double>[] copy = [.. list.Select(v => v.Clone())];
        _handedOut.Add((name, () => !copy.SequenceEqual(list)));
        return copy;
    }

    public IReadOnlyList<int?> Copy(string name, IReadOnlyList<int?> list)
    {
        int?[] copy = [.. list];
        _handedOut.Add((name, () => !copy.SequenceEqual(list)));
        return copy;
    }

    public VanillaRnn Copy(VanillaRnn net)
    {
        var copy = Twin(net);
        foreach (var (own, other) in copy.Parameters.Zip(net.Parameters))
        {
            _handedOut.Add(($"the network's {own.Name}", () => !own.Values.AsSpan().SequenceEqual(other.Values)));
        }

        return copy;
    }

    /// <summary>A finding if an argument was modified, or null.</summary>
    public Finding? Fault() =>
        _handedOut.Where(given => given.Changed()).Select(given => Findings.Changed(given.Name)).FirstOrDefault();

    /// <summary>A network with the same numbers.</summary>
    public static VanillaRnn Twin(VanillaRnn net)
    {
        var twin = new VanillaRnn(net.U.ColumnCount, net.U.RowCount, net.V.RowCount, new SeededRandom(0));
        foreach (var (own, other) in twin.Parameters.Zip(net.Parameters))
        {
            other.Values.CopyTo(own.Values, 0);
        }

        return twin;
    }
}
