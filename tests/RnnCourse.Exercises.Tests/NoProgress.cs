using System.Runtime.CompilerServices;

namespace RnnCourse.Exercises.Tests;

/// <summary>Keeps the answers of tests out of the learner's progress.</summary>
internal static class NoProgress
{
#pragma warning disable CA2255 // this is a test project, not a library, and this must run before any test
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(Progress.Variable, "off");
#pragma warning restore CA2255
}
