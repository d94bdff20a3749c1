namespace RnnCourse.Blas.Products;

/// <summary>One call's operands, checked and pinned: C ← alpha·op(A)·op(B) + beta·C.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct Product<T>
    where T : unmanaged
{
    /// <summary>Rows of C.</summary>
    public int M;

    /// <summary>Columns of C.</summary>
    public int N;

    /// <summary>The depth: steps of the inner sum.</summary>
    public int K;

    /// <summary>Whether op(A) is the transpose of what is stored.</summary>
    public bool TransposeA;

    /// <summary>Whether op(B) is the transpose of what is stored.</summary>
    public bool TransposeB;

    /// <summary>Distance between stored columns of A.</summary>
    public nint StepA;

    /// <summary>Distance between stored columns of B.</summary>
    public nint StepB;

    /// <summary>Distance between columns of C.</summary>
    public nint StepC;

    /// <summary>A's first element.</summary>
    public T* A;

    /// <summary>B's first element.</summary>
    public T* B;

    /// <summary>C's first element.</summary>
    public T* C;

    /// <summary>Factor of the product.</summary>
    public T Alpha;

    /// <summary>Factor of C.</summary>
    public T Beta;

    /// <summary>A in panels (<see cref="PanelLayout"/>), or null: then <see cref="A"/> is read.</summary>
    public T* PanelsOfA;

    /// <summary>Where row i of op(A) and step p of the depth meet.</summary>
    public readonly T* AtA(nint i, nint p) => TransposeA ? A + p + (i * StepA) : A + i + (p * StepA);

    /// <summary>Where step p of the depth and column j of op(B) meet.</summary>
    public readonly T* AtB(nint p, nint j) => TransposeB ? B + j + (p * StepB) : B + p + (j * StepB);
}
