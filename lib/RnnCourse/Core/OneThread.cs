using System.Runtime.CompilerServices;
using RnnCourse.Blas.Threading;

namespace RnnCourse.Core;

/// <summary>Sets Math.NET up before anything of this library runs: its vectors and matrices are small here, so their
/// loops stay on the caller's thread.</summary>
internal static class OneThread
{
#pragma warning disable CA2255 // The formulas call Math.NET's operators, so there is no other place of ours that comes before them.
    [ModuleInitializer]
    internal static void Set() => MathNetThreads.UseOne();
#pragma warning restore CA2255
}
