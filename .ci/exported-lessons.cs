// Runs the exported lessons and compares what they print with what their notebooks hold.
// dotnet run -c Release .ci/exported-lessons.cs [folder of the programs] [folder of the notebooks]
#:project ../lib/RnnCourse.Notebooks.Session/RnnCourse.Notebooks.Session.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false
#:property EnforceCodeStyleInBuild=false

using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Exporting;

var programs = args.ElementAtOrDefault(0) ?? Path.Combine("artifacts", "export");
var notebooks = args.ElementAtOrDefault(1) ?? "notebooks";
var failed = 0;
var lessons = Directory.EnumerateFiles(notebooks, "*.ipynb").Order(StringComparer.Ordinal).ToList();
foreach (var lesson in lessons)
{
    var name = Path.GetFileNameWithoutExtension(lesson);
    var clock = Stopwatch.StartNew();
    var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", Path.Combine(programs, name + ".cs")])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    start.Environment["RNN_PROGRESS"] = "off";
    using var program = Process.Start(start)!;
    var errors = program.StandardError.ReadToEndAsync();
    var printed = await program.StandardOutput.ReadToEndAsync();
    await program.WaitForExitAsync();
    var report = await errors;
    var problem =
        program.ExitCode == 0
            ? ProgramOutput.FindDifference(NotebookReader.Read(lesson), printed)
            : string.Create(CultureInfo.InvariantCulture, $"exit code {program.ExitCode}\n{report}");
    failed += problem is null ? 0 : 1;
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {problem ?? "as the notebook"}, {clock.Elapsed.TotalSeconds:F1} s"
        )
    );
}

Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"{lessons.Count - failed} of {lessons.Count} exported lessons print what their notebooks show."
    )
);
return failed == 0 && lessons.Count > 0 ? 0 : 1;
