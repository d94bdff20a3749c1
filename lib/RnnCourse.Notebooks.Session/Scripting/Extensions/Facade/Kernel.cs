using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Extensions;

namespace Microsoft.DotNet.Interactive;

/// <summary>A session, as extensions of .NET Interactive see it.</summary>
public abstract class Kernel
{
    private readonly ConcurrentDictionary<string, ExtensionCommand> _commands = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<CellSource> _submitted = new();

    private protected Kernel(string name, Kernel? root = null) => (Name, RootKernel) = (name, root ?? this);

    /// <summary>The kernel of the session that runs the calling code.</summary>
    public static Kernel Current => KernelInvocationContext.Current.HandlingKernel;

    /// <summary>As <see cref="Current"/>: no kernel is above another one.</summary>
    public static Kernel Root => Current;

    /// <summary>What cells call the kernel.</summary>
    public string Name { get; }

    /// <summary>The kernel of the session.</summary>
    public Kernel RootKernel { get; }

    internal IReadOnlyDictionary<string, ExtensionCommand> Commands => _commands;

    /// <summary>Takes the oldest code that was submitted and has not been run; null if there is none.</summary>
    internal CellSource? TakeSubmitted() => _submitted.TryDequeue(out var code) ? code : null;

    /// <summary>Has code run in the session: when the extension's method, or the cell, that calls this has ended, so
    /// that what is awaited here is only that it will be. An error of the code is one of the cell.</summary>
    /// <param name="command">A <see cref="SubmitCode"/>.</param>
    /// <param name="cancellationToken">Cancels nothing, as nothing is waited for.</param>
    /// <returns>That the command was taken.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> is null.</exception>
    /// <exception cref="NotSupportedException">The command is another one, or for another kernel.</exception>
    public Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var target = command.TargetKernelName ?? Name;
        if (CellLanguages.Find(target) is not { } language)
        {
            throw new NotSupportedException(
                $"The command {command.GetType().Name} is for the kernel '{target}', which isn't part of this engine. "
                    + $"It knows {CellLanguages.Known}."
            );
        }

        if (command is not SubmitCode { Code: var code })
        {
            throw new NotSupportedException(
                $"This engine doesn't know the command {command.GetType().Name}. It takes {nameof(SubmitCode)} only."
            );
        }

        RootKernel._submitted.Enqueue(
            new CellSource("submitted code", code) { Language = language == CellLanguage.CSharp ? null : target }
        );
        return Task.FromResult(new KernelCommandResult(command));
    }

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
