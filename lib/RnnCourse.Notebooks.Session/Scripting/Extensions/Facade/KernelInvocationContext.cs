using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>The execution that code of an extension belongs to.</summary>
public sealed class KernelInvocationContext
{
    private static readonly KernelInvocationContext NoSession = new(new CSharp.CSharpKernel());
    private static readonly AsyncLocal<KernelInvocationContext?> Own = new();

    internal KernelInvocationContext(Kernel kernel, KernelCommand? command = null)
    {
        HandlingKernel = kernel;
        Command = command;
    }

    /// <summary>The execution that the calling code belongs to.</summary>
    public static KernelInvocationContext Current => Own.Value ?? NoSession;

    /// <summary>The kernel of its session.</summary>
    public Kernel HandlingKernel { get; }

    /// <summary>The command of the line that is being carried out; null in a cell's code.</summary>
    public KernelCommand? Command { get; }

    internal string? Failure { get; private set; }

    /// <summary>Reports that the line failed, and why.</summary>
    /// <param name="command">The command read from the line.</param>
    /// <param name="exception">The cause; null if there is none.</param>
    /// <param name="message">What happened; null to use the exception's message.</param>
    public void Fail(KernelCommand command, Exception? exception = null, string? message = null) =>
        Failure = message ?? exception?.Message ?? "The extension gave no reason.";

    internal static void Enter(KernelInvocationContext context) => Own.Value = context;
}
