namespace RnnCourse.Plotting;

/// <summary>One named row of numbers in a chart: a line, a set of bars of one colour, or a cloud of points.</summary>
/// <remarks>
/// A value that is NaN or infinite is drawn as a gap and mentioned in the figure's alternative text.
/// </remarks>
public sealed class Series
{
    /// <summary>A series over the places 1, 2, …, T: time steps, epochs, counts.</summary>
    /// <param name="name">What the legend says.</param>
    /// <param name="values">The values, shape (T).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or there are no values.</exception>
    public Series(string name, IEnumerable<double> values)
        : this(name, null, values?.ToArray() ?? throw new ArgumentNullException(nameof(values))) { }

    /// <summary>A series of whole numbers over the places 1, 2, …, T.</summary>
    /// <param name="name">What the legend says.</param>
    /// <param name="values">The values, shape (T).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or there are no values.</exception>
    public Series(string name, IEnumerable<int> values)
        : this(name, null, ToDoubles(values)) { }

    /// <summary>A series of points (x, y).</summary>
    /// <param name="name">What the legend says.</param>
    /// <param name="x">The positions of the values, shape (T).</param>
    /// <param name="y">The values, shape (T).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"> <paramref name="name"/> is blank, there are no values, or the lengths
    /// differ.
    /// </exception>
    public Series(string name, IEnumerable<double> x, IEnumerable<double> y)
        : this(
            name,
            x?.ToArray() ?? throw new ArgumentNullException(nameof(x)),
            y?.ToArray() ?? throw new ArgumentNullException(nameof(y))
        ) { }

    /// <summary>A series of points (x, y) at whole numbers.</summary>
    /// <param name="name">What the legend says.</param>
    /// <param name="x">The positions of the values, shape (T).</param>
    /// <param name="y">The values, shape (T).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"> <paramref name="name"/> is blank, there are no values, or the lengths
    /// differ.
    /// </exception>
    public Series(string name, IEnumerable<int> x, IEnumerable<double> y)
        : this(name, ToDoubles(x), y?.ToArray() ?? throw new ArgumentNullException(nameof(y))) { }

    /// <summary>A series of points (x, y), both whole numbers.</summary>
    /// <param name="name">What the legend says.</param>
    /// <param name="x">The positions of the values, shape (T).</param>
    /// <param name="y">The values, shape (T).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"> <paramref name="name"/> is blank, there are no values, or the lengths
    /// differ.
    /// </exception>
    public Series(string name, IEnumerable<int> x, IEnumerable<int> y)
        : this(name, ToDoubles(x), ToDoubles(y)) { }

    private Series(string name, double[]? x, double[] y)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (y.Length == 0)
        {
            throw new ArgumentException($"The series '{name}' has no values; a figure needs at least one.");
        }

        if (x is not null && x.Length != y.Length)
        {
            throw new ArgumentException(
                $"The series '{name}' has {x.Length} x values but {y.Length} y values; give one x for each y."
            );
        }

        Name = name;
        X = x ?? [.. Enumerable.Range(1, y.Length).Select(i => (double)i)];
        Y = y;
    }

    /// <summary>What the legend says.</summary>
    public string Name { get; }

    /// <summary>The positions of the values, shape (T).</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>The values, shape (T).</summary>
    public IReadOnlyList<double> Y { get; }

    private static double[] ToDoubles(IEnumerable<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select(v => (double)v)];
    }
}
