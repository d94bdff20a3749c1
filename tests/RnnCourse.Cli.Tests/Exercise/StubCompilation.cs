using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Cli.Tests.Exercise;

/// <summary>Compiles the stubs of an exercise, and loads them beside the library that they belong to.</summary>
internal static class StubCompilation
{
    // The library makes its internals visible to an assembly with this name. Types in the stubs hide those of the
    // library.
    private const string Tests = "RnnCourse.Exercises.Tests";

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using RnnCourse.Exercises.Checking;
        global using Xunit;
        """;

    /// <summary>Compiles files as a part of the tests of the exercises, with the classes that tests of answers derive
    /// from.</summary>
    public static Assembly Load(params IEnumerable<string> files)
    {
        string[] shared = ["AnswersTests.cs", "WrongAnswersTests.cs"];
        var sources = shared
            .Select(name => Path.Combine(Repository.Root, "tests", Tests, name))
            .Concat(files)
            .Select(File.ReadAllText)
            .Prepend(ImplicitUsings);
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            Tests,
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            libraries,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        using var image = new MemoryStream();
        var errors = compilation
            .Emit(image)
            .Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        return Assembly.Load(image.ToArray());
    }
}
