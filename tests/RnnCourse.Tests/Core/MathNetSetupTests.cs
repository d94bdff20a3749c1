using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests.Core;

public sealed class MathNetSetupTests
{
    /// <summary>Notes that work was given away, and does it on the spot.</summary>
    private sealed class Witness : TaskScheduler
    {
        public int Tasks { get; private set; }

        protected override void QueueTask(Task task)
        {
            Tasks++;
            TryExecuteTask(task);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        {
            Tasks++;
            return TryExecuteTask(task);
        }

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }

    // 64 is the size of the state in the lessons, and twice the size from which Math.NET uses several threads.
    [Fact]
    public void A_pass_over_a_sequence_stays_on_the_callers_thread()
    {
        var random = new SeededRandom(1);
        var rnn = new VanillaRnn(8, 64, 2, random);
        var x = Enumerable.Range(0, 5).Select(_ => Vector<double>.Build.Dense(8, _ => random.NextNormal())).ToArray();
        var (before, witness) = (Control.TaskScheduler, new Witness());
        Control.TaskScheduler = witness;
        try
        {
            rnn.LossAndGradients(x, [0, 1, 0, 1, 0]);
            RecurrentWeights.SpectralRadius(rnn.W);
            RecurrentWeights.Orthogonal(64, random);
        }
        finally
        {
            Control.TaskScheduler = before;
        }

        Assert.Equal(0, witness.Tasks);
    }
}
