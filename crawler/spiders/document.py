"""One public document: terms, a licence, a policy, a consent form."""

from __future__ import annotations

from crawler import text
from crawler.errors import UnreadableFile
from crawler.records import Ask, Harvest, Page, Posting, Problem, Role, Source
from crawler.spiders._base import BoardSpider
from crawler.spiders._gather import one_posting
from crawler.spiders._markup import source_of


class DocumentSpider(BoardSpider):
    """The page itself is the text; it is kept as one posting, so that its versions and terms are tracked like a gig's.

    Paging: none. Rate: one request a night. Closing signal: none; a 404 of the only page is a failure that a person should look at, as
    terms are moved more often than withdrawn. HTML, PDF, DOCX and plain text. Settings: `document` (its address, or the source's own).
    Recorded from: any HTML page (payloads/listing_html).
    """

    name = "document"
    keys = frozenset({"document"})
    required = frozenset[str]()
    gone_is_authoritative = False

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The document."""
        return (Ask(source.settings.get("document", source.url), Role.DOCUMENT),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """The document as one posting; one that cannot be read is a Problem."""
        try:
            words, marked = _words(page)
        except UnreadableFile as error:
            return Harvest(problems=(Problem("document.unreadable", str(error), page.url, "error"),))
        posting = Posting(
            url=source.settings.get("document", source.url),
            native_id=None,
            title=source.name,
            organization=source.organization,
            location=None,
            description=words,
            description_is_html=marked,
        )
        found, problems = one_posting("document", page, posting)
        return Harvest(found, problems=problems)


def _words(page: Page) -> tuple[str, bool]:
    """The words of a document and whether they are HTML. Raises UnreadableFile for a damaged PDF or DOCX."""
    if b"%PDF-" in page.body[:1024]:
        return text.from_pdf(page.body), False
    if page.body.startswith(b"PK\x03\x04"):
        return text.from_docx(page.body), False
    found = source_of(page)
    plain = page.mime.startswith("text/plain")
    return (found if found.strip() else ""), not plain
