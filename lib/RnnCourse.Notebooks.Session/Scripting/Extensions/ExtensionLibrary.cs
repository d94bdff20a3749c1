using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting.Chain;

namespace RnnCourse.Notebooks.Session.Scripting.Extensions;

/// <summary>Loads the library of an extension.</summary>
internal static class ExtensionLibrary
{
    /// <summary>Loads a library and calls its extensions.</summary>
    /// <param name="path">The library.</param>
    /// <param name="loader">Finds the libraries that it needs.</param>
    /// <param name="kernel">The kernel that the extensions extend.</param>
    /// <returns>Null, or why loading failed.</returns>
    public static async Task<string?> LoadAsync(string path, CellLoader loader, Kernel kernel)
    {
        var others = Formatter.RegisteredFormatters(includeDefaults: false).ToHashSet();
        try
        {
            var library = new ExtensionContext(Path.GetFileNameWithoutExtension(path), loader).LoadFromAssemblyPath(
                path
            );
            foreach (var type in library.GetExportedTypes().Where(IsExtension))
            {
                await ((IKernelExtension)Activator.CreateInstance(type)!).OnLoadAsync(kernel).ConfigureAwait(false);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // an extension that throws is left out, and the exception is reported
        catch (Exception e)
#pragma warning restore CA1031
        {
            return WhyOf(e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
        finally
        {
            DisplayFormatter.LeaveToEngine(
                Formatter.RegisteredFormatters(includeDefaults: false).Where(formatter => !others.Contains(formatter))
            );
        }
    }

    private static bool IsExtension(Type type) =>
        type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IKernelExtension));

    private static string WhyOf(Exception exception) =>
        exception switch
        {
            BadImageFormatException => "the file isn't a .NET library",
            TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException =>
                "it needs what this engine doesn't have: " + exception.Message.ReplaceLineEndings(" ").TrimEnd('.'),
            _ => $"its code failed: {exception.GetType().Name}: "
                + exception.Message.ReplaceLineEndings(" ").TrimEnd('.'),
        };
}
