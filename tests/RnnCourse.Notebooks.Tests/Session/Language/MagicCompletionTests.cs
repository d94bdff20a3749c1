using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using RnnCourse.Notebooks.Session.Language;

namespace RnnCourse.Notebooks.Tests.Session.Language;

public sealed class MagicCompletionTests
{
    private readonly CSharpKernel _kernel = new();

    public MagicCompletionTests()
    {
        _kernel.AddDirective(
            new KernelActionDirective("#!turn")
            {
                Parameters =
                [
                    new KernelDirectiveParameter("--wheel") { AllowImplicitName = true }.AddCompletions(() =>
                        ["left", "right"]
                    ),
                    new KernelDirectiveParameter("--back") { Flag = true },
                    new KernelDirectiveParameter("--broken").AddCompletions(() =>
                        throw new InvalidOperationException("Not now.")
                    ),
                ],
            },
            (_, _) => Task.CompletedTask
        );
        _kernel.AddDirective(new KernelActionDirective("#!hidden") { Hidden = true }, (_, _) => Task.CompletedTask);
    }

    [Theory]
    [InlineData("#!tu", 0, "#!turn")]
    [InlineData("#!hid", 0, "")]
    [InlineData("#!turn ", 7, "--back --broken --wheel left right")]
    [InlineData("#!turn --w", 7, "--wheel")]
    [InlineData("#!turn --wheel ", 15, "left right")]
    [InlineData("#!turn --wheel r", 15, "right")]
    [InlineData("#!turn --wheel left --", 20, "--back --broken")]
    [InlineData("#!turn --back r", 14, "right")]
    [InlineData("#!turn --broken ", 16, "")]
    [InlineData("#!turn left nonsense ", 21, "--back --broken --wheel left right")]
    [InlineData("var x = 1;\n#!turn --b", 18, "--back --broken")]
    public void A_line_that_an_extension_has_added_is_completed(string code, int start, string expected)
    {
        var found = MagicCompletion.Find(code, code.Length, _kernel.Commands)!;
        Assert.Equal((start, code.Length), (found.Start, found.End));
        Assert.Equal(expected, string.Join(' ', found.Entries.Select(entry => entry.Text)));
    }

    [Theory]
    [InlineData("#")]
    [InlineData("#if")]
    [InlineData("var x = \"#!turn\"; x.")]
    [InlineData("")]
    [InlineData("#!turn\nConsole.")]
    public void Elsewhere_the_code_is_completed(string code) =>
        Assert.Null(MagicCompletion.Find(code, code.Length, _kernel.Commands));
}
