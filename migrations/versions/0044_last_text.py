"""an account without e-mail is told of its deletion by text message

Revision ID: 0044
Revises: 0043
Create Date: 2026-11-21 14:55:00.000000

"""
import sqlalchemy as sa
from alembic import op
from shop.lib.columns import EncryptedText

# revision identifiers, used by Alembic.
revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None

farewell = sa.table('farewell', sa.column('email', sa.LargeBinary))


def upgrade():
    with op.batch_alter_table('farewell', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phone', EncryptedText(), nullable=True))
        batch_op.alter_column('email', existing_type=EncryptedText(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f('ck_farewell_one_address'), '(email IS NULL) <> (phone IS NULL)')


def downgrade():
    op.execute(farewell.delete().where(farewell.c.email.is_(None)))
    with op.batch_alter_table('farewell', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_farewell_one_address'), type_='check')
        batch_op.alter_column('email', existing_type=EncryptedText(), nullable=False)
        batch_op.drop_column('phone')
