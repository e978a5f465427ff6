"""The owner's pages of what products are sorted by."""

from __future__ import annotations

from shop.accounts.permissions import Permission as P
from tests.matrix.entries import entry, own, the

NOUNS = {"brands": "brand", "occasions": "occasion", "product-types": "product_type", "colours": "colour"}
TYPED = {"name": "Handloom", "hex": "#112233", "garment": "upper"}
TYPE = "/staff/product-types/<int:row_id>/size-table"
SIZE = "/staff/sizes/<int:size_id>"
SYNONYM = "/staff/synonyms/<int:synonym_id>"
CATEGORY = "/staff/categories/<int:category_id>"

SORTED_BY_PAGES = [
    line
    for noun, key in NOUNS.items()
    for line in (
        entry(f"GET /staff/{noun}", P.CATALOG_MANAGE),
        entry(f"GET /staff/{noun}/new", P.CATALOG_MANAGE),
        entry(f"POST /staff/{noun}/new", P.CATALOG_MANAGE, key, body=TYPED),
        entry(f"GET /staff/{noun}/<int:row_id>", P.CATALOG_MANAGE, row_id=the(f"spare {key}")),
        entry(f"POST /staff/{noun}/<int:row_id>", P.CATALOG_MANAGE, key, row_id=the(f"spare {key}"), body=TYPED),
        entry(f"GET /staff/{noun}/<int:row_id>/removal", P.CATALOG_MANAGE, row_id=the(f"spare {key}")),
        entry(f"POST /staff/{noun}/<int:row_id>/removal", P.CATALOG_MANAGE, key, row_id=the(f"spare {key}")),
    )
]
SORTED_BY_PAGES += [
    entry("GET /staff/filters", P.CATALOG_MANAGE),
    entry("POST /staff/filters", P.CATALOG_MANAGE, "attribute", body={"name": "Hem"}),
    entry("POST /staff/filters/<int:attribute_id>/removal", P.CATALOG_MANAGE, "attribute",
          attribute_id=the("filter")),
    entry(f"GET {TYPE}", P.CATALOG_MANAGE, row_id=the("spare product_type")),
    entry(f"POST {TYPE}", P.CATALOG_MANAGE, "product_type", row_id=the("spare product_type"),
          body={"column": ["Size", "Chest"], "cell": ["M", "104"]}),
    entry("GET /staff/sizes", P.CATALOG_MANAGE),
    entry("POST /staff/sizes", P.CATALOG_MANAGE, "size", body={"label": "7XL", "system": "letter"}),
    entry(f"GET {SIZE}", P.CATALOG_MANAGE, size_id=the("spare size")),
    entry(f"POST {SIZE}", P.CATALOG_MANAGE, "size", size_id=the("spare size"),
          body={"label": "8XL", "system": "letter"}),
    entry(f"POST {SIZE}/removal", P.CATALOG_MANAGE, "size", size_id=the("spare size")),
    entry("GET /staff/synonyms", P.CATALOG_MANAGE),
    entry("POST /staff/synonyms", P.CATALOG_MANAGE, "synonym", body={"words": "stole, shawl"}),
    entry("POST /staff/synonyms/text", P.CATALOG_MANAGE, "synonym", body={"text": "stole, shawl"}),
    entry(f"GET {SYNONYM}", P.CATALOG_MANAGE, synonym_id=the("spare synonym")),
    entry(f"POST {SYNONYM}", P.CATALOG_MANAGE, "synonym", synonym_id=the("spare synonym"),
          body={"words": "stole, wrap"}),
    entry(f"POST {SYNONYM}/removal", P.CATALOG_MANAGE, "synonym", synonym_id=the("spare synonym")),
    entry("GET /staff/empty-searches", P.CATALOG_MANAGE),
    entry("GET /staff/empty-searches/sheet", P.CATALOG_MANAGE),
    entry("GET /staff/categories", P.CATALOG_MANAGE),
    entry("GET /staff/categories/new", P.CATALOG_MANAGE),
    entry("POST /staff/categories/new", P.CATALOG_MANAGE, "category", body={"name": "Handloom"}),
    entry(f"GET {CATEGORY}", P.CATALOG_MANAGE, category_id=the("spare category")),
    entry(f"POST {CATEGORY}", P.CATALOG_MANAGE, "category", category_id=the("spare category"),
          body={"name": "Handloom"}),
    entry(f"POST {CATEGORY}/place", P.CATALOG_MANAGE, "category", category_id=the("spare category"),
          body={"parent": own("other category")}),
    entry(f"GET {CATEGORY}/removal", P.CATALOG_MANAGE, category_id=the("spare category")),
    entry(f"POST {CATEGORY}/removal", P.CATALOG_MANAGE, "category", category_id=the("spare category")),
]  # fmt: skip
