namespace RnnCourse.Blas.Kernels;

/// <summary>How a kernel finds element (p, j) of B.</summary>
internal interface ILayoutOfB
{
    /// <summary>Gets whether it is <c>b[p·step + j]</c>; else it is <c>b[j·step + p]</c>.</summary>
    static abstract bool ByRows { get; }
}

/// <summary>The row of one step of the depth is contiguous: a packed B, or a transposed one as stored.</summary>
internal readonly struct RowsOfB : ILayoutOfB
{
    public static bool ByRows => true;
}

/// <summary>Each column is contiguous: B as stored.</summary>
internal readonly struct ColumnsOfB : ILayoutOfB
{
    public static bool ByRows => false;
}
