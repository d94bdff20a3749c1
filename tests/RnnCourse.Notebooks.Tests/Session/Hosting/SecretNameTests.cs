using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

public sealed class SecretNameTests
{
    [Theory]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("client_secret", true)]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("PGPASSFILE", true)]
    [InlineData("MYSQL_PWD", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("OPENAI_API_KEY", true)]
    [InlineData("NUGET_APIKEY", true)]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS", true)]
    [InlineData("ConnectionStrings__Main", true)]
    [InlineData("SSH_AUTH_SOCK", true)]
    [InlineData("SENTRY_DSN", true)]
    [InlineData("JWT", true)]
    [InlineData("SLACK_WEBHOOK_URL", true)]
    [InlineData("OTP_SEED", true)]
    [InlineData("STRIPE_SK", true)]
    [InlineData("SESSIONID", true)]
    [InlineData("SESSION_MANAGER", false)]
    [InlineData("SPIN_COUNT", false)]
    [InlineData("PWD", false)]
    [InlineData("OLDPWD", false)]
    [InlineData("PATH", false)]
    [InlineData("GIT_AUTHOR_NAME", false)]
    [InlineData("MONKEY", false)]
    [InlineData("DOTNET_EnableAVX2", false)]
    public void A_name_tells_whether_a_value_may_be_secret(string name, bool secret) =>
        Assert.Equal(secret, SecretName.Matches(name));
}
