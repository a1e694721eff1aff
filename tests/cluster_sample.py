"""Ten invented gigs on up to four boards each, with the edits that boards make, inside 2,000 other postings; the same on every run."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from pathlib import Path

from analysis.likeness import Copy

Pay = tuple[float | None, float | None, str | None, str | None]

DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OPENINGS = DATA["opening"]
WORDS = {name: words.split() for name, words in DATA["words"].items()}

BODY = """{organization} is looking for people who record {work}.

You are over 18 unless a parent signs for you, reliable and easy to direct. No experience with technology is needed. {promise}
We pay {money} within two weeks of the session, travel in town included, against a signed form that you get beforehand.
Write to us with a short note about yourself, where you live and when you are free between March and May. {closing}"""

PROMISES = [
    "Your likeness is not used in advertising.",
    "You may withdraw your recordings within a month.",
    "The material serves research only.",
]
CLOSINGS = ["We answer everybody.", "Agents are welcome.", "Applications close when all places are taken."]

TEMPLATE = """Speech contributors wanted: native {language} speakers record five hundred short sentences with their phone in a quiet room.
The sentences come in batches of fifty, each batch takes about a quarter of an hour, and every recording is checked within three days.
You are paid {rate} euros once all batches are accepted. Recordings help assistants understand {language} as it is spoken in {town}."""


def gigs() -> list[list[Copy]]:
    """Ten gigs with one to four copies each; ids are `gig<number>-<board>`."""
    return [_gig(number) for number in range(len(OPENINGS))]


def _gig(number: int) -> list[Copy]:
    opening = OPENINGS[number]
    title, location, organization, work = (opening[key] for key in ("title", "location", "organization", "work"))
    pay = (opening["pay"]["low"], opening["pay"]["high"], opening["pay"]["currency"], opening["pay"]["unit"])
    text = BODY.format(organization=organization, work=work, promise=PROMISES[number % 3], money=_money(pay), closing=CLOSINGS[number % 3])
    original = Copy(
        f"gig{number}-a", "board-a", title, text, "2026-03-01", "2026-04-20", organization, location, (pay,), "2026-03-01", "platform"
    )
    copies = [original, _stripped(original, number), _cut(original, number), _relisted(original, number)]
    return copies[: 4 if number < 5 else 1 + number % 4]


def _money(pay: Pay) -> str:
    low, high, currency, unit = pay
    return f"{low:g} {currency} a {unit}" if low == high else f"{low:g} to {high:g} {currency} a {unit}"


def _stripped(original: Copy, number: int) -> Copy:
    """An agency's copy: name stripped, promise dropped, pay lowered, title decorated."""
    low, high, currency, unit = original.pay[0]
    pay = ((low or 0) * 0.9, (high or 0) * 0.9, currency, unit)
    text = original.text.replace(original.organization or "", "Our client").replace(PROMISES[number % 3], "")
    return replace(
        original,
        id=f"gig{number}-b",
        source="board-b",
        title=f"{original.title} - apply now",
        text=text.replace(_money(original.pay[0]), _money(pay)),
        organization="Footlight Agency",
        pay=(pay,),
        first_seen="2026-03-06",
        posted_on="2026-03-05",
        lineage="board",
    )


def _cut(original: Copy, number: int) -> Copy:
    """An aggregator's copy: cut after 320 characters, no pay, town only."""
    return replace(
        original,
        id=f"gig{number}-c",
        source="board-c",
        text=original.text[:320] + " ...",
        location=(original.location or "").split(",")[0],
        pay=(),
        first_seen="2026-03-09",
        posted_on=None,
        lineage="aggregator",
    )


def _relisted(original: Copy, number: int) -> Copy:
    """Back on its own board after it was closed, with a higher rate."""
    low, high, currency, unit = original.pay[0]
    pay = ((low or 0) * 1.1, (high or 0) * 1.1, currency, unit)
    return replace(
        original,
        id=f"gig{number}-d",
        text=original.text.replace(_money(original.pay[0]), _money(pay)),
        pay=(pay,),
        first_seen="2026-05-10",
        last_seen="2026-06-01",
        posted_on="2026-05-10",
    )


def others(count: int, seed: int = 7) -> list[Copy]:
    """Postings that belong to no gig: ordinary jobs, and openings of one template for several languages and towns."""
    chance = random.Random(seed)
    return [_ordinary(number, chance) if number % 5 else _parallel(number, chance) for number in range(count)]


def _ordinary(number: int, chance: random.Random) -> Copy:
    trade, town = chance.choice(WORDS["trades"]), chance.choice(WORDS["towns"])
    sentences = [_sentence(chance) for _ in range(chance.randint(8, 16))]
    text = f"A {trade} is wanted in {town}. " + " ".join(sentences)
    pay = (float(chance.randint(12, 40)), None, "GBP", "hour")
    board = f"board-{chance.choice('abc')}"
    return Copy(f"job{number}", board, f"{trade} {number}", text, "2026-03-02", "2026-04-10", f"Firm {number}", town, (pay,))


def _sentence(chance: random.Random) -> str:
    first, second = (f"{chance.choice(WORDS['verbs'])} {chance.choice(WORDS['things'])}" for _ in range(2))
    when = chance.choice(("daily", "on weekdays", "at night", "with care"))
    return f"You {first} and {second} {when} in the {chance.choice(WORDS['things'])} shop."


def _parallel(number: int, chance: random.Random) -> Copy:
    """One template, on one board, at one time: parallel openings, however alike."""
    language, town = (WORDS[name][number // 5 % len(WORDS[name])] for name in ("languages", "towns"))
    text = TEMPLATE.format(language=language, town=town, rate=chance.randint(60, 90))
    title = f"Speech data collection, {language}, {town}"
    return Copy(f"opening{number}", "board-a", title, text, "2026-03-03", "2026-04-12", "Tallow Data", town, ())
