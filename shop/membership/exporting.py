"""Packs what the shop knows of a person into a ZIP of JSON, for the person alone (ACC-10)."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import undefer

from shop.accounts.events import DataExportReady
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.personal import Because, Holding, Told
from shop.lib.queries import one_or_404, one_or_none
from shop.lib.unit_of_work import unit_of_work
from shop.membership.errors import AskedAlready, NoExport
from shop.membership.events import DataExportAsked
from shop.membership.holdings import HOLDINGS
from shop.membership.models import DataExport
from shop.store.settings import EXPORT_DAYS, value_of

AGAIN_AFTER = timedelta(days=1)


def export_of(user_id: int) -> DataExport | None:
    """A person's export as it stands; None where none was asked for, or its days are over."""
    found = one_or_none(select(DataExport).where(DataExport.user_id == user_id))
    return None if found and found.expires_at and found.expires_at < now() else found


def ask_for_export(user_id: int) -> DataExport:
    """Owe a person their data; an older export goes. Raises AskedAlready within a day of the last time."""
    one_or_404(select(User.id).where(User.id == user_id, User.erased_at.is_(None)).with_for_update())
    last = one_or_none(select(DataExport).where(DataExport.user_id == user_id))
    if last and last.asked_at > now() - AGAIN_AFTER:
        raise AskedAlready
    if last:
        db.session.delete(last)
        db.session.flush()
    export = DataExport(user_id=user_id, parts=len(_files()))
    db.session.add(export)
    db.session.flush()
    emit(DataExportAsked(export.id))
    return export


def make(export_id: int) -> None:
    """Make the ZIP file by file, so that its person sees how far it is; opens units of its own.

    Stops where the export is gone: its person has left, or asked anew.
    """
    with unit_of_work(read_only=True):
        export = one_or_none(_unmade(export_id))
        user_id = export.user_id if export else 0
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (name, told) in enumerate(_files() if user_id else (), start=1):
            with unit_of_work(read_only=True):
                content = _content(told(user_id))
            if content is not None:
                archive.writestr(name, content)
            if not _note(export_id, user_id, parts_done=done):
                return
    if user_id:
        _finish(export_id, user_id, packed.getvalue())


def content_of(user_id: int) -> bytes:
    """The ZIP of a person. Raises NoExport."""
    ready = select(DataExport).where(DataExport.user_id == user_id, DataExport.expires_at > now())
    export = one_or_none(ready.options(undefer(DataExport.content)))
    if export is None or export.content is None:
        raise NoExport
    return export.content


def _files() -> list[tuple[str, Told]]:
    return [(one.file, told) for one in HOLDINGS if (told := _told(one))]


def _told(holding: Holding) -> Told | None:
    return None if isinstance(holding.told, Because) else holding.told


def _content(told: Any) -> bytes | None:
    if told is None or isinstance(told, bytes):
        return told
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _finish(export_id: int, user_id: int, content: bytes) -> None:
    with unit_of_work():
        days = timedelta(days=value_of(EXPORT_DAYS))
        if _write(export_id, user_id, content=content, size=len(content), ready_at=now(), expires_at=now() + days):
            emit(DataExportReady(user_id))


def _note(export_id: int, user_id: int, **values: Any) -> bool:
    with unit_of_work():
        return _write(export_id, user_id, **values)


def _write(export_id: int, user_id: int, **values: Any) -> bool:
    """Change an export that is being made; False where it is gone, even if its number is somebody else's now."""
    mine = update(DataExport).where(DataExport.id == export_id, DataExport.user_id == user_id)
    unmade = mine.where(DataExport.ready_at.is_(None))
    return db.session.scalar(unmade.values(values).returning(DataExport.id)) is not None


def _unmade(export_id: int) -> Select[DataExport]:
    return select(DataExport).where(DataExport.id == export_id, DataExport.ready_at.is_(None))
