namespace AdminPortal.Domain.Items;

/// <summary>How far the repository promises to keep a format readable.</summary>
public enum SupportLevel
{
    /// <summary>The format is not recognised; the bits are kept.</summary>
    Unknown,

    /// <summary>The format is recognised; the bits are kept.</summary>
    Known,

    /// <summary>The format will be kept readable.</summary>
    Supported,
}
