namespace RnnCourse.Web.Tests.Assets;

/// <summary>Tests in a browser, with a separate folder of notebooks and a server for it. Without a browser they are
/// skipped before anything is started.</summary>
public abstract class ServedPageTests(Browser browser) : ServedFolderTests
{
    private protected Browser Browser { get; } = browser;

    public override ValueTask InitializeAsync()
    {
        Browser.Require();
        return base.InitializeAsync();
    }
}
