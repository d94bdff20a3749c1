using System.Runtime.CompilerServices;

namespace RnnCourse.Notebooks.Scripting.Interrupting;

/// <summary>What <see cref="CellStage.Enter"/> gives: awaiting it continues on the stage's thread.</summary>
public readonly struct StageEntry : INotifyCompletion, IEquatable<StageEntry>
{
    private readonly CellStage? _stage;

    internal StageEntry(CellStage? stage) => _stage = stage;

    /// <summary>Whether there is nowhere to move to.</summary>
    public bool IsCompleted => _stage is null;

    /// <summary>The awaiter: itself.</summary>
    /// <returns>This entry.</returns>
    public StageEntry GetAwaiter() => this;

    /// <summary>Nothing.</summary>
    public void GetResult()
    {
        // A pattern's member: moving has no result.
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _stage!.Post(static act => ((Action)act!)(), continuation);

    /// <inheritdoc/>
    public bool Equals(StageEntry other) => ReferenceEquals(_stage, other._stage);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StageEntry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _stage?.GetHashCode() ?? 0;

    /// <summary>Whether two entries lead to the same stage.</summary>
    public static bool operator ==(StageEntry left, StageEntry right) => left.Equals(right);

    /// <summary>Whether two entries lead to different stages.</summary>
    public static bool operator !=(StageEntry left, StageEntry right) => !left.Equals(right);
}
