"""the words of search, synonyms, searches that found nothing

On SQLite the words of the index are read through a virtual table of FTS5.

Revision ID: 0035
Revises: 0034
Create Date: 2026-11-21 12:40:00.000000

"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'search_word',
        sa.Column('word', sa.String(length=40), nullable=False),
        sa.Column('products', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('word', name=op.f('pk_search_word')),
    )
    op.create_table(
        'synonym',
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('words', sa.String(length=400), nullable=False),
        sa.Column('means', sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_synonym')),
        sa.UniqueConstraint('words', name=op.f('uq_synonym_words')),
    )
    op.create_table(
        'empty_search',
        sa.Column('words', sa.String(length=100), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('words', 'day', name=op.f('pk_empty_search')),
    )
    with op.batch_alter_table('empty_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_empty_search_day'), ['day'], unique=False)
    if op.get_context().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE product_search_words USING fts5vocab(product_search, col)")


def downgrade():
    if op.get_context().dialect.name == 'sqlite':
        op.execute("DROP TABLE product_search_words")
    op.drop_table('empty_search')
    op.drop_table('synonym')
    op.drop_table('search_word')
