namespace AdminPortal.Domain.Common;

/// <summary>What an eperson may do in general; what a curator may do depends on the collection as well.</summary>
public enum Role
{
    /// <summary>May look at what is published.</summary>
    User,

    /// <summary>May also work on the communities and collections that were given to them.</summary>
    Curator,

    /// <summary>May do everything.</summary>
    Administrator,
}

/// <summary>
/// On whose behalf the services of this scope act. Each edge (request, circuit, command, process) says so once, before it calls a service;
/// until then nobody is signed in.
/// </summary>
public sealed class Caller
{
    /// <summary>The name of whoever has the shell of the machine.</summary>
    public const string Operator = "operator";

    /// <summary>The eperson's id; null for the operator at the command line and for visitors.</summary>
    public Guid? Id { get; private set; }

    /// <summary>The eperson's e-mail address, or <c>operator</c> at the command line.</summary>
    public string Name { get; private set; } = "visitor";

    /// <summary>The general role; null for a visitor.</summary>
    public Role? Role { get; private set; }

    /// <summary>Whether everything is allowed.</summary>
    public bool IsAdministrator => Role == Common.Role.Administrator;

    /// <summary>Whether it is whoever has the shell of the machine.</summary>
    public bool IsOperator => IsAdministrator && Id is null;

    /// <summary>Acts for an eperson from now on.</summary>
    public void Become(Guid id, string name, Role role) => (Id, Name, Role) = (id, name, role);

    /// <summary>Acts for whoever has the shell of the machine, who may do everything.</summary>
    public void BecomeOperator() => (Id, Name, Role) = (null, Operator, Common.Role.Administrator);

    /// <summary>Acts for nobody, e.g. because the session has ended.</summary>
    public void BecomeVisitor() => (Id, Name, Role) = (null, "visitor", null);

    /// <summary>Refuses unless the caller is an administrator.</summary>
    /// <param name="action">What is being attempted, as the end of "Only an administrator may …".</param>
    /// <exception cref="ForbiddenException">The caller is not an administrator.</exception>
    public void RequireAdministrator(string action)
    {
        if (!IsAdministrator)
        {
            throw new ForbiddenException($"Only an administrator may {action}. Ask one to do it, or to change your role.");
        }
    }
}
