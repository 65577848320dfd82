"""The store's pictures: one for each finding, the newest, and none for longer than it may be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from findings.records.pictures import KEPT, Picture
from findings.store import rows
from findings.store.models import PictureRow

AT_ONCE = 500


def keep(connection: Connection, pictures: Iterable[Picture], *, now: datetime) -> None:
    """Put pictures in the place of older ones, and forget all that are past their time."""
    table = PictureRow.table()
    for picture in pictures:
        connection.execute(delete(table).where(PictureRow.fingerprint == picture.fingerprint))
        connection.execute(
            insert(table).values(
                fingerprint=picture.fingerprint,
                site=picture.site,
                page=rows.clean(picture.page),
                run_id=picture.run,
                taken=picture.taken,
                width=picture.width,
                height=picture.height,
                outlined=picture.outlined,
                look=picture.look,
                image=picture.image,
            )
        )
    connection.execute(delete(table).where(PictureRow.taken < now - KEPT))


def drop(connection: Connection, site: str, pages: Collection[str], most: int) -> None:
    """Forget the pictures of these pages, and the oldest ones of the site beyond ``most``."""
    table = PictureRow.table()
    query = select(PictureRow.fingerprint, PictureRow.page).where(PictureRow.site == site)
    query = query.order_by(PictureRow.taken.desc(), PictureRow.fingerprint)
    gone = [name for name, page in connection.execute(query).all() if page in pages]
    left = [one.fingerprint for one in connection.execute(query) if one.fingerprint not in gone]
    gone += left[most:]
    for start in range(0, len(gone), AT_ONCE):
        part = gone[start : start + AT_ONCE]
        connection.execute(delete(table).where(PictureRow.fingerprint.in_(part)))


def looks(connection: Connection, site: str) -> dict[str, tuple[str, datetime]]:
    """Of each finding of the site that has a picture: what it said then, and when that was."""
    query = select(PictureRow.fingerprint, PictureRow.look, PictureRow.taken)
    return {
        name: (look, rows.moment(taken))
        for name, look, taken in connection.execute(query.where(PictureRow.site == site))
    }


def pictures(connection: Connection, hosts: Collection[str], until: int) -> dict[str, Picture]:
    """The pictures of these sites that were taken in no later run than ``until``, by finding."""
    query = select(PictureRow.table()).where(PictureRow.site.in_(hosts), PictureRow.run_id <= until)
    return {
        row["fingerprint"]: Picture(
            fingerprint=row["fingerprint"],
            site=row["site"],
            page=row["page"],
            run=row["run_id"],
            taken=rows.moment(row["taken"]),
            width=row["width"],
            height=row["height"],
            outlined=row["outlined"],
            look=row["look"],
            image=bytes(row["image"]),
        )
        for row in connection.execute(query).mappings()
    }
