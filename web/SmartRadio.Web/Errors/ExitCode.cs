namespace SmartRadio.Web.Errors;

/// <summary>How the process ends when it does not start; values above 1 as in sysexits.h of the BSDs.</summary>
internal enum ExitCode
{
    /// <summary>A setting, a port, or whatever the sentence says.</summary>
    Failed = 1,

    /// <summary>EX_DATAERR: data or archive are damaged, incomplete or foreign.</summary>
    Data = 65,

    /// <summary>EX_NOPERM: the program's account may not.</summary>
    NoPermission = 77,
}
