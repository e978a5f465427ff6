"""people take their data along and delete their accounts

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-21 08:45:00.000000

"""
import sqlalchemy as sa
from alembic import op

from shop.lib.columns import EncryptedText, UtcDateTime

# revision identifiers, used by Alembic.
revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    op.create_table('farewell',
    sa.Column('user_id', ID, autoincrement=False, nullable=False),
    sa.Column('email', EncryptedText(), nullable=False),
    sa.Column('name', EncryptedText(), nullable=False),
    sa.Column('erased_by', ID, nullable=False),
    sa.Column('created_at', UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_farewell'))
    )
    op.create_table('data_export',
    sa.Column('id', ID, nullable=False),
    sa.Column('user_id', ID, nullable=False),
    sa.Column('asked_at', UtcDateTime(timezone=True), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.Column('parts_done', sa.Integer(), nullable=False),
    sa.Column('ready_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('expires_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_data_export_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_export')),
    sa.UniqueConstraint('user_id', name=op.f('uq_data_export_user_id'))
    )
    op.create_index(op.f('ix_data_export_expires_at'), 'data_export', ['expires_at'], unique=False)
    op.add_column('user_account', sa.Column('erased_at', UtcDateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('user_account', 'erased_at')
    op.drop_table('data_export')
    op.drop_table('farewell')
