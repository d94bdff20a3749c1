namespace RnnCourse.Blas.Products;

/// <summary>Cuts a length into the fewest pieces of at most a given size, as even as can be: 7 by 3 is 3 + 2 + 2, not 3
/// + 3 + 1.</summary>
internal readonly struct Split
{
    private readonly int _size;
    private readonly int _larger;

    /// <summary>Cuts a length.</summary>
    /// <param name="length">The whole, at least 1.</param>
    /// <param name="most">The most that one piece may hold, at least 1.</param>
    public Split(int length, int most)
    {
        if (length <= most)
        {
            // No division: for small products this is most of the work before the first multiplication.
            Count = 1;
            _size = length;
            return;
        }

        Count = (length + most - 1) / most;
        _size = length / Count;
        _larger = length - (_size * Count);
    }

    /// <summary>Gets how many pieces there are.</summary>
    public int Count { get; }

    /// <summary>Where piece i starts; at i = Count, where the last one ends.</summary>
    public int Start(int i) => (i * _size) + Math.Min(i, _larger);

    /// <summary>The size of piece i.</summary>
    public int Size(int i) => i < _larger ? _size + 1 : _size;
}
