using MathNet.Numerics;

namespace RnnCourse.Blas.Threading;

/// <summary>Keeps the loops of Math.NET's managed code on the thread that calls them.</summary>
/// <remarks>
/// From 64 rows and columns together on, Math.NET shares a product out to the thread pool row by row, and waits for
/// whoever took a row. On a busy machine that is a scheduling slice per product of a few microseconds: a check of
/// lesson 10 took over 90 s instead of 0.2. Rows and columns are computed alike on any thread, so the bits stay what
/// they were.
/// </remarks>
internal static class MathNetThreads
{
    private static int _isSet;

    /// <summary>Sets Math.NET to one thread, the first time only: a program that wants more sets
    /// <see cref="Control.MaxDegreeOfParallelism"/> after that.</summary>
    public static void UseOne()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            Control.MaxDegreeOfParallelism = 1;
        }
    }
}
