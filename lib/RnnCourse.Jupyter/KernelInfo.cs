using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter;

/// <summary>The kernel's description of itself, for <c>kernel_info_request</c>.</summary>
internal static class KernelInfo
{
    /// <summary>Makes the content of the reply.</summary>
    public static JsonObject Answer(string version) =>
        new()
        {
            ["status"] = "ok",
            ["protocol_version"] = Messenger.ProtocolVersion,
            ["implementation"] = "RnnCourse",
            ["implementation_version"] = version,

            // The same as .NET Interactive's, so that notebooks and tools know the language.
            ["language_info"] = new JsonObject
            {
                ["name"] = "C#",
                ["version"] = "14.0",
                ["mimetype"] = "text/x-csharp",
                ["file_extension"] = ".cs",
                ["pygments_lexer"] = "csharp",
                ["codemirror_mode"] = "text/x-csharp",
            },
            ["banner"] = $"C# on {RuntimeInformation.FrameworkDescription}: the kernel of RnnCourse {version}",
            ["help_links"] = new JsonArray(
                new JsonObject { ["text"] = "C# documentation", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }
            ),
            ["debugger"] = false,
            ["supported_features"] = new JsonArray(),
        };
}
