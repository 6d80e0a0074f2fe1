"""Other people's programs: how each is started, and what it gets of the environment.

A program gets the variables of the list below and no others. Any other could change what
it does, and may hold what is none of its business: a token, a password, a private value.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from cvtex.home import program_path

if TYPE_CHECKING:
    import subprocess

Need = Literal["network", "desktop"]

PASSED: Mapping[Need | None, tuple[str, ...]] = {
    # where programs, the user's own files and settings, and temporary files are
    None: (
        *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEXMFHOME", "TECTONIC_CACHE_DIR"),
        *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    ),
    # what fetches something: proxies, certificates, the package index
    "network": (
        *("http_proxy", "https_proxy", "no_proxy", "all_proxy"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NETRC"),
        *("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_FIND_LINKS"),
        *("PIP_TRUSTED_HOST", "PIP_CERT", "PIP_CLIENT_CERT", "PIP_PROXY", "PIP_CONFIG_FILE"),
        *("PIP_CACHE_DIR", "PIP_DEFAULT_TIMEOUT", "PIP_RETRIES"),
    ),
    # what opens a window: the display, the session, the user's language
    "desktop": (
        *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "ICEAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"),
        *("XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_SESSION_ID", "XDG_CURRENT_DESKTOP"),
        *("XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "XDG_STATE_HOME", "DESKTOP_SESSION", "BROWSER"),
        *("KDE_FULL_SESSION", "KDE_SESSION_VERSION", "GNOME_DESKTOP_SESSION_ID"),
        *("GTK_THEME", "GDK_SCALE", "QT_SCALE_FACTOR", "QT_QPA_PLATFORMTHEME"),
        *("WSL_DISTRO_NAME", "WSL_INTEROP", "WSLENV", "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"),
    ),
}
"""The variables that pass: to every program, and to one that needs the network or a desktop."""


ONLINE: tuple[Need, ...] = ("network",)
SHOWN: tuple[Need, ...] = ("desktop",)


def environment(needs: Collection[Need] = ()) -> dict[str, str]:
    """Return the whole environment of a program that has these `needs`.

    The folders of PATH are absolute; but on a desktop, where a person reads, programs speak
    English in UTF-8.
    """
    names = [name for need in (None, *needs) for name in PASSED[need]]
    passed = {name: os.environ[name] for name in names if os.environ.get(name)}
    passed["PATH"] = program_path(passed.get("PATH", ""))
    return passed if "desktop" in needs else {**passed, "LC_ALL": "C.UTF-8"}


def run(
    command: Sequence[str], *, needs: Collection[Need] = (), **given: Any
) -> subprocess.CompletedProcess[Any]:
    """Run a command until it ends; `given` is as for `subprocess.run`, `env` is added to the
    environment. Raises what `subprocess.run` does."""
    import subprocess

    given["env"] = environment(needs) | given.get("env", {})
    return subprocess.run(command, **given)


def start(
    command: Sequence[str], *, needs: Collection[Need] = (), **given: Any
) -> subprocess.Popen[Any]:
    """Start a command; `given` is as for `subprocess.Popen`, `env` is added to the environment.
    Raises OSError."""
    import subprocess

    given["env"] = environment(needs) | given.get("env", {})
    return subprocess.Popen(command, **given)
