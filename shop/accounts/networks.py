"""Where requests come from."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address


def network_of(address: str | None) -> str:
    """What one customer of a provider holds: an IPv4 address, or the /64 network around an IPv6 one.

    A server that listens on both sees IPv4 as ::ffff:203.0.113.7; all of those lie in one /64.
    """
    written = address or "unknown"
    try:
        here = ip_address(written)
    except ValueError:
        return written
    if isinstance(here, IPv6Address):
        return str(here.ipv4_mapped or IPv6Network((int(here), 64), strict=False))
    return str(here)
