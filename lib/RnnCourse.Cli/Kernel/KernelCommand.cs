using System.CommandLine;
using RnnCourse.Cli.Run;
using RnnCourse.Jupyter.Installing;

namespace RnnCourse.Cli.Kernel;

/// <summary>The command <c>rnn kernel</c>: installs the Jupyter kernel, and runs it.</summary>
internal static class KernelCommand
{
    public const string Examples = """
        Examples:
          rnn kernel install                       For your user: Jupyter and VS Code then offer "C# (RnnCourse)"
          rnn kernel install --prefix .venv        For one Python environment
          rnn kernel install --name .net-csharp    Also serve notebooks that ask for .NET Interactive's kernel
          rnn kernel install --pass-env DB_USER    Let cells see this environment variable
          rnn kernel list                          List the installed kernels; this one is marked
          rnn kernel uninstall                     Remove it

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
                + "it: for your user.",
            HelpName = "folder",
        };
        var user = new Option<bool>("--user")
        {
            Description = "Install for your user. This is the default.",
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
                result.AddError("A kernel's name may contain only letters, digits, dots, hyphens and underscores.");
            }
        });

        var install = new Command("install", "Install the kernel for Jupyter and VS Code.") { name, prefix, user };
        var uninstall = new Command("uninstall", "Remove the kernel.") { name, prefix, user };
        foreach (var command in (Command[])[install, uninstall])
        {
            command.Validators.Add(result =>
            {
                if (result.GetResult(prefix) is { Implicit: false } && result.GetValue(user))
                {
                    result.AddError("--prefix and --user cannot be combined. Give only one of them.");
                }
            });
        }

        var passed = ExecutionOptions.PassedVariablesOption();
        install.Options.Add(passed);
        install.SetAction(parsed =>
            KernelInstallation.Install(
                parsed.GetValue(name)!,
                FolderOf(parsed.GetValue(prefix)),
                StartCommand(parsed.GetValue(passed) ?? []),
                Environment()
            )
        );
        uninstall.SetAction(parsed =>
            KernelInstallation.Uninstall(parsed.GetValue(name)!, FolderOf(parsed.GetValue(prefix)))
        );
        var list = new Command("list", "List the kernels that Jupyter finds; this one is marked.");
        list.SetAction(_ => KernelInstallation.List());

        var file = new Option<string>("--connection-file", "-f")
        {
            Description = "The connection file that Jupyter wrote.",
            HelpName = "file",
            Required = true,
        };
        var remote = new Option<bool>("--allow-remote")
        {
            Description =
                "Also listen on an address that other machines can reach. Anyone who can send to it can run code here.",
            Arity = ArgumentArity.Zero,
        };
        var run = new Command("run", "Run the kernel. Jupyter starts this command itself.") { file, remote, passed };
        run.SetAction(
            (parsed, stop) =>
                KernelRun.RunAsync(parsed.GetValue(file)!, parsed.GetValue(remote), parsed.GetValue(passed) ?? [], stop)
        );

        return new Command("kernel", "Install, list or remove the C# kernel for Jupyter and VS Code.")
        {
            install,
            uninstall,
            list,
            run,
        };
    }

    private static string FolderOf(string? prefix) =>
        prefix is null ? JupyterFolders.User : JupyterFolders.InPrefix(prefix);

    // In a clone, dotnet runs rnn.dll or rnn was started directly; an installed tool is started by its own name.
    private static string[] StartCommand(IEnumerable<string> passedVariables)
    {
        var program = System.Environment.ProcessPath!;
        string[] arguments =
        [
            "kernel",
            "run",
            "--connection-file",
            ConnectionFile,
            .. passedVariables.SelectMany(name => new[] { ExecutionOptions.PassedVariables, name }),
        ];
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "rnn.dll"), .. arguments]
            : [program, .. arguments];
    }

    // Programs must be told where .NET is if it is not in a standard place.
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
