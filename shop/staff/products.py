"""The owner's shelf: the list of products and the page of one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.catalog.models import Product
from shop.catalog.pictures import ShownPicture, picture_of_row
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, is_htmx, page
from shop.lib.queries import one_or_404, page_of
from shop.merchandising import owner_queries
from shop.merchandising.products.editing import edit_product
from shop.merchandising.products.fields import version_of
from shop.merchandising.products.publishing import lacking
from shop.staff.forms.bulk_edit import ActionForm
from shop.staff.forms.paging import page_number, text_of
from shop.staff.forms.products import ProductForm
from shop.staff.picture_card import card
from shop.staff.saves import flash_saved
from shop.store.queries import store

bp = Blueprint("staff_products", __name__, url_prefix="/staff/products")
bp.before_request(require_permission)
VIEWS = {"": "All", "shelf": "On the shelf", owner_queries.SCHEDULED: "Scheduled", "hidden": "Hidden",
         "low": "Low stock", "out": "Sold out", owner_queries.DELETED: "Deleted"}  # fmt: skip


@bp.get("")
@needs(Permission.PRODUCT_READ)
def index() -> Response:
    """All products, by view and search."""
    text, view = text_of(request.args), request.args.get("view", "")
    view = view if view in VIEWS else ""
    found = page_of(owner_queries.products_matching(text, view), page_number(request.args))
    return page(
        "staff/products/index.html",
        products_page=found,
        figures=owner_queries.figures_of(product.id for product in found.items),
        pictures={product.id: first_picture(product) for product in found.items},
        text=text,
        view=view,
        views=[_view(code, title, text, view) for code, title in VIEWS.items()],
        page_url=lambda number: url_for(".index", q=text or None, view=view or None, page=number),
        may_add=visitor().can(Permission.PRODUCT_UPDATE),
        bulk=_bulk_form() if visitor().can(Permission.PRODUCT_UPDATE) and view in owner_queries.VIEWS else None,
        is_deleted=view == owner_queries.DELETED,
        may_export=visitor().can(Permission.JOB_READ) and view in owner_queries.VIEWS,
        may_import=visitor().can(Permission.JOB_READ) and visitor().can(Permission.PRODUCT_UPDATE),
    )


@bp.get("/<int:product_id>")
@needs(Permission.PRODUCT_READ)
def show(product_id: int) -> Response:
    """The page of one product."""
    product = _product(product_id)
    form = _form(ProductForm(formdata=None))
    form.fill(product)
    return _page(product, form)


@bp.post("/<int:product_id>")
@needs(Permission.PRODUCT_UPDATE)
def save(product_id: int) -> Response:
    """Change it."""
    form = _form(ProductForm())
    if form.validate():
        try:
            edit_product(product_id, form.fields(), form.version.data or "")
        except ShopError as error:
            return _refused(product_id, form, error)
        flash_saved()
        return go_to(url_for(".show", product_id=product_id))
    return _page(_product(product_id), form, 422)


@bp.get("/<int:product_id>/variants")
@needs(Permission.PRODUCT_READ)
def variants(product_id: int) -> Response:
    """Its variants as rows under its line in the list; without htmx the page of the product shows them."""
    product = _product(product_id)
    if not is_htmx():
        return go_to(url_for(".show", product_id=product_id, _anchor="variants"))
    return page("staff/products/variants.fragments.html", product=product, **_variants(product))


def product_page(product_id: int, status: int, **more: Any) -> Response:
    """The page of a product after something on it was refused; `more` is what the part it is about shows."""
    product = _product(product_id)
    form = _form(ProductForm(formdata=None))
    form.fill(product)
    return _page(product, form, status, **more)


def first_picture(product: Product) -> ShownPicture | None:
    """The picture that stands for a product in a list."""
    pictures = product.pictures
    return picture_of_row(pictures[0]) if pictures else None


def _page(product: Product, form: ProductForm, status: int = 200, **more: Any) -> Response:
    shown = _variants(product)
    colours = {row.Variant.colour_id: row.Variant.colour.name for row in shown["variants"]}
    more = more or card(product.id, list(colours.items()))
    waits = product.publish_at is not None and product.publish_at <= now()
    about = {"time_zone": store().time_zone, "lacking": lacking(product) if waits else ""}
    return page("staff/products/show.html", status, product=product, form=form, **about, **shown, **more)


def _refused(product_id: int, form: ProductForm, error: ShopError) -> Response:
    """The page with what was typed. After somebody else's save, saving again replaces it knowingly."""
    form.blame(error)
    product = _product(product_id)
    form.version.data = version_of(product)
    return _page(product, form, 422)


def _product(product_id: int) -> Product:
    return one_or_404(owner_queries.product_for_edit(product_id))


def _variants(product: Product) -> dict[str, Any]:
    found = db.session.execute(owner_queries.variants_with_stock(product.id)).all()
    rights = {"can_price": Permission.PRODUCT_UPDATE, "can_count": Permission.STOCK_ADJUST}
    return {"variants": found, **{name: visitor().can(right) for name, right in rights.items()}}


def _form(form: ProductForm) -> ProductForm:
    form.offer()
    return form


def _bulk_form() -> ActionForm:
    form = ActionForm(formdata=None)
    form.offer()
    return form


def _view(code: str, title: str, text: str, here: str) -> dict[str, object]:
    return {"title": title, "url": url_for(".index", q=text or None, view=code or None), "is_current": code == here}
