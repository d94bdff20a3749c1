using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.DotNetInteractive.Tests;

/// <summary>The C# kernel of .NET Interactive. What its cells print, show and return becomes outputs of a
/// notebook.</summary>
internal sealed class InteractiveHost : IDisposable
{
    /// <summary>The collection of all tests that use it: it takes the console and the current folder of the whole
    /// process.</summary>
    public const string OneAtATime = "the kernel of .NET Interactive";

    private readonly CompositeKernel _kernel;
    private readonly CSharpKernel _csharp = new();

    public InteractiveHost()
    {
        _kernel = new CompositeKernel { _csharp.UseKernelHelpers().UseWho().UseValueSharing() };
        _kernel.DefaultKernelName = _csharp.Name;
    }

    public void Dispose() => _kernel.Dispose();

    /// <summary>Loads an extension, as <c>#r "nuget: …"</c> does.</summary>
    public Task LoadAsync(IKernelExtension extension) => extension.OnLoadAsync(_csharp);

    /// <summary>Executes a cell; gives its outputs in order.</summary>
    public async Task<IReadOnlyList<Output>> RunAsync(string source)
    {
        var ran = await _kernel.SendAsync(new SubmitCode(source, _csharp.Name), TestContext.Current.CancellationToken);
        return [.. ran.Events.Select(OutputOf).OfType<Output>()];
    }

    private static Output? OutputOf(KernelEvent happened) =>
        happened switch
        {
            StandardOutputValueProduced printed => Stream(StreamOutput.StandardOutput, printed),
            StandardErrorValueProduced printed => Stream(StreamOutput.StandardError, printed),
            ReturnValueProduced returned => new ResultOutput(Bundle(returned), null),
            DisplayedValueProduced shown => new DisplayOutput(Bundle(shown)),
            CommandFailed failed => new ErrorOutput(
                failed.Exception?.GetType().FullName ?? "Error",
                failed.Message,
                [failed.Message]
            ),
            _ => null,
        };

    private static StreamOutput Stream(string name, DisplayEvent printed) =>
        new(name, string.Concat(printed.FormattedValues.Select(value => value.Value)).ReplaceLineEndings("\n"));

    private static MimeBundle Bundle(DisplayEvent shown) =>
        new(
            shown.FormattedValues.Select(value =>
                KeyValuePair.Create<string, MimeValue>(
                    value.MimeType,
                    MimeBundle.IsJson(value.MimeType)
                        ? new MimeJson(JsonNode.Parse(value.Value))
                        : new MimeText(value.Value.ReplaceLineEndings("\n"))
                )
            )
        );
}
