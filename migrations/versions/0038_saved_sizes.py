"""sizes people save for their lists

Revision ID: 0038
Revises: 0037
Create Date: 2026-11-21 12:58:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table('saved_size',
    sa.Column('user_id', ID, nullable=False),
    sa.Column('wearer', sa.String(length=10), nullable=False),
    sa.Column('garment', sa.String(length=12), nullable=False),
    sa.Column('size_id', ID, nullable=False),
    sa.ForeignKeyConstraint(['size_id'], ['size.id'], name=op.f('fk_saved_size_size_id_size'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_saved_size_user_id_user_account')),
    sa.PrimaryKeyConstraint('user_id', 'wearer', 'garment', 'size_id', name=op.f('pk_saved_size'))
    )


def downgrade():
    op.drop_table('saved_size')
