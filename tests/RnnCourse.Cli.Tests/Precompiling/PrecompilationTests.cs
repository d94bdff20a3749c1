using RnnCourse.Cli.Precompiling;

namespace RnnCourse.Cli.Tests.Precompiling;

public sealed class PrecompilationTests : IDisposable
{
    private const string Package = "Microsoft.NETCore.App.Crossgen2.linux-x64";

    private readonly string _folder = Directory.CreateTempSubdirectory("precompilation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_build_writes_a_plan_whose_libraries_exist()
    {
        var file = Path.Combine(
            Repository.Root,
            "artifacts",
            "bin",
            "RnnCourse.Cli",
            Configuration,
            "rnn.precompilation"
        );
        Assert.SkipUnless(Configuration == "release", "Only a release build is translated.");
        var plan = PrecompilationPlan.Parse(File.ReadAllLines(file));
        Assert.NotNull(plan);
        Assert.Contains(
            plan.Libraries,
            library => Path.GetFileName(library.Source) == "Microsoft.CodeAnalysis.CSharp.dll"
        );
        Assert.Contains(plan.Libraries, library => Path.GetFileName(library.Source) == "RnnCourse.Notebooks.dll");
        Assert.All(plan.Libraries, library => Assert.True(File.Exists(library.Source), library.Source));
        Assert.All(plan.References, reference => Assert.True(File.Exists(reference), reference));
        Assert.Equal(plan.Libraries.Count, plan.Libraries.Select(library => library.Translated).Distinct().Count());

        // All clones use the translations of packages, if the user's folder for data existed during the build.
        string[] ofPackages =
        [
            Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify
                ),
                "RnnCourse",
                "precompiled"
            ),
            plan.OutputFolder,
        ];
        Assert.All(
            plan.Libraries,
            library =>
                Assert.Contains(
                    Path.GetFileName(library.Source).StartsWith("RnnCourse.", StringComparison.Ordinal)
                        ? [plan.OutputFolder]
                        : ofPackages,
                    folder => library.Translated.StartsWith(folder, StringComparison.Ordinal)
                )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("compiler\tonly-a-name\nrestore\ta\npackages\tb\nframework\tc\noutput\td")]
    [InlineData("compiler\tname\t1.0\npackages\tb\nframework\tc\noutput\td")]
    public void A_damaged_plan_counts_as_missing(string text) =>
        Assert.Null(PrecompilationPlan.Parse(text.Split('\n')));

    [Fact]
    public async Task A_package_with_another_hash_is_never_run()
    {
        var plan = Plan();
        var file = WritePackage(plan, "not what was published");
        var program = Path.Combine(plan.CompilerFolder, "tools", "crossgen2");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        var mark = Path.Combine(_folder, "was-run");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ntouch '{mark}'\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var error = await Assert.ThrowsAsync<PrecompilationException>(() => RunAsync(plan));
        Assert.Contains("is not the published package", error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(mark));
        Assert.Equal(
            error.Message,
            await File.ReadAllTextAsync(plan.FailureFile, TestContext.Current.CancellationToken)
        );
        Assert.All(plan.Libraries, library => Assert.False(File.Exists(library.Translated)));
    }

    [Fact]
    public async Task A_package_whose_hash_is_unknown_must_carry_its_authors_signature()
    {
        var plan = Plan() with { CompilerPackage = "Microsoft.NETCore.App.Crossgen2.other-system" };
        WritePackage(plan, "unsigned");
        var error = await Assert.ThrowsAsync<PrecompilationException>(() => RunAsync(plan));
        Assert.True(error.Message.Contains("is not signed by its author", StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public async Task Of_two_at_once_one_translates()
    {
        var plan = Plan();
        Directory.CreateDirectory(plan.OutputFolder);
        await using var other = new FileStream(
            Path.Combine(plan.OutputFolder, "lock"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );
        Assert.Equal(0, await RunAsync(plan));
        Assert.False(File.Exists(plan.FailureFile));
    }

    [Fact]
    public void Old_translations_are_deleted_but_those_of_packages_stay_a_while_for_other_clones()
    {
        string Translation(string root, string version) =>
            Path.Combine(_folder, root, "Library", version, "Library.dll");
        string[] translations =
        [
            .. new[] { "precompiled", "of-all-clones" }.SelectMany(root =>
                new[] { "1", "2", "3" }.Select(version => Translation(root, version))
            ),
        ];
        foreach (var translation in translations)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(translation)!);
            File.WriteAllText(translation, "");
        }

        string[] unfinished = [translations[3] + ".1.unfinished", translations[3] + ".2.unfinished"];
        Array.ForEach(unfinished, file => File.WriteAllText(file, ""));
        File.SetLastWriteTimeUtc(unfinished[0], DateTime.UtcNow.AddDays(-2));
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(translations[4])!, DateTime.UtcNow.AddDays(-100));
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(translations[5])!, DateTime.UtcNow.AddDays(-80));
        var plan = Plan() with
        {
            Libraries =
            [
                new("ours", Translation("precompiled", "1")),
                new("theirs", Translation("of-all-clones", "1")),
            ],
        };

        new Precompilation(plan, _ => { }).DeleteOldTranslations();

        Assert.Equal([translations[0], translations[3], translations[5]], translations.Where(File.Exists));
        Assert.Equal([unfinished[1]], unfinished.Where(File.Exists));
    }

    [Fact]
    public void It_starts_in_the_background_where_something_is_missing_and_nothing_speaks_against_it()
    {
        var plan = Plan();
        var now = DateTime.UtcNow;
        Assert.True(BackgroundPrecompilation.IsWanted(plan, _ => null, now));
        Assert.False(BackgroundPrecompilation.IsWanted(null, _ => null, now));
        Assert.False(BackgroundPrecompilation.IsWanted(plan, name => name == "CI" ? "true" : null, now));
        Assert.False(
            BackgroundPrecompilation.IsWanted(plan, name => name == BackgroundPrecompilation.Switch ? "off" : null, now)
        );
        Assert.False(BackgroundPrecompilation.IsWanted(plan with { Libraries = [] }, _ => null, now));

        Directory.CreateDirectory(Path.GetDirectoryName(plan.FailureFile)!);
        File.WriteAllText(plan.FailureFile, "no network");
        Assert.False(BackgroundPrecompilation.IsWanted(plan, _ => null, now));
        Assert.True(BackgroundPrecompilation.IsWanted(plan, _ => null, now.AddDays(2)));
    }

    private static string Configuration =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static Task<int> RunAsync(PrecompilationPlan plan) =>
        new Precompilation(plan, _ => { }).RunAsync(TestContext.Current.CancellationToken);

    private PrecompilationPlan Plan()
    {
        var source = Path.Combine(_folder, "Library.dll");
        File.WriteAllText(source, "");
        return new PrecompilationPlan(
            Path.Combine(_folder, "none.csproj"),
            Package,
            "10.0.12",
            Path.Combine(_folder, "packages"),
            Path.Combine(_folder, "framework"),
            Path.Combine(_folder, "precompiled"),
            [new PrecompilableLibrary(source, Path.Combine(_folder, "precompiled", "Library", "1", "Library.dll"))],
            [source]
        );
    }

    private static string WritePackage(PrecompilationPlan plan, string content)
    {
        Directory.CreateDirectory(plan.CompilerFolder);
        var file = Path.Combine(
            plan.CompilerFolder,
            $"{plan.CompilerPackage}.{plan.CompilerVersion}.nupkg".ToLowerInvariant()
        );
        File.WriteAllText(file, content);
        return file;
    }
}
