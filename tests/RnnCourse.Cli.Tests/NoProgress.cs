using System.Runtime.CompilerServices;

namespace RnnCourse.Cli.Tests;

/// <summary>Disables the record of progress: answers in tests are not a learner's.</summary>
internal static class NoProgress
{
#pragma warning disable CA2255 // a test project is not a library, and this must run before any test
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(RnnCourse.Exercises.Progress.Variable, "off");
#pragma warning restore CA2255
}
