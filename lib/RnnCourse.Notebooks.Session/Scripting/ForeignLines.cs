namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Gives advice about lines and cells of .NET Interactive notebooks that this engine doesn't
/// support.</summary>
internal static class ForeignLines
{
    /// <summary>What to do instead of using a line.</summary>
    /// <param name="name">Its name, such as <c>#!fsharp</c>.</param>
    /// <returns>A sentence or two; null for an unknown line.</returns>
    public static string? AdviceFor(string name) =>
        name.StartsWith("#!", StringComparison.Ordinal) ? AdviceForLanguage(name[2..]) ?? AdviceForCommand(name) : null;

    /// <summary>What to do instead of using a cell in another language.</summary>
    /// <param name="language">The language's name, such as <c>fsharp</c>.</param>
    /// <returns>A sentence or two; null for an unknown language.</returns>
    public static string? AdviceForLanguage(string language) =>
        language.ToLowerInvariant() switch
        {
            "fsharp" or "fs" or "f#" => "F# isn't part of this engine. Write it in C#, or put it into a library and "
                + "load that by #r \"library.dll\".",
            "pwsh" or "powershell" => "PowerShell isn't part of this engine. Start programs from C#, by "
                + "System.Diagnostics.Process.Start(\"pwsh\", arguments).",
            "sql" or "kql" => "Queries aren't part of this engine. Send them from C#, by a package such as #r \"nuget: "
                + "Microsoft.Data.Sqlite\".",
            "http" => "Requests aren't part of this engine. Send them from C#, such as await new "
                + "System.Net.Http.HttpClient().GetStringAsync(\"https://…\").",
            "python" or "r" =>
                "Other kernels aren't part of this engine. Run these cells in a notebook of their own, and "
                    + "exchange files with it.",
            _ => null,
        };

    private static string? AdviceForCommand(string name) =>
        name switch
        {
            "#!connect" => "This engine has one kernel, C#, and connects to no other. Remove the line, and do what the "
                + "other kernel did in C#, with a package.",
            "#!kernel-info" or "#!log" or "#!quit" => "It serves .NET Interactive's own kernels. Remove the line.",
            _ => null,
        };
}
