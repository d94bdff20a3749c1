using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting.Extensions;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <content>The <c>#!</c> lines of a cell.</content>
public sealed partial class ScriptSession
{
    /// <summary>Carries out the commands of one cell in the session.</summary>
    private sealed class CellMagic(ScriptSession session, CellSource cell, CellExecution execution) : IMagicSession
    {
        /// <summary>Measures the time of the rest of the cell; null if no line asked for it.</summary>
        public Stopwatch? Clock { get; private set; }

        public IReadOnlyList<(string Name, Type Type, object? Value)> Variables => session._chain.Variables;

        public void Show(MimeBundle data) => ScriptSession.Show(data);

        public Task<CellOutcome> ImportAsync(MagicStep step) => session.ImportAsync(cell, step, execution);

        public Task<CellOutcome> RunAsync(MagicStep step, Func<MagicStep, string> toCode)
        {
            try
            {
                return session.RunAsync(cell, step.InItsPlace(toCode(step)), execution);
            }
            catch (FormatException e)
            {
                throw new DirectiveException(cell, step.Line.Number, step.Line.Text, e.Message);
            }
        }

        public void StartClock() => Clock ??= Stopwatch.StartNew();

        public IReadOnlyList<(string Name, string Purpose)> Added =>
            [
                .. session
                    ._kernel.Commands.Values.Where(command => !command.Directive.Hidden)
                    .Select(command => (command.Directive.Name, command.Purpose)),
            ];

        /// <summary>The line of this name that an extension has added; null if there is none.</summary>
        public MagicCommand? FindAdded(string name) =>
            session._kernel.Commands.GetValueOrDefault(name) is { } command
                ? new MagicCommand(
                    name,
                    command.Purpose,
                    (_, step) => FollowAsync(command, step),
                    (program, step) => program.Refuse(step)
                )
                : null;

        private async Task<CellOutcome> FollowAsync(ExtensionCommand command, MagicStep step)
        {
            try
            {
                var read = command.Read(step.Argument);
                var context = new KernelInvocationContext(session._kernel, read);
                var thrown = await session
                    ._runner.RunAsync(
                        execution,
                        async () =>
                        {
                            KernelInvocationContext.Enter(context);
                            return await CatchAsync(() => command.Handler(read, context)).ConfigureAwait(false);
                        }
                    )
                    .ConfigureAwait(false);
                return thrown is not null ? CellOutcome.Failed(session.Describe(thrown, cell, step.Line.Number))
                    : context.Failure is { } why ? throw new FormatException(why)
                    : CellOutcome.Nothing;
            }
            catch (FormatException e)
            {
                throw new DirectiveException(cell, step.Line.Number, step.Line.Text, e.Message);
            }
        }

        private static async Task<Exception?> CatchAsync(Func<Task> action)
        {
            try
            {
                await action().ConfigureAwait(false);
                return null;
            }
            catch (OperationCanceledException)
            {
                throw;
            }
#pragma warning disable CA1031 // what an extension throws is the cell's error
            catch (Exception e)
#pragma warning restore CA1031
            {
                return e;
            }
        }
    }
}
