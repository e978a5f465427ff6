"""a code that proves a guest's phone before cash on delivery

Revision ID: 0060
Revises: 0059
Create Date: 2026-11-22 02:55:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0060'
down_revision = '0059'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
CODES = sa.table('one_time_code', sa.column('user_id'))


def upgrade():
    op.add_column('checkout_draft', sa.Column('proven_phone', sa.String(20)))
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.alter_column('user_id', existing_type=KEY, nullable=True)
        batch_op.add_column(sa.Column('session_id', sa.String(43)))
        batch_op.create_foreign_key(op.f('fk_one_time_code_session_id'), 'session', ['session_id'], ['id'], ondelete='CASCADE')
        batch_op.create_check_constraint(op.f('ck_one_time_code_one_owner'), '(user_id IS NULL) <> (session_id IS NULL)')
        batch_op.create_index('uq_one_time_code_session_purpose', ['session_id', 'purpose'], unique=True)


def downgrade():
    op.execute(CODES.delete().where(CODES.c.user_id.is_(None)))
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.drop_index('uq_one_time_code_session_purpose')
        batch_op.drop_constraint(op.f('ck_one_time_code_one_owner'), type_='check')
        batch_op.drop_constraint(op.f('fk_one_time_code_session_id'), type_='foreignkey')
        batch_op.drop_column('session_id')
        batch_op.alter_column('user_id', existing_type=KEY, nullable=False)
    op.drop_column('checkout_draft', 'proven_phone')
