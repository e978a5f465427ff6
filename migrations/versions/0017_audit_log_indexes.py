"""an index for each way to narrow the audit log, in the order it is shown; and one for what undid a change

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-21 08:25:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

BEFORE = {'at': ['at'], 'person': ['person_id', 'id'], 'record': ['table_name', 'record_id', 'id'],
          'user': ['user_id', 'id']}
AFTER = {'at': ['at', 'id'], 'person': ['person_id', 'at', 'id'], 'record': ['table_name', 'record_id', 'at', 'id'],
         'user': ['user_id', 'at', 'id'], 'action': ['action', 'at', 'id'], 'table': ['table_name', 'at', 'id']}
UNDOES = sa.text('undoes IS NOT NULL')


def upgrade():
    _instead(BEFORE, AFTER)
    op.create_index('ix_audit_entry_undoes', 'audit_entry', ['undoes'], postgresql_where=UNDOES, sqlite_where=UNDOES)


def downgrade():
    op.drop_index('ix_audit_entry_undoes', table_name='audit_entry')
    _instead(AFTER, BEFORE)


def _instead(gone, come):
    for name in gone:
        op.drop_index(f'ix_audit_entry_{name}', table_name='audit_entry')
    for name, columns in come.items():
        op.create_index(f'ix_audit_entry_{name}', 'audit_entry', columns)
