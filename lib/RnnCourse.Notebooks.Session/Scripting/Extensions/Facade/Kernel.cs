using System.Diagnostics.CodeAnalysis;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using RnnCourse.Notebooks.Session.Scripting.Extensions;

namespace Microsoft.DotNet.Interactive;

/// <summary>A session, as extensions of .NET Interactive see it.</summary>
public sealed class Kernel
{
    private readonly Dictionary<string, ExtensionCommand> _commands = new(StringComparer.Ordinal);

    internal Kernel() { }

    /// <summary>The kernel of the session that runs the calling code.</summary>
    public static Kernel Current => KernelInvocationContext.Current.HandlingKernel;

    /// <summary>As <see cref="Current"/>: here is no kernel above another.</summary>
    public static Kernel Root => Current;

    /// <summary>What cells call the kernel.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Extensions call it on a kernel.")]
    public string Name => "csharp";

    /// <summary>This kernel: a session has one.</summary>
    public Kernel RootKernel => this;

    internal IReadOnlyDictionary<string, ExtensionCommand> Commands => _commands;

    /// <summary>Adds a <c>#!</c> line.</summary>
    /// <param name="directive">Its name and parameters.</param>
    /// <param name="handler">What it does.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void AddDirective(KernelActionDirective directive, KernelCommandInvocation handler)
    {
        ArgumentNullException.ThrowIfNull(directive);
        ArgumentNullException.ThrowIfNull(handler);
        _commands[directive.Name] = new ExtensionCommand(
            directive,
            typeof(ExtensionCommand.WithoutParameters),
            handler
        );
    }

    /// <summary>Adds a <c>#!</c> line whose parameters become the properties of an object.</summary>
    /// <param name="directive">Its name and parameters.</param>
    /// <param name="handler">What it does.</param>
    /// <typeparam name="TCommand">What the parameters are read into.</typeparam>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void AddDirective<TCommand>(
        KernelActionDirective directive,
        Func<TCommand, KernelInvocationContext, Task> handler
    )
        where TCommand : KernelCommand
    {
        ArgumentNullException.ThrowIfNull(directive);
        ArgumentNullException.ThrowIfNull(handler);
        _commands[directive.Name] = new ExtensionCommand(
            directive,
            typeof(TCommand),
            (command, context) => handler((TCommand)command, context)
        );
    }
}
