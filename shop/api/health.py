"""Says whether the shop answers: cheap, for apps and load balancers."""

from __future__ import annotations

from shop.api.door import ApiBlueprint
from shop.api.schemas.shop import Health
from shop.operations import health

bp = ApiBlueprint("health", "health", "Whether the shop answers")


@bp.get("")
@bp.response(200, Health)
def show() -> dict[str, str]:
    """Whether the shop and its database answer."""
    health.check()
    return {"status": "ok"}
