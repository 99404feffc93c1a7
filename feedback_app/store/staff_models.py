"""Tables about members of staff. None of them holds anything about an answer."""

from __future__ import annotations

import datetime as dt

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.store.base import KEY, NO_ORDER, Base


class Role(Base, RoleMixin):
    """iro, participation, board, safeguarding or admin."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)


class UserRole(Base):
    """Which member of staff has which role."""

    __tablename__ = "user_role"
    __table_args__ = NO_ORDER

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)


class User(Base, UserMixin):
    """A member of staff. Young people have no account."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    #: argon2id; empty until the one-time link has been used.
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    #: Changed to end every session at once.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    team: Mapped[str] = mapped_column(KEY, default="")
    #: Failures since the last sign-in, and until when (UTC) none is tried. No address is kept.
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # UserMixin says it with a plain list
        secondary="user_role", lazy="selectin"
    )


class Audit(Base):
    """What staff did, by day: who made a comment safe, who approved it, how many were read. Never beside a quote."""

    __tablename__ = "audit"
    __table_args__ = NO_ORDER

    id: Mapped[bytes] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(String(30))
    #: What it was done to: a comment's id in hex, a round's slug, an e-mail address; empty for readings.
    subject: Mapped[str] = mapped_column(String(255), index=True)
    #: How many, where several were done at once.
    count: Mapped[int] = mapped_column(default=1)


class Reader(Base):
    """A safeguarding reader's place: the first who is not away is on duty, the next covers."""

    __tablename__ = "reader"
    __table_args__ = NO_ORDER

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    #: 1 is first.
    place: Mapped[int]


class Absence(Base):
    """Days on which a member of staff does not read."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("first <= last", name="days"), NO_ORDER)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    #: First and last day, both included; set by staff.
    first: Mapped[dt.date] = mapped_column(primary_key=True)
    last: Mapped[dt.date]
