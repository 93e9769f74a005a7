"""Refuses every connection and name lookup that would leave this computer, and remembers it."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

ATTEMPTS_FILE = "FOOTNOTE_TEST_NETWORK_ATTEMPTS"  # where child processes write down theirs


class NetworkRefused(OSError):
    """Something tried to reach another computer."""


def is_local(host: object) -> bool:
    """Whether a host, as given to a socket, is this computer."""
    if host is None:
        return True
    name = os.fsdecode(host) if isinstance(host, (bytes, str)) else str(host)
    if name in ("", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False  # a name that only a server could resolve
    return address.is_loopback or address.is_unspecified


def watch(event: str, arguments: Sequence[object]) -> None:
    """An audit hook: raises `NetworkRefused` when `event` would leave this computer."""
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if not isinstance(address, tuple) or not isinstance(address[0], (str, bytes)):
            return  # a local socket with a path, or a kernel's own address family
        host: object = address[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not is_local(host):
        message = f"{event} to {host!r}"
        with Path(os.environ[ATTEMPTS_FILE]).open("a", encoding="utf-8") as attempts:
            attempts.write(message + "\n")
        raise NetworkRefused(f"tests have no network: {message}")


def install() -> None:
    """Guard this process; it cannot be undone. Needs `ATTEMPTS_FILE` in the environment."""
    sys.addaudithook(watch)
