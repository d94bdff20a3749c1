using System.Runtime.CompilerServices;

namespace RnnCourse.Exercises.Tests;

/// <summary>What tests answer is no learner's progress.</summary>
internal static class NoProgress
{
#pragma warning disable CA2255 // a test project is no library, and this must come before any test
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(Progress.Variable, "off");
#pragma warning restore CA2255
}
