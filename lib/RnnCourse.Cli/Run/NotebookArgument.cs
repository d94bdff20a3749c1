using System.CommandLine;
using System.CommandLine.Parsing;

namespace RnnCourse.Cli.Run;

/// <summary>The argument that names notebooks, and its checks.</summary>
internal static class NotebookArgument
{
    public static Argument<string[]> Create(string description)
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = description,
            Arity = ArgumentArity.ZeroOrMore,
        };
        notebooks.Validators.Add(RefuseOptions);
        notebooks.Validators.Add(result => RefuseEmptyNames(result, "The name of a notebook is empty."));
        return notebooks;
    }

    // A script with an unset variable passes an empty name.
    public static void RefuseEmptyNames(SymbolResult result, string problem)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError(problem);
        }
    }

    // Any word may name a notebook, so a mistyped option would be mistaken for one.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value)))
        {
            result.AddError($"Unknown option '{token.Value}'.");
        }
    }
}
