namespace RnnCourse.Benchmarks;

/// <summary>The sizes of one training step.</summary>
/// <param name="Cell">"RNN", "GRU" or "LSTM".</param>
/// <param name="Vocabulary">V: how many characters, in and out.</param>
/// <param name="Hidden">H: the size of the state.</param>
/// <param name="Steps">T: how many time steps.</param>
/// <param name="Batch">B: how many sequences at once.</param>
/// <param name="Layers">How many layers are stacked.</param>
internal sealed record TrainingShape(string Cell, int Vocabulary, int Hidden, int Steps, int Batch, int Layers = 1)
{
    /// <summary>A name such as "RNN V=65 H=128 T=50 B=32".</summary>
    public override string ToString() =>
        $"{Cell} V={Vocabulary} H={Hidden} T={Steps} B={Batch}" + (Layers == 1 ? "" : $" L={Layers}");

    /// <summary>How many floating-point operations the matrix products of a step need, one-hot inputs being gathered,
    /// not multiplied.</summary>
    /// <remarks>A product of an (m, k) by a (k, n) matrix takes 2·m·n·k operations; each is needed forward, for the
    /// gradient of its weights and for the gradient of its input.</remarks>
    internal double ProductFlops
    {
        get
        {
            double columns = (double)Steps * Batch;
            var gates = Cell switch
            {
                "RNN" => 1,
                "GRU" => 3,
                _ => 4,
            };
            var recurrent = 3 * 2.0 * gates * Hidden * Hidden * columns * Layers;
            var between = 3 * 2.0 * gates * Hidden * Hidden * columns * (Layers - 1);
            var output = 3 * 2.0 * Vocabulary * Hidden * columns;
            return recurrent + between + output;
        }
    }
}
