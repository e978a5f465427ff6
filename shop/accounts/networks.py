"""Where requests come from."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


def network_of(address: str | None) -> str:
    """What one customer of a provider holds: an IPv4 address, or the /64 network around an IPv6 one."""
    written = address or "unknown"
    try:
        here = ip_address(written)
    except ValueError:
        return written
    return str(here) if here.version == 4 else str(ip_network((here, 64), strict=False))
