using System.Runtime.CompilerServices;

namespace RnnCourse.Blas;

/// <summary>A buffer that begins at a cache line: loading or storing a register across two lines takes twice as
/// long.</summary>
/// <typeparam name="T">The numbers' type.</typeparam>
public sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private T[] _array = [];
    private int _offset;

    /// <summary>Gets how many numbers there are.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the numbers.</summary>
    public Span<T> Span => _array.AsSpan(_offset, Length);

    /// <summary>Makes sure that there are at least <paramref name="length"/> numbers. The previous content may be lost;
    /// new numbers are zero.</summary>
    /// <param name="length">How many numbers are needed.</param>
    /// <exception cref="OverflowException">The buffer would be larger than an array can be.</exception>
    public unsafe void Reserve(int length)
    {
        if (length <= Length)
        {
            return;
        }

        // Pinned, so that the alignment stays. The array itself may begin anywhere.
        _array = GC.AllocateArray<T>(checked(length + (Alignment / sizeof(T))), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(T);
        Length = length;
    }
}
