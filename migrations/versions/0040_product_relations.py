"""products that go well with another

Revision ID: 0040
Revises: 0039
Create Date: 2026-11-21 14:35:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table('product_relation',
    sa.Column('product_id', ID, nullable=False),
    sa.Column('related_id', ID, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('product_id <> related_id', name=op.f('ck_product_relation_two_products')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_product_relation_product_id_product')),
    sa.ForeignKeyConstraint(['related_id'], ['product.id'], name=op.f('fk_product_relation_related_id_product')),
    sa.PrimaryKeyConstraint('product_id', 'related_id', name=op.f('pk_product_relation'))
    )


def downgrade():
    op.drop_table('product_relation')
