"""addresses that products and categories had before

Revision ID: 0041
Revises: 0040
Create Date: 2026-11-21 14:40:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


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


def downgrade():
    op.drop_table('category_slug')
    op.drop_table('product_slug')
