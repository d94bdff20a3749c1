using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a <c>#!</c> line of an extension does.</summary>
/// <param name="command">The command read from the line.</param>
/// <param name="context">Shows outputs and reports failures.</param>
/// <returns>A task that ends when it is done.</returns>
public delegate Task KernelCommandInvocation(KernelCommand command, KernelInvocationContext context);
