using MathNet.Numerics;

namespace RnnCourse.Blas.Threading;

/// <summary>Keeps the loops of Math.NET's managed code on the thread that calls them.</summary>
/// <remarks>
/// From 64 rows and columns together on, Math.NET hands a product to the thread pool row by row, and waits for the
/// threads that took a row. On a busy machine, a product of a few microseconds then waits for a scheduling slice: a
/// check of lesson 10 took over 90 s instead of 0.2. Rows and columns are computed in the same way on any thread, so
/// the bits do not change.
/// </remarks>
public static class MathNetThreads
{
    private static int _isSet;

    /// <summary>Sets Math.NET to one thread, the first time only: a program that wants more sets <see
    /// cref="Control.MaxDegreeOfParallelism"/> after that.</summary>
    public static void UseOne()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            Control.MaxDegreeOfParallelism = 1;
        }
    }
}
