"""Forms of coupons and automatic discounts."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, or_, select
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from shop.accounts.customers.groups import groups
from shop.catalog.lookups import brands
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.errors import ShopError, WrongFields
from shop.lib.http.incoming import stripped
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.merchandising.categories.queries import places_for
from shop.promotions.listing import SORTS, TYPES, Wanted
from shop.promotions.models import LONGEST_NAME, ScopeKind
from shop.promotions.queries import coupon_code
from shop.promotions.rules import Kind
from shop.promotions.terms import Terms
from shop.promotions.wording import names_for
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MomentField, MoneyField, WholeField
from shop.staff.forms.products import choices, number_of

KINDS = {
    Kind.PERCENT: "Percent off",
    Kind.FIXED: "An amount off",
    Kind.BUY_GET: "Buy some, get some for less",
    Kind.FREE_DELIVERY: "Free delivery",
}
TYPE_WORDS = {"": "All", "coupon": "Coupons", "automatic": "Automatic"}
SORT_WORDS = {"newest": "Newest", "name": "Code or name", "ends": "Ends first", "uses": "Most used"}
SAME = (
    "name", "kind", "minimum", "most", "starts_at", "ends_at", "uses_limit", "uses_each", "first_order", "is_public",
    "combines", "priority",
)  # fmt: skip
"""Fields that are called as the terms are, and hold the same."""
LIMITS = {"category_ids": "categories", "brand_ids": "brands", "product_ids": "products"}
MOST_PRODUCTS = 200
SEPARATOR = re.compile(r"[\s,;]+")


class CouponFilterForm(StaffForm):
    """Which coupons are looked for; a value that makes no sense counts as none."""

    q = StringField("Search")
    type = SelectField("Kind", choices=[SelectChoice(*one) for one in TYPE_WORDS.items()])
    sort = SelectField("Order", choices=[SelectChoice(*one) for one in SORT_WORDS.items()])

    def wanted(self, standing: str) -> Wanted:
        """The filter as plain values."""
        return Wanted(
            standing,
            (self.q.data or "").strip()[:100],
            type=self.type.data if self.type.data in TYPES else "",
            sort=self.sort.data if self.sort.data in SORTS else Wanted.sort,
        )


class ShareField(MoneyField):
    """Percent such as 12.5 %, or an amount; hundredths of either, as Money."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([valuelist[0].strip().removesuffix("%").strip()] if valuelist else [])


class CouponForm(StaffForm):
    """Everything that is settled of a coupon or discount."""

    code = StringField("Code", description="What shoppers type, whatever its case. Empty for one that comes by itself.")
    name = StringField(
        "Name", filters=[stripped], validators=[Length(max=LONGEST_NAME)], description="What bags and orders call it."
    )
    kind = SelectField("What it gives", choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()])
    value = ShareField("How much", description="Percent, or an amount. Of buy some, get some: 100 for free.")
    buy = WholeField("Buy", description="Pieces at their price.")
    get = WholeField("Get", description="The cheapest of them, for less.")
    minimum = MoneyField("Minimum order", description="What the goods have to come to.")
    most = MoneyField("Maximum discount", description="What a percentage never exceeds.")
    starts_at = MomentField("From", description="Empty begins it now.")
    ends_at = MomentField("Until", description="Empty lets it run until you end it.")
    uses_limit = WholeField("Uses in all", description="Empty for as many as come.")
    uses_each = WholeField("Uses per customer", description="Empty for as often as they like.")
    first_order = BooleanField("Only on a first order")
    group_id = SelectField("Only for the group", default="")
    categories = SelectMultipleField("Categories", coerce=number_of)
    brands = SelectMultipleField("Brands", coerce=number_of)
    products = TextAreaField("Products", description="SKUs, or the last parts of their addresses; one a line.")
    is_public = BooleanField("Show it to shoppers", description="Bags offer it, and say what is missing for it.")
    combines = BooleanField("Counts beside other discounts")
    priority = WholeField("Priority", description="0 to 100: where the order matters, the highest comes first.")

    def offer(self, terms: Terms = Terms()) -> CouponForm:
        """Fill in what can be chosen, and what is chosen though it was deleted since: it stays until it is unticked."""
        named = [SelectChoice(str(group.id), group.name) for group in rows(groups())]
        self.group_id.choices = [SelectChoice("", "Everybody"), *named]
        self.named = {
            "categories": places_for(),
            "brands": [(brand.id, brand.name) for brand in rows(brands(resting=True))],
        }
        names = names_for([terms]).of_scope
        for field, kind in (("categories", ScopeKind.CATEGORY), ("brands", ScopeKind.BRAND)):
            there = {id for id, _ in self.named[field]}
            gone = [(id, f"{name} (deleted)") for id, name in names[kind].items() if id not in there]
            self.named[field] += gone
            self[field].choices = choices(self.named[field])
        return self

    def blame(self, error: ShopError) -> None:
        """Show a refusal at each field it is about, by the fields' own names."""
        if isinstance(error, WrongFields):
            problems = {LIMITS.get(name, name): problem for name, problem in error.problems.items()}
            error = WrongFields(str(error), problems)
        super().blame(error)

    def begin_with(self, terms: Terms) -> CouponForm:
        """Show terms that are there already."""
        for name in SAME:
            self[name].data = getattr(terms, name)
        self.code.data, self.value.data = terms.code, Money(terms.value) if terms.value else None
        self.buy.data, self.get.data = terms.buy or None, terms.get or None
        self.group_id.data = str(terms.group_id or "")
        self.categories.data, self.brands.data = list(terms.category_ids), list(terms.brand_ids)
        slugs = select(Product.slug).where(Product.id.in_(terms.product_ids)).order_by(Product.slug)
        self.products.data = "\n".join(db.session.scalars(slugs)) if terms.product_ids else ""
        return self

    def validate_value(self, field: Field) -> None:
        if self.kind.data != Kind.FREE_DELIVERY and field.data is None:
            raise ValidationError("Enter percent, or an amount.")

    def validate_kind(self, field: Field) -> None:
        InputRequired("Choose what it gives.")(self, field)

    def validate_products(self, field: Field) -> None:
        self.product_ids = _products(field.data or "")

    def terms(self) -> Terms:
        """What was entered, as the service takes it; to be asked once the form is valid."""
        values: dict[str, Any] = {name: self[name].data for name in SAME} | {"kind": Kind(self.kind.data)}
        values["code"] = coupon_code(self.code.data or "") or None
        values["value"] = self.value.data.minor if self.value.data else 0
        values |= {"priority": self.priority.data or 0, "buy": self.buy.data or 0, "get": self.get.data or 0}
        return Terms(
            **values,
            group_id=int(self.group_id.data) if self.group_id.data else None,
            category_ids=frozenset(self.categories.data or ()),
            brand_ids=frozenset(self.brands.data or ()),
            product_ids=self.product_ids,
        )


def _products(text: str) -> frozenset[int]:
    """The products that SKUs and addresses name; a ValidationError names the first that is none."""
    typed = [word.rpartition("/")[2].partition("?")[0] for word in SEPARATOR.split(text) if word]
    if len(typed) > MOST_PRODUCTS:
        raise ValidationError(f"Name at most {MOST_PRODUCTS}; for more, choose their categories or brands.")
    if not typed:
        return frozenset()
    named = select(Product.id, Product.slug, func.upper(Variant.sku)).outerjoin(
        Variant, Variant.product_id == Product.id
    )
    skus = [word.upper() for word in typed]
    found = db.session.execute(
        named.where(Product.deleted_at.is_(None), or_(Product.slug.in_(typed), func.upper(Variant.sku).in_(skus)))
    ).all()
    known = {name for _, slug, sku in found for name in (slug, sku)}
    if missing := next((word for word in typed if word not in known and word.upper() not in known), None):
        raise ValidationError(f"There is no product {missing[:60]}.")
    return frozenset(row[0] for row in found)
