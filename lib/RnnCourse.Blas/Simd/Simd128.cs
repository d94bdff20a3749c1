using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace RnnCourse.Blas.Simd;

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
        Vector128.MinNative(Of(high), Vector128.MaxNative(Of(low), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Of(double value) =>
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
