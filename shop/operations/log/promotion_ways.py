"""How changes of coupons and discounts are undone: by their own services."""

from __future__ import annotations

from shop.accounts.permissions import Permission
from shop.extensions import db
from shop.operations.log.way import Way
from shop.promotions import services
from shop.promotions.models import Promotion, PromotionScope

WAYS = (
    Way(
        Promotion,
        Permission.COUPON_UPDATE,
        lambda row, values, _may: services.put_back(row.id, values),
        remove=lambda row, _may: services.delete_promotion(row.id),
        hold=lambda key: services.held(*key),
    ),
    Way(
        PromotionScope,
        Permission.COUPON_UPDATE,
        make=lambda values, _may: db.session.add(PromotionScope(**values)),
        remove=lambda row, _may: db.session.delete(row),
        hold=lambda key: services.held(int(key[0])),
    ),
)
