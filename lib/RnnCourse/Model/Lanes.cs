using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Model;

/// <summary>Reads and writes a span some numbers at a time, so that a formula is written once, on vectors, whatever the
/// span's length.</summary>
/// <remarks>At the span's end a vector holds fewer numbers: the missing ones are read as zeros and not
/// written.</remarks>
internal static class Lanes
{
    /// <summary>Reads the numbers from <paramref name="at"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load<T>(ReadOnlySpan<T> span, int at)
        where T : unmanaged => at <= span.Length - Vector<T>.Count ? new Vector<T>(span[at..]) : LoadRest(span, at);

    /// <summary>Writes the numbers from <paramref name="at"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(this Vector<T> vector, Span<T> span, int at)
        where T : unmanaged
    {
        if (at <= span.Length - Vector<T>.Count)
        {
            vector.CopyTo(span[at..]);
        }
        else
        {
            StoreRest(vector, span, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector<T> LoadRest<T>(ReadOnlySpan<T> span, int at)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        lanes.Clear();
        span[at..].CopyTo(lanes);
        return new Vector<T>(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreRest<T>(Vector<T> vector, Span<T> span, int at)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        vector.CopyTo(lanes);
        lanes[..(span.Length - at)].CopyTo(span[at..]);
    }
}
