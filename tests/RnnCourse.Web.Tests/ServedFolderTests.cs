namespace RnnCourse.Web.Tests;

/// <summary>Tests of a folder of notebooks of their own and a server of it.</summary>
public abstract class ServedFolderTests : IAsyncLifetime
{
    private protected TestFolder Folder { get; } = new();

    /// <summary>The server; a test that ends it starts another one.</summary>
    private protected TestServer Server { get; set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(Folder);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
