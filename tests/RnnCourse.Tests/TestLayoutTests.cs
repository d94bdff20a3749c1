using System.Text.RegularExpressions;

namespace RnnCourse.Tests;

/// <summary>
/// Tests are where one looks for them. Each folder of <c>tests/X.Tests</c> is a folder of <c>lib/X</c>, and a class
/// <c>FooTests</c> is in the folder of the type <c>Foo</c>; if there is no such type, its name says what it tests.
/// <c>tests/RnnCourse.Notebooks.Tests</c> tests all projects whose names begin so: the rest of a project's name is the
/// first folder.
/// </summary>
public sealed class TestLayoutTests
{
    /// <summary>Folders of tests that belong to the course as a whole, not to a folder of one project.</summary>
    private static readonly HashSet<string> OfTheCourse =
    [
        "RnnCourse.Cli.Tests/Prose",
        "RnnCourse.Cli.Tests/PublicApi",
        "RnnCourse.Exercises.Tests/Mutants",
        "RnnCourse.Exercises.Tests/RightAnswers",
        "RnnCourse.Exercises.Tests/Tried",
        "RnnCourse.Exercises.Tests/WrongValues",
        "RnnCourse.Exercises.Tests/Zoo",
    ];

    private static readonly Dictionary<string, string> Projects = Directory
        .GetDirectories(Repository.PathOf("lib"))
        .Select(folder => Path.GetFileName(folder)!)
        .ToDictionary(project => TestFolderOf(project), project => $"lib/{project}");

    private static IEnumerable<string> TestFiles =>
        Repository
            .Sources("tests")
            .Where(file => file.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("tests/RnnCourse.DotNetInteractive.Tests/", StringComparison.Ordinal));

    [Fact]
    public void A_folder_of_tests_is_a_folder_of_the_project_that_they_test()
    {
        var folders = TestFiles
            .Select(file => Path.GetDirectoryName(file)!["tests/".Length..].Replace('\\', '/'))
            .Distinct()
            .Where(folder => !OfTheCourse.Contains(folder))
            .ToList();
        Assert.True(folders.Count > 50, "The search for test folders found almost none; it is broken.");
        Assert.All(
            folders,
            folder =>
                Assert.True(
                    Directory.Exists(Repository.PathOf(SourceFolderOf(folder))),
                    $"tests/{folder} tests nothing: {SourceFolderOf(folder)} doesn't exist. Move its tests to the "
                        + "folder whose code they test, or name the folder in OfTheCourse if they test the course "
                        + "as a whole."
                )
        );
    }

    // If one knows the file, one must be able to run its tests: --filter-class takes the name of the class.
    [Fact]
    public void A_file_of_tests_holds_the_class_of_its_name() =>
        Assert.All(
            TestFiles,
            file =>
                Assert.True(
                    Regex.IsMatch(
                        File.ReadAllText(Repository.PathOf(file)),
                        $@"\bclass {Path.GetFileNameWithoutExtension(file)}\b"
                    ),
                    $"{file} holds no class {Path.GetFileNameWithoutExtension(file)}. Name one after the other."
                )
        );

    [Fact]
    public void Tests_that_are_named_after_a_type_lie_in_its_folder()
    {
        var foldersOfTypes = FoldersOfTypes();
        var types = foldersOfTypes.Select(home => home.Type + "Tests.cs").ToHashSet(StringComparer.Ordinal);
        Assert.True(
            TestFiles.Count(file => types.Contains(Path.GetFileName(file))) > 100,
            "The search for tests that are named after a type found almost none; it is broken."
        );
        Assert.All(
            TestFiles,
            file =>
            {
                var type = Path.GetFileNameWithoutExtension(file)[..^"Tests".Length];
                var folder = SourceFolderOf(Path.GetDirectoryName(file)!["tests/".Length..].Replace('\\', '/'));
                var project = string.Join('/', folder.Split('/').Take(2));
                var homes = foldersOfTypes
                    .Where(home =>
                        home.Type == type && (home.Folder + "/").StartsWith(project + "/", StringComparison.Ordinal)
                    )
                    .Select(home => home.Folder)
                    .ToList();
                Assert.True(
                    homes.Count == 0 || homes.Contains(folder),
                    $"{file} is named after {type}, which lies in {string.Join(" and ", homes)}: move it to the "
                        + "folder of tests for that, or name it after what it tests."
                );
            }
        );
    }

    [Fact]
    public void A_type_is_tested_in_one_class_of_its_name()
    {
        var twice = TestFiles
            .GroupBy(file => (file.Split('/')[1], Path.GetFileName(file)))
            .Where(group => group.Count() > 1)
            .Select(group => string.Join(" and ", group));
        Assert.Equal([], twice);
    }

    // RnnCourse.Notebooks.Session is tested in RnnCourse.Notebooks.Tests/Session, any other project X in X.Tests.
    private static string TestFolderOf(string project)
    {
        const string Engine = "RnnCourse.Notebooks.";
        return project.StartsWith(Engine, StringComparison.Ordinal)
            ? $"RnnCourse.Notebooks.Tests/{project[Engine.Length..]}"
            : $"{project}.Tests";
    }

    private static string SourceFolderOf(string testFolder)
    {
        var parts = testFolder.Split('/');
        for (var length = Math.Min(2, parts.Length); length > 0; length--)
        {
            if (Projects.TryGetValue(string.Join('/', parts[..length]), out var project))
            {
                return string.Join('/', [project, .. parts[length..]]);
            }
        }

        return $"lib/{testFolder}";
    }

    private static List<(string Type, string Folder)> FoldersOfTypes() =>
        [
            .. Repository
                .Sources("lib")
                .SelectMany(file =>
                    Regex
                        .Matches(
                            SourceText.CodeOf(File.ReadAllText(Repository.PathOf(file))),
                            @"^(?:\w+ )*(?:class|struct|interface|enum|record) (?:struct )?(?<name>\w+)",
                            RegexOptions.Multiline
                        )
                        .Select(match => (match.Groups["name"].Value, Path.GetDirectoryName(file)!.Replace('\\', '/')))
                ),
        ];
}
