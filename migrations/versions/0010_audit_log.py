"""the audit log, its seals and people's keys; the permissions to read it and to undo

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-21 07:10:00.000000

"""
import sqlalchemy as sa
from alembic import op

import shop.lib.columns

# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
PERMISSIONS = ('audit:read', 'audit:undo')
APPEND_ONLY = ('audit_entry', 'audit_seal')
role = sa.table('role', sa.column('id', sa.Integer), sa.column('name', sa.String))
granted = sa.table('role_permission', sa.column('role_id', sa.Integer), sa.column('permission', sa.String))


def upgrade():
    op.create_table('audit_entry',
    sa.Column('id', ID, nullable=False),
    sa.Column('at', shop.lib.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('action', sa.String(length=10), nullable=False),
    sa.Column('table_name', sa.String(length=63), nullable=False),
    sa.Column('record_id', sa.String(length=200), nullable=False),
    sa.Column('person_id', ID, nullable=True),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('actor_kind', sa.String(length=10), nullable=False),
    sa.Column('actor', sa.String(length=160), nullable=True),
    sa.Column('user_id', ID, nullable=True),
    sa.Column('ip', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('request_id', sa.String(length=64), nullable=True),
    sa.Column('undoes', ID, nullable=True),
    sa.ForeignKeyConstraint(['undoes'], ['audit_entry.id'], name=op.f('fk_audit_entry_undoes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    for name, columns in (('at', ['at']), ('person', ['person_id', 'id']), ('request_id', ['request_id']),
                          ('record', ['table_name', 'record_id', 'id']), ('user', ['user_id', 'id'])):
        op.create_index(op.f(f'ix_audit_entry_{name}'), 'audit_entry', columns, unique=False)
    op.create_table('audit_seal',
    sa.Column('number', ID, autoincrement=False, nullable=False),
    sa.Column('entry_id', ID, nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entry.id'], name=op.f('fk_audit_seal_entry_id')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit_seal')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_audit_seal_entry_id'))
    )
    op.create_table('person_key',
    sa.Column('user_id', ID, autoincrement=False, nullable=False),
    sa.Column('key', shop.lib.columns.EncryptedText(), nullable=True),
    sa.Column('created_at', shop.lib.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('destroyed_at', shop.lib.columns.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_person_key'))
    )
    _refuse_changes()
    # A shop that has its roles already gives the owner what a new shop's owner gets.
    for permission in PERMISSIONS:
        owners = sa.select(role.c.id, sa.literal(permission)).where(role.c.name == 'owner')
        op.execute(granted.insert().from_select(['role_id', 'permission'], owners))


def downgrade():
    op.execute(granted.delete().where(granted.c.permission.in_(PERMISSIONS)))
    for table in ('person_key', 'audit_seal', 'audit_entry'):
        op.drop_table(table)
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_change()')


def _refuse_changes():
    """A later migration that rewrites one of these tables in batch mode drops its triggers on SQLite."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("""
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
        """)
        for table in APPEND_ONLY:
            op.execute(f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}'
                       ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()')
        return
    for table in APPEND_ONLY:
        for verb in ('update', 'delete'):
            op.execute(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}"
                       f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
