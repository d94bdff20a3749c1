using System.Numerics;

namespace RnnCourse.Model;

/// <summary>Numbers that are learnt, beside their gradient. Optimisers see parameters and know nothing of
/// layers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a parameter whose numbers and gradient are zero.</summary>
    /// <param name="name">What it is called in model files and messages, such as <c>layer0.forward.U</c>.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="columns">How many columns; 1 for a vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Parameter(string name, int rows, int columns)
        : this(name, rows, columns, new T[Sizes.Product(rows, columns)]) { }

    private Parameter(string name, int rows, int columns, T[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Rows = rows;
        Columns = columns;
        Values = values;
        Gradient = new T[values.Length];
    }

    /// <summary>What the parameter is called.</summary>
    public string Name { get; }

    /// <summary>How many rows it has.</summary>
    public int Rows { get; }

    /// <summary>How many columns it has; 1 for a vector.</summary>
    public int Columns { get; }

    /// <summary>The numbers, shape (Rows, Columns), column after column. Write here to change the model.</summary>
    public T[] Values { get; }

    /// <summary>The derivative of the loss by each number, shape (Rows, Columns), column after column: what the last
    /// backward pass left.</summary>
    public T[] Gradient { get; }

    /// <summary>Makes a parameter that shares the numbers and has a gradient of its own.</summary>
    /// <remarks>This is how cores work on one model at once: they read the same numbers and write to their own
    /// gradients.</remarks>
    public Parameter<T> Twin() => new(Name, Rows, Columns, Values);

    /// <summary>The name and the shape.</summary>
    public override string ToString() => $"{Name} ({Rows} × {Columns})";
}
