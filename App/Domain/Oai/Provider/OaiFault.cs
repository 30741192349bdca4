namespace AdminPortal.Domain.Oai.Provider;

/// <summary>A request that is right but cannot be answered by what is asked for.</summary>
internal sealed class OaiFault(OaiErrorCode code, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public OaiError Error => new(code, Message);
}
