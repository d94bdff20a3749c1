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

    /// <summary>As <see cref="Current"/>, since kernels aren't nested here.</summary>
    public static Kernel Root => Current;

    /// <summary>The kernel's name in cells.</summary>
    public string Name { get; }

    /// <summary>The kernel of the session.</summary>
    public Kernel RootKernel { get; }

    internal IReadOnlyDictionary<string, ExtensionCommand> Commands => _commands;

    /// <summary>Takes the oldest code that was submitted and has not been run; null if there is none.</summary>
    internal CellSource? TakeSubmitted() => _submitted.TryDequeue(out var code) ? code : null;

    /// <summary>Drops the code that was submitted and has not been run.</summary>
    internal void DropSubmitted() => _submitted.Clear();

    /// <summary>Submits code to the session. The code runs when the calling extension method or cell has ended, so the
    /// returned task ends before that. An error of the code is an error of the cell; code that was submitted after it,
    /// or by a cell that failed, is dropped.</summary>
    /// <param name="command">A <see cref="SubmitCode"/>.</param>
    /// <param name="cancellationToken">Ignored, since this method doesn't wait for anything.</param>
    /// <returns>The accepted command.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> is null.</exception>
    /// <exception cref="NotSupportedException">The command isn't a <see cref="SubmitCode"/>, or is for another
    /// kernel.</exception>
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
    /// <typeparam name="TCommand">The class whose properties receive the parameters.</typeparam>
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
