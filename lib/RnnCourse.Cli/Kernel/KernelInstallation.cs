using RnnCourse.Jupyter.Installing;
using Spectre.Console;

namespace RnnCourse.Cli.Kernel;

/// <summary>Carries out <c>rnn kernel install</c>, <c>uninstall</c> and <c>list</c>.</summary>
internal static class KernelInstallation
{
    public static int Install(
        string name,
        string folder,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment
    )
    {
        // If two folders have a kernel of the same name, Jupyter silently takes the first.
        if (
            JupyterFolders
                .All.Where(other => Path.GetFullPath(other) != Path.GetFullPath(folder))
                .SelectMany(KernelSpec.In)
                .FirstOrDefault(other =>
                    other.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && !other.IsOurs
                ) is
            { } foreign
        )
        {
            return ErrorMessage.Write(
                $"The name {name} is taken by '{foreign.DisplayName}' in {foreign.Folder}. Choose another with --name.",
                ExitCode.Usage
            );
        }

        try
        {
            var spec = KernelSpec.Install(folder, name, command, environment);
            Console.WriteLine($"Installed '{spec.DisplayName}' as {spec.Name} in {spec.Folder}.");
            Console.WriteLine("Select it as the notebook's kernel in Jupyter or VS Code.");
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
    }

    public static int Uninstall(string name, string folder)
    {
        if (KernelSpec.In(folder).FirstOrDefault(spec => spec.Name == name) is not { } found)
        {
            return ErrorMessage.Write(
                $"There is no kernel {name} in {folder}. List the kernels: rnn kernel list",
                ExitCode.Usage
            );
        }

        try
        {
            found.Uninstall();
            Console.WriteLine($"Removed {found.Name} from {folder}.");
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.Usage);
        }
    }

    public static int List()
    {
        var found = JupyterFolders.All.Distinct().SelectMany(KernelSpec.In).ToList();
        if (found.Count == 0)
        {
            Console.WriteLine("Jupyter finds no kernels. Install the course's kernel: rnn kernel install");
            return ExitCode.Success;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("Name", "Shown as", "Ours", "Folder");
        foreach (var spec in found)
        {
            table.AddRow(
                new Text(spec.Name),
                new Text(spec.DisplayName),
                new Text(spec.IsOurs ? "yes" : ""),
                new Text(spec.Folder) { Overflow = Overflow.Fold }
            );
        }

        AnsiConsole.Write(table);
        return ExitCode.Success;
    }
}
