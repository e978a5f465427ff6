"""product search

Full-text search is written by hand: a virtual table on SQLite, a tsvector with its index on PostgreSQL.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21 02:30:00.000000

"""
from alembic import op

# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    if op.get_context().dialect.name == 'sqlite':
        op.execute(
            "CREATE VIRTUAL TABLE product_search USING fts5("
            "name, kind, facets, rest, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )
        return
    op.execute(
        "CREATE TABLE product_search ("
        "product_id BIGINT PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE, document TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_product_search_document ON product_search USING gin (document)")


def downgrade():
    op.execute("DROP TABLE product_search")
