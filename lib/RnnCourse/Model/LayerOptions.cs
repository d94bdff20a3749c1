namespace RnnCourse.Model;

/// <summary>What a recurrent layer is built from, besides its input's size.</summary>
/// <param name="HiddenSize">H, the size of the state; at least 1.</param>
/// <param name="Reversed">Whether the layer walks from the last step to the first.</param>
/// <param name="LearntStart">Whether the state before the first step is learnt; otherwise it is zero.</param>
/// <param name="ForgetBias">What an LSTM's forget gate's bias starts at.</param>
public sealed record LayerOptions(
    int HiddenSize,
    bool Reversed = false,
    bool LearntStart = false,
    double ForgetBias = 0
);
