namespace AdminPortal.Domain.Common;

/// <summary>A refusal. Its message is for the person: it names the thing, the place and the remedy.</summary>
public class PortalException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>What was asked for does not exist, or not for this caller.</summary>
public sealed class NotFoundException(string message) : PortalException(message);

/// <summary>What was asked for contradicts what is stored, e.g. a name that is already taken.</summary>
public sealed class ConflictException(string message) : PortalException(message);

/// <summary>The caller may not do this.</summary>
public sealed class ForbiddenException(string message) : PortalException(message);

/// <summary>What was sent is larger than a limit, or than the disk has room for.</summary>
public sealed class TooLargeException(string message) : PortalException(message);

/// <summary>What was sent can be read, but not be stored as it is.</summary>
public sealed class UnusableException(string message) : PortalException(message);

/// <summary>It cannot be done now, whatever is asked; later it can.</summary>
public sealed class UnavailableException(string message, Exception? innerException = null) : PortalException(message, innerException);
