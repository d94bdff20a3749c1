using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>Lets libraries from packages find the native libraries that came with them.</summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, bool> Folders = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<AssemblyLoadContext, object> Contexts = [];
    private static int _listens;

    /// <summary>Adds folders that are searched after the places that .NET itself searches.</summary>
    public static void Add(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            Folders.TryAdd(folder, true);
        }

        // Libraries are loaded later, and not all into one context.
        if (!Folders.IsEmpty && Interlocked.Exchange(ref _listens, 1) == 0)
        {
            AppDomain.CurrentDomain.AssemblyLoad += (_, e) =>
                Listen(AssemblyLoadContext.GetLoadContext(e.LoadedAssembly));
            Listen(AssemblyLoadContext.Default);
        }
    }

    private static void Listen(AssemblyLoadContext? context)
    {
        if (context is not null && Contexts.TryAdd(context, Folders))
        {
            context.ResolvingUnmanagedDll += (_, name) => Find(name);
        }
    }

    private static nint Find(string name)
    {
        var (prefix, ending) =
            OperatingSystem.IsWindows() ? ("", ".dll")
            : OperatingSystem.IsMacOS() ? ("lib", ".dylib")
            : ("lib", ".so");
        foreach (var folder in Folders.Keys)
        {
            foreach (var file in (string[])[name, name + ending, prefix + name, prefix + name + ending])
            {
                if (NativeLibrary.TryLoad(Path.Combine(folder, file), out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }
}
