using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnCourse.Blas.Simd;

/// <summary>
/// The few vector operations that the kernels are made of, so that each kernel is written once for every width.
/// The kernels are compiled once per implementation, and every call here becomes one or two instructions.
/// </summary>
/// <typeparam name="TVector">The register's type.</typeparam>
/// <typeparam name="T">The number's type, float or double.</typeparam>
public unsafe interface ISimd<TVector, T>
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

    /// <summary>The same constant in every lane. The compiler puts a literal into the instruction itself.</summary>
    static abstract TVector Constant(double value);

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

/// <summary>Registers of 512 bits: AVX-512, 32 of them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Simd512<T> : ISimd<Vector512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => Vector512<T>.Count;

    public static int TileRows => 3;

    public static int TileColumns => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector512<T> value) => Vector512.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) =>
        typeof(T) == typeof(float)
            ? Vector512.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> x, Vector512<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> x, Vector512<T> y) => x / y;

    // x second: where one of the two is NaN, the processor's instructions give the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Clamp(Vector512<T> x, double low, double high) =>
        Vector512.MinNative(Constant(high), Vector512.MaxNative(Constant(low), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant(double value) =>
        typeof(T) == typeof(float)
            ? Vector512.Create((float)value).As<float, T>()
            : Vector512.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PowerOfTwo(Vector512<T> shifted) =>
        typeof(T) == typeof(float)
            ? (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(127 << 23)).As<int, T>()
            : (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(1023L << 52)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> value) => Simd256<T>.Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadFirst(T* source, int count)
    {
        if (!Avx512F.IsSupported)
        {
            return PartialRegister<Vector512<T>, T>.Load(source, count);
        }

        return typeof(T) == typeof(float)
            ? Avx512F.MaskLoad((float*)source, FirstSingles(count), Vector512<float>.Zero).As<float, T>()
            : Avx512F.MaskLoad((double*)source, FirstDoubles(count), Vector512<double>.Zero).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* target, Vector512<T> value, int count)
    {
        if (!Avx512F.IsSupported)
        {
            PartialRegister<Vector512<T>, T>.Store(target, value, count);
        }
        else if (typeof(T) == typeof(float))
        {
            Avx512F.MaskStore((float*)target, FirstSingles(count), value.AsSingle());
        }
        else
        {
            Avx512F.MaskStore((double*)target, FirstDoubles(count), value.AsDouble());
        }
    }

    private static Vector512<float> FirstSingles(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    private static Vector512<double> FirstDoubles(int count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();
}

/// <summary>Registers of 256 bits: AVX2, 16 of them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Simd256<T> : ISimd<Vector256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => Vector256<T>.Count;

    public static int TileRows => 2;

    public static int TileColumns => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector256<T> value) => Vector256.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) =>
        typeof(T) == typeof(float)
            ? Vector256.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> x, Vector256<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> x, Vector256<T> y) => x / y;

    // x second: where one of the two is NaN, the processor's instructions give the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Clamp(Vector256<T> x, double low, double high) =>
        Vector256.MinNative(Constant(high), Vector256.MaxNative(Constant(low), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Constant(double value) =>
        typeof(T) == typeof(float)
            ? Vector256.Create((float)value).As<float, T>()
            : Vector256.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PowerOfTwo(Vector256<T> shifted) =>
        typeof(T) == typeof(float)
            ? (Vector256.ShiftLeft(shifted.AsInt32(), 23) + Vector256.Create(127 << 23)).As<int, T>()
            : (Vector256.ShiftLeft(shifted.AsInt64(), 52) + Vector256.Create(1023L << 52)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> value) => Simd128<T>.Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadFirst(T* source, int count)
    {
        if (!Avx.IsSupported)
        {
            return PartialRegister<Vector256<T>, T>.Load(source, count);
        }

        return typeof(T) == typeof(float)
            ? Avx.MaskLoad((float*)source, FirstSingles(count)).As<float, T>()
            : Avx.MaskLoad((double*)source, FirstDoubles(count)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* target, Vector256<T> value, int count)
    {
        if (!Avx.IsSupported)
        {
            PartialRegister<Vector256<T>, T>.Store(target, value, count);
        }
        else if (typeof(T) == typeof(float))
        {
            Avx.MaskStore((float*)target, FirstSingles(count), value.AsSingle());
        }
        else
        {
            Avx.MaskStore((double*)target, FirstDoubles(count), value.AsDouble());
        }
    }

    private static Vector256<float> FirstSingles(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    private static Vector256<double> FirstDoubles(int count) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble();
}

/// <summary>Registers of 128 bits: NEON has 32 of them, SSE 16.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Simd128<T> : ISimd<Vector128<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => Vector128<T>.Count;

    public static int TileRows => AdvSimd.IsSupported ? 3 : 2;

    public static int TileColumns => AdvSimd.IsSupported ? 8 : 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector128<T> value) => Vector128.Store(value, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) =>
        typeof(T) == typeof(float)
            ? Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> x, Vector128<T> y) => x / y;

    // x second: where one of the two is NaN, the processor's instructions give the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Clamp(Vector128<T> x, double low, double high) =>
        Vector128.MinNative(Constant(high), Vector128.MaxNative(Constant(low), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Constant(double value) =>
        typeof(T) == typeof(float)
            ? Vector128.Create((float)value).As<float, T>()
            : Vector128.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PowerOfTwo(Vector128<T> shifted) =>
        typeof(T) == typeof(float)
            ? (Vector128.ShiftLeft(shifted.AsInt32(), 23) + Vector128.Create(127 << 23)).As<int, T>()
            : (Vector128.ShiftLeft(shifted.AsInt64(), 52) + Vector128.Create(1023L << 52)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value)
    {
        if (typeof(T) == typeof(double))
        {
            return value.GetElement(0) + value.GetElement(1);
        }

        return (value.GetElement(0) + value.GetElement(2)) + (value.GetElement(1) + value.GetElement(3));
    }

    // Without calls: a call in a kernel, even one never taken, makes the compiler spill the accumulators.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadFirst(T* source, int count)
    {
        if (typeof(T) == typeof(double) || count == 1)
        {
            return Vector128.CreateScalar(*source);
        }

        var pair = Vector128.CreateScalar(*(double*)source).As<double, T>();
        return count == 2 ? pair : pair.WithElement(2, source[2]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(T* target, Vector128<T> value, int count)
    {
        if (typeof(T) == typeof(double) || count == 1)
        {
            *target = value.ToScalar();
            return;
        }

        *(double*)target = value.AsDouble().ToScalar();
        if (count == 3)
        {
            target[2] = value.GetElement(2);
        }
    }
}

/// <summary>One number at a time: for hardware without vectors, or with them switched off.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct SimdScalar<T> : ISimd<T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Lanes => 1;

    public static int TileRows => 2;

    public static int TileColumns => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* source) => *source;

    public static T LoadFirst(T* source, int count) => count > 0 ? *source : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, T value) => *target = value;

    public static void StoreFirst(T* target, T value, int count)
    {
        if (count > 0)
        {
            *target = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T x, T y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Multiply(T x, T y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T x, T y, T z) => T.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Subtract(T x, T y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Divide(T x, T y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clamp(T x, double low, double high) =>
        x < Constant(low) ? Constant(low)
        : x > Constant(high) ? Constant(high)
        : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Constant(double value) => T.CreateTruncating(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T PowerOfTwo(T shifted)
    {
        if (typeof(T) == typeof(float))
        {
            var single = ((*(int*)&shifted) << 23) + (127 << 23);
            return *(T*)&single;
        }

        var twice = ((*(long*)&shifted) << 52) + (1023L << 52);
        return *(T*)&twice;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T value) => value;
}

/// <summary>A loop over vectors, written once for all widths of registers.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ISimdLoop<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Runs the loop. It is compiled once for each width.</summary>
    /// <typeparam name="TSimd">The operations of one width.</typeparam>
    /// <typeparam name="TVector">The register's type.</typeparam>
    void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;
}

/// <summary>Runs loops on the widest registers that this machine has.</summary>
public static class WidestRegisters
{
    /// <summary>Gets their bits: 512, 256 or 128; 0 if the hardware has no vector registers.</summary>
    /// <remarks>On some servers .NET reports AVX-512 as not accelerated, because it can lower the clock. Here the
    /// double width is still faster.</remarks>
    internal static int Bits =>
        Vector512.IsHardwareAccelerated || Avx512F.IsSupported ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Runs a loop.</summary>
    /// <typeparam name="TLoop">The loop; a structure, so that the compiler makes code for it alone.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="loop">The loop with its data.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLoop, T>(TLoop loop)
        where TLoop : struct, ISimdLoop<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Bits == 512)
        {
            loop.Run<Simd512<T>, Vector512<T>>();
        }
        else if (Bits == 256)
        {
            loop.Run<Simd256<T>, Vector256<T>>();
        }
        else if (Bits == 128)
        {
            loop.Run<Simd128<T>, Vector128<T>>();
        }
        else
        {
            loop.Run<SimdScalar<T>, T>();
        }
    }
}
