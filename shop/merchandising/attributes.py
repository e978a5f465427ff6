"""The owner chooses which details of products shoppers filter by; listings follow in the same unit, or by a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from shop.catalog.attributes import details_of, slug_of
from shop.catalog.models import Attribute, AttributeValue, Product, ProductAttribute
from shop.catalog.models.lookups import LONGEST_NAME
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.jobs.models import Job
from shop.lib.queries import one_or_404, rows
from shop.merchandising.lookups.errors import NameTaken
from shop.merchandising.lookups.naming import unique
from shop.merchandising.relisting import relist

AT_ONCE = 2_000
LOOKED_AT = 300


@dataclass(frozen=True)
class Filter:
    """A detail shoppers filter by, with how much there is of it on the shelf."""

    attribute: Attribute
    values: int
    products: int


def filters() -> list[Filter]:
    """All of them by name, in two statements."""
    of_value = select(AttributeValue.attribute_id, func.count(AttributeValue.id.distinct()), func.count())
    of_value = of_value.join(ProductAttribute, ProductAttribute.value_id == AttributeValue.id)
    counted = {id_: both for id_, *both in db.session.execute(of_value.group_by(AttributeValue.attribute_id)).all()}
    found = rows(select(Attribute).order_by(func.lower(Attribute.name), Attribute.id))
    return [Filter(attribute, *counted.get(attribute.id, (0, 0))) for attribute in found]


def suggestions() -> list[str]:
    """Details that the newest products state and nobody filters by yet, the most common first."""
    newest = select(Product.specifications).where(Product.deleted_at.is_(None)).order_by(Product.id.desc())
    stated = Counter(name for said in db.session.scalars(newest.limit(LOOKED_AT)) for name in said)
    taken = set(db.session.scalars(select(Attribute.slug)))
    return [name for name, _ in stated.most_common() if slug_of(name) and slug_of(name) not in taken]


def add_filter(name: str) -> Job | None:
    """Let shoppers filter by a detail; the job, if listings are written by one.

    Raises ShopError for a name without a letter, NameTaken for a detail that is there.
    """
    slug = slug_of(name)
    if not slug or len(name) > LONGEST_NAME:
        raise ShopError("Enter the name of a detail, like Fit.", field="name")
    if db.session.scalar(select(Attribute.id).where(Attribute.slug == slug)):
        raise NameTaken("Shoppers filter by it already.", field="name")
    with unique():
        db.session.add(Attribute(slug=slug, name=name))
    return relist(_stating(slug))


def remove_filter(attribute_id: int) -> Job | None:
    """Stop it; products go on saying what they say. Raises NotFound."""
    attribute = one_or_404(select(Attribute).where(Attribute.id == attribute_id).with_for_update())
    having = select(ProductAttribute.product_id).join(AttributeValue, AttributeValue.id == ProductAttribute.value_id)
    ids = db.session.scalars(having.where(AttributeValue.attribute_id == attribute_id)).all()
    db.session.delete(attribute)
    db.session.flush()
    return relist(ids)


def _stating(slug: str) -> Sequence[int]:
    """The products on the shelf that state a detail; names are compared here, as both databases fold them alike."""
    shown = select(Product.id, Product.specifications).where(
        Product.published_at.is_not(None), Product.deleted_at.is_(None)
    )
    found = db.session.execute(shown.execution_options(yield_per=AT_ONCE))
    return [product_id for product_id, said in found if slug in details_of(said)]
