using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Blas.Simd;

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
        x < Of(low) ? Of(low)
        : x > Of(high) ? Of(high)
        : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of(double value) => T.CreateTruncating(value);

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
