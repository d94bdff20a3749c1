namespace RnnCourse.Web.Tests;

/// <summary>Tests with a separate folder of notebooks and a server for it.</summary>
public abstract class ServedFolderTests : IAsyncLifetime
{
    private protected TestFolder Folder { get; } = new();

    /// <summary>The server; a test that ends it starts another one.</summary>
    private protected TestServer Server { get; set; } = null!;

    public virtual async ValueTask InitializeAsync() => Server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a server of the folder.</summary>
    private protected virtual Task<TestServer> StartAsync() => TestServer.StartAsync(Folder);
}
