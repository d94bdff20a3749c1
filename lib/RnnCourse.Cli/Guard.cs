using RnnCourse.Datasets;
using RnnCourse.Training;

namespace RnnCourse.Cli;

/// <summary>Runs a command's work and turns what can go wrong into one message and an exit code.</summary>
internal static class Guard
{
    /// <summary>Runs work that has nothing to save: an interrupt ends it at once.</summary>
    public static async Task<int> RunAsync(Func<int> work, CancellationToken interrupt)
    {
        var running = RunToItsEndAsync(work);
        return await Task.WhenAny(running, Task.Delay(Timeout.Infinite, interrupt)) == running
            ? await running
            : ExitCode.Interrupted;
    }

    /// <summary>Runs work that ends by itself when it is interrupted, after it has saved what it did.</summary>
    public static Task<int> RunToItsEndAsync(Func<int> work) =>
        Task.Run(() =>
        {
            try
            {
                return work();
            }
            catch (TrainingDivergedException e)
            {
                return Problem.Tell(e.Message, ExitCode.TrainingDiverged);
            }
            catch (Exception e) when (e is UserErrorException or ArgumentException)
            {
                return Problem.Tell(e.Message, ExitCode.Usage);
            }
            catch (Exception e)
                when (e is DataFileException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                return Problem.Tell(e.Message, ExitCode.File);
            }
            catch (OutOfMemoryException)
            {
                return Problem.Tell(
                    "There is not enough memory for a model or data of this size. Try a smaller --hidden, "
                        + "--batch or --window.",
                    ExitCode.Usage
                );
            }
        });
}
