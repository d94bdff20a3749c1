using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnCourse.Blas.Simd;

/// <summary>
/// The few vector operations that the kernels are made of, so that each kernel is written once for every width.
/// The kernels are compiled once per implementation, and every call here becomes one or two instructions.
/// </summary>
/// <typeparam name="TVector">The register's type.</typeparam>
/// <typeparam name="T">The number's type, float or double.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Gets how many numbers one register holds.</summary>
    static abstract int Lanes { get; }

    /// <summary>Gets how many registers tall a tile of C is.</summary>
    static abstract int TileRows { get; }

    /// <summary>Gets how many columns wide a tile of C is. TileRows · TileColumns accumulators must fit the registers,
    /// with room for TileRows + 1 more.</summary>
    static abstract int TileColumns { get; }

    /// <summary>Reads one register.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Reads the first numbers only, from 1 to Lanes − 1; the other lanes are 0, and their memory is not
    /// touched.</summary>
    static abstract TVector LoadFirst(T* source, int count);

    /// <summary>Writes one register.</summary>
    static abstract void Store(T* target, TVector value);

    /// <summary>Writes the first numbers only, from 1 to Lanes − 1; the memory of the others is not touched.</summary>
    static abstract void StoreFirst(T* target, TVector value, int count);

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x · y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x · y + z, rounded once where the hardware can, twice where it cannot.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>x − y.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary>x / y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>Moves each number into the interval; NaN stays NaN.</summary>
    static abstract TVector Clamp(TVector x, double low, double high);

    /// <summary>A constant in every lane; of a literal, the compiler makes an operand.</summary>
    static abstract TVector Of(double value);

    /// <summary>2ⁿ for whole numbers n to which 1.5 · 2²³ was added (in double precision 1.5 · 2⁵²), so that n lies in
    /// the last bits. 2ⁿ must be a normal number.</summary>
    static abstract TVector PowerOfTwo(TVector shifted);

    /// <summary>The sum of the lanes, always in the same order.</summary>
    static abstract T Sum(TVector value);
}

/// <summary>Part of a register to and from memory, for hardware without masked moves.</summary>
/// <typeparam name="TVector">The register's type.</typeparam>
/// <typeparam name="T">The number's type.</typeparam>
internal static unsafe class PartialRegister<TVector, T>
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

/// <summary>The register width that this machine's products and cells use.</summary>
internal static class SimdWidth
{
    /// <summary>Gets whether the hardware has 512-bit registers.</summary>
    /// <remarks>On some servers .NET reports AVX-512 as not accelerated, because it can lower the clock. Here the
    /// double width is faster all the same.</remarks>
    public static bool Has512Bits => Vector512.IsHardwareAccelerated || Avx512F.IsSupported;

    /// <summary>Gets the bits of the widest registers that the hardware has: 512, 256 or 128; 0 if it has
    /// none.</summary>
    public static int Bits =>
        Has512Bits ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;
}
