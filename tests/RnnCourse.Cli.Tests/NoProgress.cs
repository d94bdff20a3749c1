using System.Runtime.CompilerServices;

namespace RnnCourse.Cli.Tests;

/// <summary>What the lessons answer when tests run them is no learner's progress.</summary>
internal static class NoProgress
{
#pragma warning disable CA2255 // a test project is no library, and this must come before any test
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(RnnCourse.Exercises.Progress.Variable, "off");
#pragma warning restore CA2255
}
