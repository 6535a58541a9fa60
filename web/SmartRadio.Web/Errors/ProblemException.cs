namespace SmartRadio.Web.Errors;

/// <summary>A request that cannot be carried out as it came; <paramref name="code"/> names the sentence.</summary>
internal sealed class ProblemException(int status, string code) : Exception(code)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
