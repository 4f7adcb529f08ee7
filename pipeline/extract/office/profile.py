"""What LibreOffice is started with: settings and an environment in which a hostile file can neither act nor call out."""

from __future__ import annotations

from pathlib import Path

_PROXY = "127.0.0.1"
_DEAD_PORT = 9  # "discard": nobody answers there
_COMMON = "/org.openoffice.Office.Common"
_SCRIPTING = f"{_COMMON}/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"

# Writer counts 0 never, 1 on request, 2 always; Calc, which a table inside a text may wake, 0 always, 1 never.
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Load", "UserDefinedSettings", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetNoProxy", ""),
    *((_INTERNET, f"ooInet{kind}ProxyName", _PROXY) for kind in ("HTTP", "HTTPS", "FTP")),
    *((_INTERNET, f"ooInet{kind}ProxyPort", str(_DEAD_PORT)) for kind in ("HTTP", "HTTPS", "FTP")),
    # A version that no release reaches: else half a second goes into drawing tests at every start.
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.0"),
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'


def write_profile(folder: Path) -> None:
    """Makes a user profile: no macros, no links, no network."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(f"{_HEAD}{items}</oor:items>\n", encoding="utf-8")


def environment(home: Path) -> dict[str, str]:
    """The whole environment of a start: nothing of the user's own, and proxies where nobody answers."""
    dead = f"http://{_PROXY}:{_DEAD_PORT}"
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
        "http_proxy": dead,
        "https_proxy": dead,
        "ftp_proxy": dead,
        "all_proxy": dead,
        "no_proxy": "",
    }
