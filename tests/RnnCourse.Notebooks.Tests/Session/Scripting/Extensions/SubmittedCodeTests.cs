using RnnCourse.Notebooks.Session.Interrupting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Extensions;

[Collection(Scripting.Recorder.Name)]
public sealed class SubmittedCodeTests : ExtensionFeedTests
{
    [Fact]
    public async Task An_extension_visits_the_kernel_and_has_code_run_in_it()
    {
        RestoresBySdk = true;
        PackExtension(
            """
            public class Extension : IKernelExtension
            {
                public async Task OnLoadAsync(Kernel kernel)
                {
                    var visited = 0;
                    if (!(kernel is CompositeKernel))
                    {
                        kernel.VisitSubkernelsAndSelf(k => visited++);
                    }

                    await kernel.SendAsync(new SubmitCode($"using System.IO;\nvar visited = {visited};"), default);
                    await kernel.FindKernelByName("markdown").SendAsync(new SubmitCode("*Rolling*"), default);
                    kernel.AddDirective(new KernelActionDirective("#!spin"), async (command, context) =>
                        await kernel.RootKernel.SendAsync(new SubmitCode("var spun = visited + 1;"), default));
                }
            }
            """
        );
        Assert.Equal(
            "1 a.txt",
            await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\n$\"{visited} {Path.GetFileName(\"x/a.txt\")}\"")
        );
        Assert.Equal("", Recorder.Printed);
        Assert.Contains(Recorder.Shown, data => data.Text("text/markdown") == "*Rolling*");

        // From a line, before the rest of its cell; and from a cell, after it.
        Assert.Equal(2, await ResultAsync("#!spin\nspun"));
        Assert.Null(
            (
                await RunAsync(
                    "using Microsoft.DotNet.Interactive;\nusing Microsoft.DotNet.Interactive.Commands;\n"
                        + "using Microsoft.DotNet.Interactive.CSharp;\n"
                        + "if (Kernel.Root is CSharpKernel) "
                        + "{ await Kernel.Root.SendAsync(new SubmitCode(\"var late = 9;\")); }"
                )
            ).Error
        );
        Assert.Equal(9, await ResultAsync("late"));

        // An error of the submitted code is an error of the cell.
        Assert.Equal("CS0103", (await RunAsync("await Kernel.Root.SubmitCodeAsync(\"missing\");")).Error!.Message[..6]);
    }

    [Fact]
    public async Task Submitted_code_does_not_outlive_a_cell_that_fails_or_is_interrupted()
    {
        PackExtension(
            """
            public class Extension : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel) => Task.CompletedTask;
            }
            """
        );
        await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\nusing Microsoft.DotNet.Interactive;\nvar count = 0;");
        Assert.NotNull(
            (await RunAsync("await Kernel.Root.SubmitCodeAsync(\"count = 9;\"); throw new Exception();")).Error
        );
        Assert.NotNull(
            (
                await RunAsync(
                    "await Kernel.Root.SubmitCodeAsync(\"missing\"); await Kernel.Root.SubmitCodeAsync(\"count = 8;\");"
                )
            ).Error
        );
        Assert.Equal(0, await ResultAsync("count"));

        // It submits itself again, each time after it has ended.
        await ResultAsync(
            "var again = \"if (++count < 60) { await Kernel.Root.SubmitCodeAsync(again); }\";\n"
                + "await Kernel.Root.SubmitCodeAsync(again);"
        );
        Assert.Equal(60, await ResultAsync("count"));
        var execution = new CellExecution();
        var endless = RunAsync(
            "again = \"AppContext.SetData(nameof(count), count++); await Kernel.Root.SubmitCodeAsync(again);\";\n"
                + "await Kernel.Root.SubmitCodeAsync(again);",
            execution
        );
        while (AppContext.GetData("count") is null && !endless.IsCompleted)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        execution.Interrupt();
        Assert.Equal("System.OperationCanceledException", (await endless).Error!.Name);
        execution.End();
        var counted = await ResultAsync("count");
        Assert.Equal(counted, await ResultAsync("count"));
    }

    [Fact]
    public async Task The_script_of_an_extension_reaches_the_kernel()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { }");
        AddExtension(
            "Wheel",
            "extension.dib",
            """
            #!csharp

            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Directives;
            KernelInvocationContext.Current.HandlingKernel.RootKernel.AddDirective(
                new KernelActionDirective("#!turn"),
                (command, context) => { context.DisplayAs("It turns.", "text/markdown"); return Task.CompletedTask; });
            """
        );
        Assert.Equal(1, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\n1"));
        Assert.Null((await RunAsync("#!turn")).Error);
        Assert.Equal("It turns.", Recorder.Shown[^1].Text("text/markdown"));
    }
}
