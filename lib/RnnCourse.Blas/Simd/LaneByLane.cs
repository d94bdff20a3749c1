using System.Runtime.CompilerServices;

namespace RnnCourse.Blas.Simd;

/// <summary>Part of a register to and from memory, for hardware without masked moves.</summary>
/// <typeparam name="TVector">The register's type.</typeparam>
/// <typeparam name="T">The number's type.</typeparam>
internal static unsafe class LaneByLane<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Reads the first numbers; the other lanes are 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TVector Load(T* source, int count)
    {
        TVector value = default;
        for (var i = 0; i < count; i++)
        {
            ((T*)&value)[i] = source[i];
        }

        return value;
    }

    /// <summary>Writes the first numbers and nothing else.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store(T* target, TVector value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            target[i] = ((T*)&value)[i];
        }
    }
}
