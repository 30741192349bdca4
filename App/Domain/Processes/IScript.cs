using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Processes;

/// <summary>What somebody wants a script to do.</summary>
/// <param name="Arguments">The arguments; their grammar is right.</param>
/// <param name="Files">The files sent along.</param>
/// <param name="IsLocal">Whether it is asked for at the shell of the machine, whose files may be named.</param>
public sealed record ScriptOrder(ScriptArguments Arguments, IReadOnlyList<ProcessFile> Files, bool IsLocal);

/// <summary>A script as it is offered: at the command line, over HTTP and as a form. <see cref="IProcessHandler"/> does its work.</summary>
public interface IScript
{
    /// <summary>The name, e.g. <c>import</c>.</summary>
    string Name { get; }

    /// <summary>A sentence on what it does.</summary>
    string Description { get; }

    /// <summary>The least role that may start it.</summary>
    Role Least { get; }

    /// <summary>What it can be given.</summary>
    IReadOnlyList<ScriptParameter> Parameters { get; }

    /// <summary>What a process with these arguments is called, e.g. <c>Import of theses.zip</c>.</summary>
    string TitleOf(ScriptArguments arguments);

    /// <summary>Checks what the grammar of the arguments cannot: that what they name exists, and that the caller may do this.</summary>
    /// <exception cref="PortalException">It cannot be done; the message is one sentence per reason.</exception>
    Task CheckAsync(ScriptOrder order, CancellationToken cancellationToken);
}
