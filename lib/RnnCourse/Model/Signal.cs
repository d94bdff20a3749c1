using System.Numerics;
using RnnCourse.Blas;

namespace RnnCourse.Model;

/// <summary>What one layer hands to the next, beside the gradient that comes back: a matrix with a column for each step
/// of each sequence.</summary>
/// <remarks>The layer that makes the signal owns it; the layers that use it read the values and write the
/// gradient.</remarks>
internal sealed class Signal<T>(int rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values = new();
    private readonly AlignedBuffer<T> _gradient = new();
    private int _offset;
    private int _length;

    /// <summary>How many numbers one column has.</summary>
    public int Rows { get; } = rows;

    /// <summary>The columns, shape (Rows, columns).</summary>
    public Span<T> Values => _values.Span.Slice(_offset, _length);

    /// <summary>The derivative of the loss by each of <see cref="Values"/>, in the same layout.</summary>
    public Span<T> Gradient => _gradient.Span.Slice(_offset, _length);

    /// <summary>All columns, those before and after the signal's own included.</summary>
    public Span<T> AllValues => _values.Span;

    /// <summary>The derivatives by <see cref="AllValues"/>.</summary>
    public Span<T> AllGradients => _gradient.Span;

    /// <summary>Makes room for <paramref name="before"/> + <paramref name="columns"/> + <paramref name="after"/>
    /// columns, of which the middle ones are the signal.</summary>
    public void Reserve(int before, int columns, int after)
    {
        var all = checked((before + columns + after) * Rows);
        _values.Reserve(all);
        _gradient.Reserve(all);
        _offset = before * Rows;
        _length = columns * Rows;
    }
}
