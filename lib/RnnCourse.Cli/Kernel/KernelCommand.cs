using System.CommandLine;
using RnnCourse.Jupyter.Installing;

namespace RnnCourse.Cli.Kernel;

/// <summary>The command <c>rnn kernel</c>: installs the Jupyter kernel, and is it.</summary>
internal static class KernelCommand
{
    public const string Examples = """
        Examples:
          rnn kernel install                       For you: Jupyter and VS Code then offer "C# (RnnCourse)"
          rnn kernel install --prefix .venv        For one Python environment
          rnn kernel install --name .net-csharp    Also serve notebooks that ask for .NET Interactive's kernel
          rnn kernel list                          What is installed, ours marked
          rnn kernel uninstall                     Take it away again

        Exit codes:
          0   done
          2   wrong usage, or a file that cannot be read or written

        """;

    private const string ConnectionFile = "{connection_file}";

    public static Command Create()
    {
        var prefix = new Option<string?>("--prefix")
        {
            Description =
                "Install below this folder, in share/jupyter/kernels, as for a Python environment. Without "
                + "it: for you.",
            HelpName = "folder",
        };
        var user = new Option<bool>("--user")
        {
            Description = "Install for you. This is what happens without any option.",
            Arity = ArgumentArity.Zero,
        };
        var name = new Option<string>("--name")
        {
            Description =
                $"The kernel's name. {KernelSpec.DotNetInteractiveName} serves the notebooks of .NET "
                + "Interactive, where that isn't installed.",
            HelpName = "name",
            DefaultValueFactory = _ => KernelSpec.DefaultName,
        };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { } given || !KernelSpec.IsName(given))
            {
                result.AddError("A kernel's name has letters, digits, dots, hyphens and underscores only.");
            }
        });

        var install = new Command("install", "Tell Jupyter how to start the kernel.") { name, prefix, user };
        var uninstall = new Command("uninstall", "Take the kernel away again.") { name, prefix, user };
        foreach (var command in (Command[])[install, uninstall])
        {
            command.Validators.Add(result =>
            {
                if (result.GetResult(prefix) is { Implicit: false } && result.GetValue(user))
                {
                    result.AddError("Choose --prefix or --user.");
                }
            });
        }

        install.SetAction(parsed =>
            Installation.Install(
                parsed.GetValue(name)!,
                FolderOf(parsed.GetValue(prefix)),
                StartCommand(),
                Environment()
            )
        );
        uninstall.SetAction(parsed =>
            Installation.Uninstall(parsed.GetValue(name)!, FolderOf(parsed.GetValue(prefix)))
        );
        var list = new Command("list", "Show the kernels that Jupyter finds, ours marked.");
        list.SetAction(_ => Installation.List());

        var file = new Option<string>("--connection-file", "-f")
        {
            Description = "The connection file that Jupyter has written.",
            HelpName = "file",
            Required = true,
        };
        var remote = new Option<bool>("--allow-remote")
        {
            Description =
                "Listen also on an address that other machines can reach. Who can send to it can run any code here.",
            Arity = ArgumentArity.Zero,
        };
        var run = new Command("run", "Be the kernel. Jupyter starts this; you needn't.") { file, remote };
        run.SetAction((parsed, stop) => KernelRun.RunAsync(parsed.GetValue(file)!, parsed.GetValue(remote), stop));

        return new Command("kernel", "The C# kernel for Jupyter and VS Code: install it, list, uninstall.")
        {
            install,
            uninstall,
            list,
            run,
        };
    }

    private static string FolderOf(string? prefix) =>
        prefix is null ? JupyterFolders.User : JupyterFolders.InPrefix(prefix);

    // From a clone, dotnet runs rnn.dll, or rnn itself was started; an installed tool is started by its own name.
    private static string[] StartCommand()
    {
        var program = System.Environment.ProcessPath!;
        string[] arguments = ["kernel", "run", "--connection-file", ConnectionFile];
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "rnn.dll"), .. arguments]
            : [program, .. arguments];
    }

    // A .NET that isn't installed where programs look for it must be named to them.
    private static Dictionary<string, string> Environment()
    {
        var root = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")
        );
        return File.Exists(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
            ? new() { ["DOTNET_ROOT"] = root }
            : [];
    }
}
