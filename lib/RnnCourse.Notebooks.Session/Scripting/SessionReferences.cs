using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting.Chain;
using RnnCourse.Notebooks.Session.Scripting.Extensions;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>The libraries and packages that the cells of a session can use.</summary>
internal sealed class SessionReferences : IDisposable
{
    private readonly CellLoader _loader;
    private readonly PackageFinder _packages;
    private readonly PackageAssemblies _packageAssemblies;
    private readonly HashSet<string> _referenced = new(StringComparer.Ordinal);

    /// <summary>Starts with the framework and the parts of the engine that cells use.</summary>
    /// <param name="settings">The folders in which files are looked up.</param>
    /// <param name="imports">The files that are being imported.</param>
    /// <param name="loader">Loads libraries for cells.</param>
    public SessionReferences(ScriptSessionOptions settings, ImportStack imports, CellLoader loader)
    {
        _loader = loader;
        Finder = new ReferenceFinder(imports, settings.MissingLibraryHint);
        _packages = settings.Restore is { } restore
            ? new PackageFinder(settings.BaseDirectory, restore)
            : new PackageFinder(settings.BaseDirectory);
        _packageAssemblies = new PackageAssemblies(loader);
        Options = ScriptSession.CreateOptions(Finder, imports, loader.Add);
        AddHostAssembly(typeof(DisplayHelpers).Assembly);
        AddHostAssembly(typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly);
        AddHostAssembly(typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly);
    }

    /// <summary>Finds libraries.</summary>
    public ReferenceFinder Finder { get; }

    /// <summary>The references and imports with which the next cell will be compiled.</summary>
    public ScriptOptions Options { get; private set; }

    /// <summary>Adds the libraries that lines of a cell name, and restores packages.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="lines">Its <c>#r</c> and <c>#i</c> lines.</param>
    /// <param name="cancellationToken">Cancels a restore.</param>
    /// <returns>The extensions of .NET Interactive that come with the packages: the package's name and the extension's
    /// folder.</returns>
    /// <exception cref="DirectiveException">A library or package can't be found.</exception>
    public async Task<IReadOnlyList<(string Name, string Folder)>> AddAsync(
        CellSource cell,
        IReadOnlyList<ReferenceLine> lines,
        CancellationToken cancellationToken
    )
    {
        var packages = new List<PackageRequest>();
        DirectiveLine? packageLine = null;
        foreach (var reference in lines)
        {
            try
            {
                if (reference.IsSource)
                {
                    _packages.AddSource(reference.Argument);
                }
                else if (PackageRequest.IsPackage(reference.Argument))
                {
                    packages.Add(PackageRequest.Parse(reference.Argument));
                    packageLine ??= reference.Line;
                }
                else
                {
                    AddLibrary(Finder.Find(reference.Argument));
                }
            }
            catch (Exception e)
                when (e is IOException or UnauthorizedAccessException or BadImageFormatException or ArgumentException)
            {
                throw new DirectiveException(cell, reference.Line.Number, reference.Line.Text, e.Message);
            }
        }

        return packageLine is null
            ? []
            : await AddPackagesAsync(cell, packages, packageLine, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<(string Name, string Folder)>> AddPackagesAsync(
        CellSource cell,
        IReadOnlyList<PackageRequest> packages,
        DirectiveLine line,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await _packages.FindAsync(packages, cancellationToken).ConfigureAwait(false);
            NativeLibraries.Add(found.NativeFolders);
            _packageAssemblies.Add(found.Libraries);
            foreach (var library in found.Libraries)
            {
                // The real library would be a second kernel beside the session, and its names would exist twice.
                if (FacadeAssemblies.StandsInFor(Path.GetFileNameWithoutExtension(library)))
                {
                    AddFacade();
                }
                else
                {
                    AddLibrary(ReferenceFinder.Open(library));
                }
            }

            foreach (var source in found.LeftOut)
            {
                DisplayTarget.Current.Print(
                    StreamOutput.StandardError,
                    $"The source of packages {source} doesn't answer. It was added by a #i line, and is left out from "
                        + "now on.\n"
                );
            }

            DisplayTarget.Current.Show(MagicDisplay.Packages(found.Versions), DisplayTarget.NextDisplayId());
            return found.Extensions;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            throw new DirectiveException(cell, line.Number, line.Text, e.Message);
        }
    }

    /// <summary>Adds the assemblies to which libraries made for .NET Interactive refer.</summary>
    public void AddFacade()
    {
        if (_referenced.Add(FacadeAssemblies.KernelName))
        {
            foreach (var (loaded, image) in FacadeAssemblies.OfKernels)
            {
                _loader.Add(loaded);
                Options = Options.AddReferences(MetadataReference.CreateFromImage(image));
            }
        }
    }

    private void AddLibrary(FoundLibrary library)
    {
        if (library.Loaded is { } own)
        {
            AddHostAssembly(own);
        }
        else if (_referenced.Add(library.Path))
        {
            _loader.Add(library.Path);
            Options = Options.AddReferences(MetadataReference.CreateFromFile(library.Path));
        }
    }

    /// <summary>Adds a library of the engine.</summary>
    public void AddHostAssembly(Assembly assembly)
    {
        if (_referenced.Add(assembly.Location))
        {
            _loader.Add(assembly);
            Options = Options.AddReferences(MetadataReference.CreateFromFile(assembly.Location));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _packageAssemblies.Dispose();
}
