namespace RnnCourse.Model;

/// <summary>The recurrent cells.</summary>
public enum CellKind
{
    /// <summary>The lecture's: <see cref="RnnLayer{T}"/>.</summary>
    Rnn,

    /// <summary>The gated recurrent unit: <see cref="GruLayer{T}"/>.</summary>
    Gru,

    /// <summary>Long short-term memory: <see cref="LstmLayer{T}"/>.</summary>
    Lstm,
}
