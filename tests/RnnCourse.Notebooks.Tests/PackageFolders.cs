using System.Runtime.CompilerServices;

namespace RnnCourse.Notebooks.Tests;

/// <summary>Leaves it to the nuget.config of a test where its packages are kept. The variable would go before it, and
/// tests would find each other's packages.</summary>
internal static class PackageFolders
{
#pragma warning disable CA2255 // a test project is not a library, and this must run before any test
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("NUGET_PACKAGES", null);
#pragma warning restore CA2255
}
