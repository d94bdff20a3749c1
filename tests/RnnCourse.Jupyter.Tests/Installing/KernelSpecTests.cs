using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Installing;

namespace RnnCourse.Jupyter.Tests.Installing;

public sealed class KernelSpecTests : IDisposable
{
    private readonly string _kernels = Directory.CreateTempSubdirectory("kernels").FullName;

    public void Dispose() => Directory.Delete(_kernels, recursive: true);

    [Fact]
    public void An_installed_kernel_says_how_it_is_started_and_interrupted_and_has_its_pictures()
    {
        var spec = Install();

        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(spec.Folder, "kernel.json")))!;
        Assert.Equal(["rnn", "{connection_file}"], json["argv"]!.AsArray().Select(word => (string)word!));
        Assert.Equal(
            ("C#", "message", "C# (RnnCourse)"),
            ((string?)json["language"], (string?)json["interrupt_mode"], (string?)json["display_name"])
        );
        Assert.Equal("1", (string?)json["env"]!["A"]);
        Assert.Equal(
            [.. (byte[])[0x89], .. "PNG"u8],
            File.ReadAllBytes(Path.Combine(spec.Folder, "logo-64x64.png"))[..4]
        );
        Assert.True(
            File.Exists(Path.Combine(spec.Folder, "logo-32x32.png"))
                && File.Exists(Path.Combine(spec.Folder, "logo-svg.svg"))
        );
        Assert.Equal(spec, Assert.Single(KernelSpec.In(_kernels)));
    }

    [Fact]
    public void It_replaces_an_older_one_of_ours_and_leaves_others_alone()
    {
        Install();
        Install();
        Directory.CreateDirectory(Path.Combine(_kernels, "foreign"));
        File.WriteAllText(
            Path.Combine(_kernels, "foreign", "kernel.json"),
            """{"argv": ["x"], "display_name": "Other", "language": "y"}"""
        );

        Assert.Throws<InvalidOperationException>(() =>
            KernelSpec.Install(_kernels, "foreign", ["rnn"], new Dictionary<string, string>())
        );
        var foreign = KernelSpec.In(_kernels).Single(spec => spec.Name == "foreign");
        Assert.Throws<InvalidOperationException>(foreign.Uninstall);
        Assert.Equal("Other", foreign.DisplayName);
        Assert.Equal(2, Directory.GetDirectories(_kernels).Length);
    }

    [Fact]
    public void An_uninstalled_kernel_is_gone()
    {
        Install().Uninstall();

        Assert.Empty(KernelSpec.In(_kernels));
        Assert.Empty(KernelSpec.In(Path.Combine(_kernels, "missing")));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("ä")]
    public void A_name_that_Jupyter_does_not_take_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() =>
            KernelSpec.Install(_kernels, name, ["rnn"], new Dictionary<string, string>())
        );

    private KernelSpec Install() =>
        KernelSpec.Install(
            _kernels,
            KernelSpec.DefaultName,
            ["rnn", "{connection_file}"],
            new Dictionary<string, string> { ["A"] = "1" }
        );
}
