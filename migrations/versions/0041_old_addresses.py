"""addresses that products and categories had before; when a hidden product comes on the shelf

Revision ID: 0041
Revises: 0040
Create Date: 2026-11-21 14:40:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import UtcDateTime

# revision identifiers, used by Alembic.
revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
NAME = 'ix_product_publish_at'
SET = sa.text('publish_at IS NOT NULL')


def upgrade():
    op.create_table('product_slug',
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('product_id', ID, nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_product_slug_product_id_product')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_product_slug'))
    )
    op.create_table('category_slug',
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('category_id', ID, nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_category_slug_category_id_category')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_category_slug'))
    )
    op.add_column('product', sa.Column('publish_at', UtcDateTime(), nullable=True))
    op.create_index(NAME, 'product', ['publish_at'], unique=False, postgresql_where=SET, sqlite_where=SET)


def downgrade():
    op.drop_index(NAME, 'product')
    op.drop_column('product', 'publish_at')
    op.drop_table('category_slug')
    op.drop_table('product_slug')
