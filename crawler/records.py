"""The records that pass between steps: frozen, typed, JSON-friendly. Nobody writes into what he was given.

Money is a float in the currency's main unit, times are ISO 8601 text in UTC ending in Z (`2026-11-21T02:14:07Z`), offsets are
character offsets into the stored text, digests are lower-case SHA-256 hex. Unknown is `None`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Polarity(StrEnum):
    """How a text states a term. Silence has no row: a term that a text does not mention is *not stated*."""

    GRANTED = "granted"
    LIMITED = "limited"
    DENIED = "denied"


class Group(StrEnum):
    """The four groups of terms; each is a folder of TOML files under `crawler/findings/`."""

    RIGHTS = "rights"
    PROMISES = "promises"
    CONSENT = "consent"
    CONTEXT = "context"


class Disclosure(StrEnum):
    """How a text names a party: by name, by description only ("a leading AI company"), or not at all."""

    NAMED = "named"
    UNDISCLOSED = "undisclosed"
    NOT_STATED = "not_stated"


class Outcome(StrEnum):
    """How a crawl ended. Only `COMPLETE` counts a posting as missing."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    FAILED = "failed"
    SUSPICIOUS = "suspicious"
    RUNNING = "running"


class State(StrEnum):
    """Whether a posting can still be seen."""

    OPEN = "open"
    UNCERTAIN = "uncertain"
    CLOSED = "closed"


class EventKind(StrEnum):
    """What happened to a posting between two looks at it."""

    NEW = "new"
    PAY_CHANGED = "pay_changed"
    TERM_ADDED = "term_added"
    TERM_REMOVED = "term_removed"
    PROMISE_REMOVED = "promise_removed"
    TEXT_EDITED = "text_edited"
    CLOSED = "closed"
    REOPENED = "reopened"
    RELISTED = "relisted"


class Role(StrEnum):
    """What a captured page is to its source."""

    LISTING = "listing"
    POSTING = "posting"
    DOCUMENT = "document"
    ROBOTS = "robots"
    DOM = "dom"
    SCREENSHOT = "screenshot"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated amount of work: "at least two hours" is (2, 2, hour, guarantee); "19 hours in total" is (19, 19, hour, estimate).

    kind: `guarantee` (certain), `estimate` (about, up to, in total), `session` (length of one session) or `count` (clips, sessions).
    """

    amount_min: float | None
    amount_max: float | None
    unit: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pay:
    """One offer of pay as stated. `floor` is the money that is certain; unknown stays `None`.

    unit and qualifiers are ids of `findings/pay_units.toml`. stated: amounts as written where they were normalised (100 words to one).
    origin: `text` (quote is text[start:end]) or `structured` (quote is the field's JSON as received; start and end are None).
    """

    amount_min: float | None
    amount_max: float | None
    currency: str | None
    unit: str | None
    qualifiers: tuple[str, ...]
    quantity: Quantity | None
    floor: float | None
    quote: str
    start: int | None
    end: int | None
    rule: str
    origin: str = "text"
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One term as a text states it: the smallest telling quote, text[start:end] == quote."""

    code: str
    polarity: Polarity
    quote: str
    start: int
    end: int
    rule: str
    group: Group


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for an answer about relevance: which question, for or against, and the words that fired."""

    question: str
    weight: float
    quote: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Relevance:
    """Is it an AI-training gig, is it aimed at performers, which modalities. `None`: the text cannot tell."""

    ai_training: bool | None
    performers: bool | None
    modalities: tuple[str, ...]
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One party in one role (`poster`, `platform`, `collecting_company`, `end_client`), with the words that say so.

    name is None unless disclosure is NAMED; a described party ("a leading AI company") keeps its words in quote.
    """

    role: str
    name: str | None
    disclosure: Disclosure
    quote: str | None
    start: int | None
    end: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one text under one ruleset: a pure function of (text, ruleset)."""

    text_sha256: str
    ruleset: str
    pay: tuple[Pay, ...]
    terms: tuple[Term, ...]
    relevance: Relevance
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader should know and nobody should guess: becomes a row of the issue table."""

    rule: str
    message: str
    url: str | None = None
    severity: str = "warning"


@dataclass(frozen=True, slots=True)
class Ask:
    """A page to fetch. context is kept with the capture so that the page can be read again without its listing.

    render: fetch with a browser; wait_for is the CSS selector that shows the page is ready.
    """

    url: str
    role: Role
    method: str = "GET"
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    render: bool = False
    wait_for: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A captured response as the readers see it: bytes and where they came from, nothing live."""

    url: str
    role: Role
    body: bytes
    mime: str
    status: int
    fetched_at: str
    encoding: str | None = None
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting as its board states it. description is HTML or plain text as received (`description_is_html`).

    native_id: the board's own id, else None (the canonical URL is then the identity). posted_at, closes_at: raw words of the board;
    links: (label, URL) pairs found in the description. structured_pay: the board's own pay fields, already as `Pay` with origin
    `structured`. extra: further fields worth keeping for a version's digest (department, employment type), as text.
    """

    url: str
    native_id: str | None
    title: str
    organization: str | None
    location: str | None
    description: str
    description_is_html: bool
    posted_at: str | None = None
    closes_at: str | None = None
    remote: bool | None = None
    country: str | None = None
    employment_type: str | None = None
    structured_pay: tuple[Pay, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one page gives: postings, pages to fetch next, and what went wrong. `gone`: ids the page says are closed."""

    postings: tuple[Posting, ...] = ()
    follow: tuple[Ask, ...] = ()
    problems: tuple[Problem, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its digest. What was read is this, and offsets point into it."""

    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One posting from one capture with its text and its reading: what the store takes in.

    id: the gig's permanent id. digest: of the posting's own text and fields; a new digest is a new version.
    reading: None when the store has it already under this ruleset.
    """

    id: str
    posting: Posting
    text: Text
    reading: Reading | None
    digest: str
    problems: tuple[Problem, ...] = ()

    def as_item(self) -> dict[str, object]:
        """The flat row that Scrapy's feed exports write."""
        posting = self.posting
        return {
            "id": self.id,
            "url": posting.url,
            "title": posting.title,
            "organization": posting.organization,
            "location": posting.location,
            "posted_at": posting.posted_at,
            "text_sha256": self.text.sha256,
            "text": self.text.text,
        }


@dataclass(frozen=True, slots=True)
class Capture:
    """One archived response: where its bytes lie and what they hash to. `revisit_of`: an unchanged page (HTTP 304 or the same digest)."""

    url: str
    role: Role
    method: str
    fetched_at: str
    status: int
    mime: str
    encoding: str | None
    size: int
    sha256: str
    warc: str
    offset: int
    length: int
    etag: str | None = None
    last_modified: str | None = None
    revisit_of: int | None = None
    parent: int | None = None
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy crawl of a source looks like: fewer postings than `min` is suspicious."""

    min: int = 0
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One board, platform or document, from `crawler/sources/<id>.toml`. settings: keys that its kind reads (board name, selectors)."""

    id: str
    kind: str
    name: str
    url: str
    organization: str | None
    lineage: str
    region: str | None
    checked: bool
    refused: str | None
    cron: str
    expect: Expect
    terms_note: str | None
    robots_note: str | None
    settings: Mapping[str, str]
    authoritative_gone: bool = False
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Crawl:
    """One run over one source and how it ended."""

    source: str
    started_at: str
    finished_at: str | None
    outcome: Outcome
    reason: str | None
    pages: int
    seen: int
    errors: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a posting, with both sides quoted where words changed."""

    posting: str
    kind: EventKind
    at: str
    detail: str
    before: str | None = None
    after: str | None = None
    code: str | None = None
