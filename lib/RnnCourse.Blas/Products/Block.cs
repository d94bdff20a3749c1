namespace RnnCourse.Blas.Products;

/// <summary>One block of a product: some rows, some columns, some steps of the depth.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct Block<T>
    where T : unmanaged
{
    /// <summary>The first row of C.</summary>
    public int Row;

    /// <summary>Rows of C.</summary>
    public int Rows;

    /// <summary>The first column of C.</summary>
    public int Column;

    /// <summary>Columns of C.</summary>
    public int Columns;

    /// <summary>The first step of the depth.</summary>
    public int Step;

    /// <summary>Steps of the depth.</summary>
    public int Depth;

    /// <summary>Factor of C for this block: the caller's for the first steps of the depth, 1 for the rest.</summary>
    public T Beta;

    /// <summary>Room for a panel of A.</summary>
    public T* PackedA;

    /// <summary>The block of B in panels, or null if B is read as it is stored.</summary>
    public T* PackedB;
}
