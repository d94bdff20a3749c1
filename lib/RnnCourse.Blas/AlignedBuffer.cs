using System.Runtime.CompilerServices;

namespace RnnCourse.Blas;

/// <summary>Numbers that begin where a cache line begins: a register's load or store that straddles two lines takes
/// twice as long.</summary>
/// <typeparam name="T">The numbers' type.</typeparam>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private T[] _array = [];
    private int _offset;

    /// <summary>Gets how many numbers there are.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the numbers.</summary>
    public Span<T> Span => _array.AsSpan(_offset, Length);

    /// <summary>Makes sure that there are at least <paramref name="length"/> numbers; those that there were may be
    /// lost, new ones are zero.</summary>
    public unsafe void Reserve(int length)
    {
        if (length <= Length)
        {
            return;
        }

        // Pinned, so that what is aligned stays so. Its first number may lie anywhere.
        _array = GC.AllocateArray<T>(checked(length + (Alignment / sizeof(T))), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(T);
        Length = length;
    }
}
