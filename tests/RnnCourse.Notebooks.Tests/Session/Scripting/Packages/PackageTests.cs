using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Packages;

[Collection(Scripting.Recorder.Name)]
public sealed class PackageTests : PackageFeedTests
{
    [Theory]
    [InlineData("#r \"nuget: Microsoft.CodeAnalysis.CSharp, 5.12.0\"")]
    [InlineData("#r \"nuget:microsoft.codeanalysis.csharp\"")]
    public async Task A_package_that_the_engine_has_is_used(string line)
    {
        Assert.Equal("C#", await ResultAsync(line + "\nMicrosoft.CodeAnalysis.LanguageNames.CSharp"));
        Assert.Matches(
            "(?i)^Installed Packages\n- Microsoft.CodeAnalysis.CSharp, 5.12.0$",
            Assert.Single(Recorder.Texts)!
        );
    }

    [Fact]
    public async Task A_version_that_nobody_has_is_replaced_by_a_newer_one_of_the_engine()
    {
        var asked = 0;
        var finder = new PackageFinder(
            Folder,
            (_, _, _) =>
            {
                asked++;
                throw new IOException("can't be had");
            }
        );
        var found = await finder.FindAsync(
            [PackageRequest.Parse("nuget: Microsoft.CodeAnalysis.CSharp, 5.0.0")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal([("Microsoft.CodeAnalysis.CSharp", "5.12.0")], found.Versions);
        Assert.Contains(found.Libraries, library => Path.GetFileName(library) == "Microsoft.CodeAnalysis.dll");
        Assert.Equal(1, asked);
        foreach (
            var other in (string[])
                [
                    "nuget: Markdig, 2.0.0",
                    "nuget: Markdig, 0.9.0",
                    "nuget: Markdig, 1.0.0-beta",
                    "nuget: No.Such.Package, 1.0.0",
                ]
        )
        {
            await Assert.ThrowsAsync<IOException>(() =>
                finder.FindAsync([PackageRequest.Parse(other)], TestContext.Current.CancellationToken)
            );
        }

        Assert.Equal(5, asked);
    }

    [Fact]
    public async Task A_package_is_restored_with_what_it_needs_be_that_newer_and_signed()
    {
        const string Wheel = "public static class Wheel { public static int Count => 4; public static int Asked; }";
        Pack("Wheel", "1.5.0", Compile("Wheel", "[assembly: System.Reflection.AssemblyVersion(\"1.5.0.0\")]" + Wheel));
        var old = Compile("Wheel", "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")]" + Wheel);
        Pack(
            "Car",
            "1.0.0",
            Compile(
                "Car",
                "public static class Car { public static int Wheels => Wheel.Count + 0 * Wheel.Asked++; }",
                old
            ),
            "Wheel"
        );
        Assert.Equal(4, await ResultAsync("#r \"nuget: Car, 1.0.0\"\nCar.Wheels"));
        Assert.Equal("Installed Packages\n- Car, 1.0.0", Assert.Single(Recorder.Texts));

        // The cell's own Wheel is the one that Car uses.
        Assert.Equal(1, await ResultAsync("Wheel.Asked"));
    }

    [Fact]
    public async Task What_a_package_needs_and_the_engine_has_newer_is_the_engines()
    {
        var own = typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly.GetName();
        var runtime = await File.ReadAllBytesAsync(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"),
            TestContext.Current.CancellationToken
        );
        var encoder = await File.ReadAllBytesAsync(
            typeof(System.Text.Encodings.Web.HtmlEncoder).Assembly.Location,
            TestContext.Current.CancellationToken
        );
        var old = CompileSigned(
            own.Name!,
            """
            [assembly: System.Reflection.AssemblyVersion("2.0.0.0")]
            namespace Microsoft.AspNetCore.Html
            {
                public interface IHtmlContent { void WriteTo(System.IO.TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder); }
            }
            """,
            own.GetPublicKey()!,
            runtime,
            encoder
        );
        Pack(own.Name!, "2.0.0", old);
        Pack(
            "Badge",
            "1.0.0",
            Compile(
                "Badge",
                """
                public sealed class Badge : Microsoft.AspNetCore.Html.IHtmlContent
                {
                    public void WriteTo(System.IO.TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder) => writer.Write("<b>1</b>");
                }
                """,
                old,
                runtime,
                encoder
            ),
            own.Name,
            "2.0.0"
        );

        Assert.IsAssignableFrom<Microsoft.AspNetCore.Html.IHtmlContent>(
            await ResultAsync("#r \"nuget: Badge, 1.0.0\"\nnew Badge()")
        );
        Assert.Equal(true, await ResultAsync("(object)new Badge() is Microsoft.AspNetCore.Html.IHtmlContent"));
    }

    [Fact]
    public async Task What_stands_in_for_a_version_that_cannot_be_had_is_reported()
    {
        Pack("Wheel", "1.0.5", "public static class Wheel { public static int Count => 5; }");
        Pack("Axle", "1.0.0", "public static class Axle { }");
        Pack("Car", "1.0.0", Compile("Car", "public static class Car { }"), "Wheel");
        Pack("Cart", "1.0.0", Compile("Cart", "public static class Cart { }"), "Axle");
        var finder = new PackageFinder(Folder);
        var found = await finder.FindAsync(
            [PackageRequest.Parse("nuget: Car, 1.0.0"), PackageRequest.Parse("nuget: Cart, 1.0.0")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal([("Wheel", "1.0.5")], found.Substitutes!);
        Assert.Null(
            (
                await finder.FindAsync([PackageRequest.Parse("nuget: Car")], TestContext.Current.CancellationToken)
            ).Substitutes
        );
    }

    [Fact]
    public async Task Without_a_version_the_newest_is_taken()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 1; }");
        Pack("Wheel", "1.10.0", "public static class Wheel { public static int Count => 10; }");
        Pack("Wheel", "1.9.0", "public static class Wheel { public static int Count => 9; }");
        Assert.Equal(10, await ResultAsync("#r \"nuget: Wheel\"\nWheel.Count"));
        var error = await ErrorAsync("#r \"nuget: Wheel, 1.9.0\"\nWheel.Count");
        Assert.StartsWith(
            "The package Wheel is in use as version 1.10.0, so version 1.9.0 can't be used as well.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1.10.0", "Wheel", true)]
    [InlineData("1.10.0", "Wheel, 1.10.0", true)]
    [InlineData("1.10.0", "Wheel, 1.9.0", false)]
    [InlineData("1.10.0", "Wheel, 1.*", true)]
    [InlineData("1.10.0", "Wheel, 2.*", false)]
    [InlineData("9.0.1", "Wheel, 13.0.*", false)]
    [InlineData("9.0.1", "Wheel, *-*", true)]
    [InlineData("1.10.0", "Wheel, [1.0, 2.0)", true)]
    [InlineData("2.0.0", "Wheel, [1.0, 2.0)", false)]
    [InlineData("2.0.0", "Wheel, [1.0, 2.0]", true)]
    [InlineData("1.0.0", "Wheel, (1.0, )", false)]
    public void A_version_in_use_is_what_is_asked_for_or_not(string used, string asked, bool admitted) =>
        Assert.Equal(admitted, PackageRequest.Parse("nuget: " + asked).Admits(used));

    [Fact]
    public async Task A_package_without_quotes_is_found_and_one_in_use_is_reported_as_such()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 1; }");
        Assert.Equal(1, await ResultAsync("#r nuget:Wheel,1.0.0\nWheel.Count"));
        Assert.Equal(1, await ResultAsync("#r \"nuget: Wheel\"\nWheel.Count"));
        Assert.Equal(
            ["Installed Packages\n- Wheel, 1.0.0", "Installed Packages\n- Wheel, 1.0.0 (in use already)"],
            Recorder.Texts
        );
        Assert.Contains(
            "is in use as version 1.0.0",
            (await ErrorAsync("#r \"nuget: Wheel, 2.*\"")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_left_out_and_the_package_found_elsewhere()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 1; }");
        Pack("Axle", "1.0.0", "public static class Axle { public static int Count => 2; }");
        Assert.Equal(
            1,
            await ResultAsync("#i \"nuget: https://127.0.0.1:9/index.json\"\n#r \"nuget: Wheel\"\nWheel.Count")
        );
        Assert.Contains("https://127.0.0.1:9/index.json doesn't answer", Recorder.Printed, StringComparison.Ordinal);
        Assert.Equal(2, await ResultAsync("#r \"nuget: Axle\"\nAxle.Count"));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_refused_as_a_source() =>
        Assert.StartsWith("The folder ", (await ErrorAsync("#i \"nuget: nowhere\"")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_version_is_exact()
    {
        Pack("Wheel", "1.1.0", "public static class Wheel { public static int Count => 1; }");
        var error = await ErrorAsync("var x = 1;\n\n#r \"nuget: Wheel, 1.0.0\"\n");
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Equal(3, error.Line);
        Assert.StartsWith(
            "The package 'Wheel, 1.0.0' can't be had. No source of packages has this version.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("1.1.0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NU1101", "No source of packages has one of this name.")]
    [InlineData("NU1103", "No source of packages has this version.")]
    [InlineData("NU1301", "It is not on this machine, and no source of packages answers.")]
    [InlineData("NU1605", "The requested packages need incompatible versions of other packages.")]
    [InlineData("NU1202", "It is not made for .NET ")]
    [InlineData("MSB4018", "The .NET SDK could not restore it.")]
    public void What_is_missing_is_one_clear_error(string code, string expected)
    {
        var requests = new[] { PackageRequest.Parse("nuget: Wheel, 1.0.0"), PackageRequest.Parse("nuget: Car, 2.0.0") };
        var said = PackageRestore.Explain(requests, [(code, "about car and its kin")]);
        Assert.StartsWith($"The package 'Car, 2.0.0' can't be had. {expected}", said, StringComparison.Ordinal);
        Assert.EndsWith($"\n{code}: about car and its kin", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_one_clear_error()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "nuget.config"),
            "<configuration><packageSources><clear /><add key=\"x\" value=\"http://127.0.0.1:9/index.json\" "
                + "allowInsecureConnections=\"true\" /></packageSources></configuration>",
            TestContext.Current.CancellationToken
        );
        var error = await ErrorAsync("#r \"nuget: No.Such.Package, 1.0.0\"");
        Assert.StartsWith(
            "The package 'No.Such.Package, 1.0.0' can't be had. It is not on this machine, and no source",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_source_may_be_added()
    {
        Directory.Move(Path.Combine(Folder, "feed"), Path.Combine(Folder, "more $(x)'%"));
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 4; }", feed: "more $(x)'%");
        Assert.Equal(4, await ResultAsync("#i \"nuget: more $(x)'%\"\n#r \"nuget: Wheel, 1.0.0\"\nWheel.Count"));
        Assert.Contains("without ';'", (await ErrorAsync("#i \"nuget: a;b\"")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X\\\" /><Import Project=\\\"evil.props", "can't be the name of a package")]
    [InlineData("$(UserName)", "can't be the name of a package")]
    [InlineData("A;B, 1.0.0", "can't be the name of a package")]
    [InlineData("", "can't be the name of a package")]
    [InlineData("Wheel, 1.0.0\\\" Include=\\\"Other", "can't be a version")]
    [InlineData("Wheel, $([System.IO.File]::ReadAllText(x))", "can't be a version")]
    [InlineData("Wheel, 1.0;2.0", "can't be a version")]
    public async Task A_name_or_version_with_anything_else_in_it_is_refused(string asked, string expected)
    {
        var error = await ErrorAsync($"#r \"nuget: {asked.Replace("\\\"", "'", StringComparison.Ordinal)}\"");
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() =>
            PackageRequest.Parse("nuget: " + asked.Replace("\\\"", "\"", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("nuget: A", "A", null, false)]
    [InlineData("nuget:A.B-c_d,1.2.3-beta.1+x", "A.B-c_d", "1.2.3-beta.1+x", true)]
    [InlineData("NuGet: A, 1.*", "A", "1.*", false)]
    [InlineData("nuget: A, *-*", "A", "*-*", false)]
    [InlineData("nuget: A, [1.0, 2.0)", "A", "[1.0, 2.0)", false)]
    public void A_request_has_a_name_and_a_version(string argument, string name, string? version, bool isExact)
    {
        var request = PackageRequest.Parse(argument);
        Assert.Equal((name, version, isExact), (request.Name, request.Version, request.IsExact));
    }
}
