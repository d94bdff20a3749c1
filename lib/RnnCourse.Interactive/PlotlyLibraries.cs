using System.Reflection;
using System.Runtime.Loader;

namespace RnnCourse.Interactive;

/// <summary>
/// Lets Plotly.NET 6 have the FSharp.Core that it asks for. The tool of .NET Interactive brings an older one along,
/// gives it to every package, and so fails at the first chart.
/// </summary>
internal sealed class PlotlyLibraries : AssemblyLoadContext
{
    private const string FSharp = "FSharp.Core";

    // Plotly.NET hands functions of F# to it, so both must have the same FSharp.Core. It would take the tool's.
    private const string Giraffe = "Giraffe.ViewEngine";

    private static readonly Lazy<PlotlyLibraries> One = new(() => new PlotlyLibraries());

    private readonly Version? _hosts;
    private readonly Lock _gate = new();

    private PlotlyLibraries()
        : base("Plotly.NET")
    {
        _hosts = Default.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == FSharp)?.GetName().Version;
        PutInFront(Default, (_, asked) => Find(asked));
    }

    /// <summary>Answers from now on when such a library is asked for.</summary>
    public static void Register() => _ = One.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == FSharp ? Find(FSharp) : null;

    private Assembly? Find(AssemblyName asked) =>
        asked.Name switch
        {
            FSharp => Find(FSharp),
            Giraffe when _hosts is not null && Find(FSharp)?.GetName().Version > _hosts => Find(Giraffe),
            _ => null,
        };

    private Assembly? Find(string library)
    {
        lock (_gate)
        {
            return Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == library)
                ?? (PathOf(library) is { } path ? LoadFromAssemblyPath(path) : null);
        }
    }

    // The first handler decides, and the tool's own handler searches its packages. There is no public way to be called
    // before it. If this way is gone, our handler is called last, and only charts of Plotly.NET fail, as they do
    // without us.
    private static void PutInFront(AssemblyLoadContext context, Func<AssemblyLoadContext, AssemblyName, Assembly?> find)
    {
        var handlers = typeof(AssemblyLoadContext).GetField(
            "_resolving",
            BindingFlags.NonPublic | BindingFlags.Instance
        );
        if (handlers?.GetValue(context) is Func<AssemblyLoadContext, AssemblyName, Assembly?> others)
        {
            handlers.SetValue(context, find + others);
        }
        else
        {
            context.Resolving += find;
        }
    }

    // The package was restored together with this one, into the same folder of packages; of several versions the newest
    // serves all.
    private static string? PathOf(string library)
    {
        for (
            var folder = new FileInfo(typeof(PlotlyLibraries).Assembly.Location).Directory;
            folder is not null;
            folder = folder.Parent
        )
        {
            var package = Path.Combine(folder.FullName, library.ToLowerInvariant());
            if (Directory.Exists(package))
            {
                return Directory
                    .EnumerateFiles(package, library + ".dll", SearchOption.AllDirectories)
                    .OrderByDescending(path => AssemblyName.GetAssemblyName(path).Version)
                    .ThenByDescending(path => path, StringComparer.Ordinal)
                    .FirstOrDefault();
            }
        }

        return null;
    }
}
