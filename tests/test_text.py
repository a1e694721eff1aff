"""HTML and plain text: what a reader of the page can see, in a form whose offsets never move. All texts are invented."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import redact, text
from crawler.errors import UnreadableFile
from crawler.wrapped import unwrap

HTML = [
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("<h2>Pay</h2><div>$30</div><div>an hour</div>", "Pay\n\n$30\nan hour"),
    ("a<br>b<br><br>c", "a\nb\n\nc"),
    ("<ul><li>x<li><p>y</p><li></li><li>z</ul>", "- x\n- y\n- z"),
    ("<ul><li>x<ul><li>y</ul><li>z</ul>", "- x\n- y\n- z"),
    ("<ol><li><p>one</p><p>more</p></li><li>two</li></ol>after", "- one\nmore\n- two\nafter"),
    ("<table><tr><th>Role<th>Fee<tr><td><p>Voice</p><td><p>$30</p></table>", "Role | Fee\nVoice | $30"),
    ("<table><tr><td></td><td>$30</td></tr></table>", "$30"),
    ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a | b | c"),
    ("<dl><dt>Fee</dt><dd>$30</dd></dl>", "Fee\n$30"),
    ("<pre>one\n  two\n\nthree</pre>", "one\ntwo\n\nthree"),
    ("<b>A</b>ctor <i>wanted</i> , now", "Actor wanted , now"),
    ("one<span> two</span>three", "one twothree"),
    ("a&nbsp;&amp;&#8203;b &eacute; &lt;i&gt;", "a &b é <i>"),
    ("per\u00adpet\u200bual \u202eevil\u202c\u2066x\u2069", "perpetual evilx"),
    ("<p>a\u0001b\x00c</p>", "abc"),
    ("<style>p{}</style>a<script>x()</script><noscript>no</noscript><template>t</template><!-- c -->b", "ab"),
    ("a<svg><text>s</text></svg><select><option>US</select><textarea>t</textarea>b", "ab"),
    ('<p hidden>x</p><p style="DISPLAY : none">y</p><p style="visibility:hidden">z</p><p style="display:block">w</p>', "w"),
    ('<p aria-hidden="true">seen</p>', "seen"),
    ("<html><head><title>T</title></head><body>b</body></html>", "b"),
    ("", ""),
    ("   \n\t ", ""),
    ("<frameset><frame></frameset>", ""),
    ("plain words & more", "plain words & more"),
    ("<p>unclosed <b>bold<p>next", "unclosed bold\n\nnext"),
]

PLAIN = [
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("  a \t b  \n\n\n\n c", "a b\n\nc"),
    ("\ufeffa\u00a0b\u200b", "a b"),
    ("", ""),
    ("- a\n- b", "- a\n- b"),
]


@pytest.mark.parametrize(("html", "expected"), HTML)
def test_html(html: str, expected: str) -> None:
    assert text.from_html(html) == expected


@pytest.mark.parametrize(("plain", "expected"), PLAIN)
def test_plain(plain: str, expected: str) -> None:
    assert text.from_plain(plain) == expected


@pytest.mark.parametrize("expected", [expected for _, expected in HTML + PLAIN])
def test_a_finished_text_stays_as_it_is(expected: str) -> None:
    assert text.from_plain(expected) == expected


COMPOSED = [
    (("Voice actor", "Invented Co", "Leeds", "Body"), "Voice actor\nInvented Co · Leeds\n\nBody"),
    (("Voice actor", None, "Leeds", "Body"), "Voice actor\nLeeds\n\nBody"),
    (("Voice actor", "Invented Co", None, "Body"), "Voice actor\nInvented Co\n\nBody"),
    (("Voice\n actor", None, " ", "Body"), "Voice actor\n\nBody"),
    (("Voice actor", None, None, ""), "Voice actor"),
    (("", None, None, "Body"), "Body"),
]


@pytest.mark.parametrize(("parts", "expected"), COMPOSED)
def test_compose(parts: tuple[str, str | None, str | None, str], expected: str) -> None:
    assert text.compose(*parts) == expected


LINKS = [
    ('<a href="/t"> The  <b>terms</b></a>', (("The terms", "https://x.example/t"),)),
    ('<a href="t?a=1&amp;b=2">t</a>', (("t", "https://x.example/d/t?a=1&b=2"),)),
    ('<base href="/b/"><a href="t">t</a><a href="t">t</a>', (("t", "https://x.example/b/t"),)),
    ('<a href="#top">x</a><a href="mailto:a@b.example">m</a><a href="javascript:x()">j</a><a>n</a><a href="http://[">b</a>', ()),
    ('<a href="//other.example/p"></a>', (("", "https://other.example/p"),)),
]


@pytest.mark.parametrize(("html", "expected"), LINKS)
def test_links(html: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert text.links(html, "https://x.example/d/page") == expected


DECODED = [
    ("é".encode(), None, "é"),
    ("é".encode("cp1252"), None, "é"),
    ("\u201cé\u201d".encode("cp1252"), "iso-8859-1", "\u201cé\u201d"),
    ("é".encode(), "no-such-charset", "é"),
    ("é".encode(), "us-ascii", "Ã©"),
    ("é".encode("cp1252"), "utf-8", "é"),
    (b"\xef\xbb\xbf" + "é".encode(), "latin-1", "é"),
    ("\ufeffé".encode("utf-16-le"), None, "é"),
    ("é".encode("utf-16-le"), "utf-16le", "é"),
    (b'<meta charset="shift_jis">' + "声".encode("shift_jis"), None, '<meta charset="shift_jis">声'),
    (b'<meta charset="utf-16">' + "é".encode(), None, '<meta charset="utf-16">é'),
    (b"+AGE- \\u0061", "utf-7", "+AGE- \\u0061"),
    (b"\\u0061", "unicode_escape", "\\u0061"),
    (b"6162", "hex", "6162"),
    (b"", None, ""),
    (b"\x81", None, "\ufffd"),
]


@pytest.mark.parametrize(("body", "declared", "expected"), DECODED)
def test_decode(body: bytes, declared: str | None, expected: str) -> None:
    assert text.decode(body, declared) == expected


def test_sha256_is_of_the_utf8_bytes() -> None:
    assert text.sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    assert len(text.sha256("\ud800")) == 64


HOSTILE = {
    "nested": ("<div>" * 100_000 + "in", "in"),
    "nested and closed": ("<div>" * 100_000 + "in" + "</div>" * 100_000 + "<p>out", "in\n\nout"),
    "stray ends": ("<div></x>" * 50_000 + "in", "in"),
    "formatting": ("".join(f"<p><font color={n}>" for n in range(20_000)) + "in", "in"),
    "tables": ("<table><td>" * 20_000 + "in", "in"),
    "one line": ("word " * 400_000, "word " * 399_999 + "word"),
    "many paragraphs": ("<p>a" * 100_000, "\n\n".join("a" * 100_000)),
    "open brackets": ("<" * 1_000_000, "<" * 1_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_costs_little(name: str) -> None:
    html, expected = HOSTILE[name]
    started = time.process_time()
    assert text.from_html(html) == expected
    assert time.process_time() - started < 2


def test_too_long_is_said_or_cut_with_a_problem() -> None:
    long = "a" * (text.MAX_CHARACTERS + 1)
    with pytest.raises(UnreadableFile, match="limit is 10000000"):
        text.from_html(long)
    with pytest.raises(UnreadableFile):
        text.from_plain(long)
    cut, problem = text.clip(long, "https://x.example/")
    assert len(cut) == text.MAX_CHARACTERS
    assert problem is not None
    assert problem.rule == "text-too-long"
    assert text.clip("short") == ("short", None)


LETTER = """You grant Invented Voices Ltd a non-exclusive licence to use the recordings for speech models, and for no other purpose.

1. The fee is £180 per recorded hour, with a guarantee of two hours, and is due within thirty days after the last session.
2. You may withdraw at any time; the recordings are then deleted within fourteen days, and you are told so in writing.
- Bring water."""


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_forced_line_ends_are_taken_out(width: int) -> None:
    wrapped = "\n".join("\n".join(textwrap.wrap(line, width)) for line in LETTER.split("\n"))
    assert unwrap(wrapped) == LETTER


NOT_WRAPPED = [
    "Rates:\nVoice, one hour of recorded work in a studio: $30\nFace, one hour of recorded work in a studio: $40\nOther work",
    "One line.\nAnother line.\nA third line, which is by far the longest of them all, and longer still.",
    LETTER,
    "",
]


@pytest.mark.parametrize("plain", NOT_WRAPPED)
def test_lines_that_are_meant_stay(plain: str) -> None:
    assert unwrap(plain) == plain


TAGS = "<p> </p> <li> </li> <ul> <td> <tr> <table> <br> <pre> </pre> <b> <div hidden> <script> <!-- &nbsp; &#8203; &lt;"
PIECES = st.sampled_from(TAGS.split())
TAG_SOUP = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


@given(TAG_SOUP)
def test_any_markup_gives_text_in_the_common_form(html: str) -> None:
    read = text.from_html(html)
    assert text.from_plain(read) == read
    assert read == read.strip()
    assert read.encode().decode() == read
    assert text.from_html(html) == read


@given(st.text())
def test_any_plain_text_takes_the_common_form_once(plain: str) -> None:
    read = text.from_plain(plain)
    assert text.from_plain(read) == read
    assert "\n\n\n" not in read
    assert not set(read) & set("\t\r\u00a0\u200b\u202e\x00")


@given(st.binary(), st.none() | st.text(max_size=20) | st.sampled_from(["utf-16", "utf-7", "idna", "big5", "unicode_escape"]))
def test_any_bytes_can_be_decoded(body: bytes, declared: str | None) -> None:
    assert isinstance(text.decode(body, declared), str)


@given(TAG_SOUP)
def test_covering_keeps_the_length(soup: str) -> None:
    assert len(redact.redact(soup)) == len(soup)
