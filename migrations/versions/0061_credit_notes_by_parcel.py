"""several credit notes over goods nobody paid: one for each parcel that came back

Revision ID: 0061
Revises: 0060
Create Date: 2026-11-22 03:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0061'
down_revision = '0060'
branch_labels = None
depends_on = None

CAME_BACK = sa.text("kind = 'credit_note' AND refund_id IS NULL")


def upgrade():
    op.drop_index('uq_invoice_came_back', table_name='invoice')


def downgrade():
    op.create_index('uq_invoice_came_back', 'invoice', ['corrects_id'], unique=True,
                    sqlite_where=CAME_BACK, postgresql_where=CAME_BACK)
