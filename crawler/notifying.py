"""`callboard notify`: tell the operator once when a source begins to need a person, and once when it is well again.

Where to is one setting, `notify`: addresses in Apprise's notation, parted by blanks (`mailto://`, `ntfy://`, `slack://`, `json://` and a
hundred more). What is told is kept in the store before it is sent, so a message that no address took goes out with the next run, and a
source that stays broken is told of once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils import Database

from crawler import store
from crawler.errors import ConfigError
from crawler.health import Health

if TYPE_CHECKING:
    from apprise import Apprise

NEEDS = "{} needs a person"
WELL = "{} is well again"


@dataclass(frozen=True, slots=True)
class Told:
    """How many messages were sent, and how many wait because an address did not take them."""

    sent: int
    waiting: int


def notify(db: Database, found: Iterable[Health], addresses: str, now: str) -> Told:
    """Keep what is new in how the sources stand, and send all that has not been sent yet.

    Raises ConfigError if there is no address, or one of a kind that Apprise does not know.
    """
    channel = _channel(addresses)
    with store.transaction(db):
        for each in found:
            _keep(db, each, now)
    waiting = store.select(db, "select id, subject, body from notification where sent_at is null order by id")
    sent = [row["id"] for row in waiting if channel.notify(title=f"Callboard: {row['subject']}", body=row["body"])]
    with store.transaction(db):
        for number in sent:
            db.execute("update notification set sent_at = ?, channel = ? where id = ?", [now, _kinds(addresses), number])
    return Told(len(sent), len(waiting) - len(sent))


def _channel(addresses: str) -> Apprise:
    if not addresses.split():
        raise ConfigError("notify: no address is set; set notify in callboard.toml or CALLBOARD_NOTIFY, as mailto://user:password@host")
    from apprise import Apprise

    channel = Apprise()
    for address in addresses.split():
        if not channel.add(address):
            raise ConfigError(f"notify: {_kinds(address)}://... is no kind of address that Apprise knows; correct the setting")
    return channel


def _kinds(addresses: str) -> str:
    """The kinds of the addresses; the rest of an address is often a password."""
    return ", ".join(address.partition(":")[0] for address in addresses.split())


def _keep(db: Database, found: Health, now: str) -> None:
    """Note a turn for the worse or the better since what was last told of a source."""
    needs, well = NEEDS.format(found.source), WELL.format(found.source)
    last = store.first(db, "select subject from notification where subject in (?, ?) order by id desc limit 1", [needs, well])
    told = last is not None and last["subject"] == needs
    if told != found.needs_person:
        row = {"at": now, "subject": needs if found.needs_person else well, "body": _words(found)}
        store.insert(db, "notification", row)


def _words(found: Health) -> str:
    seen = "" if found.seen is None else f"Seen: {found.seen}, usually {found.usual or 0:g}, at least {found.expect_min}. "
    return (
        f"Last crawl: {found.standing}. {seen}Last complete crawl: {found.last_complete or 'none yet'}. "
        f"Open issues: {found.issues}. `callboard status` shows all sources."
    )
