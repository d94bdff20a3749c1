using System.Runtime.CompilerServices;
using RnnCourse.Blas.Threading;

namespace RnnCourse.Core;

/// <summary>Configures Math.NET before any code of this library runs: its vectors and matrices are small here, so their
/// loops stay on the caller's thread.</summary>
internal static class MathNetSetup
{
    // The formulas call Math.NET's operators, so no other code of this library runs before them.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void UseOneThread() => MathNetThreads.UseOne();
#pragma warning restore CA2255
}
