"""Captures: every record is read by a third party's reader, found by its offset, proved by its digest. All pages are invented."""

import gzip
import hashlib
import io
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from crawler.capture import Archive, Exchange, fetch, page, urn, verify
from crawler.errors import CaptureError
from crawler.records import Capture, Role

AT = "2026-11-21T02:14:07Z"
URL = "https://board.example/jobs/1?a=1&b=2"
BODY = "<p>Voice actor, $30 an hour, für immer</p>".encode()
HEADERS = (("Content-Type", 'text/html; charset="UTF-8"'), ("ETag", '"v1"'), ("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT"))


def exchange(**changes: Any) -> Exchange:
    return replace(Exchange(URL, Role.POSTING, 200, HEADERS, BODY, AT, context={"board": "invented"}), **changes)


def records(folder: Path, name: str) -> list[tuple[str, dict[str, str], dict[str, str], bytes]]:
    """(type, WARC headers, HTTP headers, payload) as warcio reads them, with digests checked: a wrong one raises."""
    found = []
    with (folder / name).open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            http = dict(record.http_headers.headers) if record.http_headers else {}
            found.append((record.rec_type, dict(record.rec_headers.headers), http, record.content_stream().read()))
    return found


def test_an_exchange_is_read_by_a_third_party(tmp_path: Path) -> None:
    with Archive(tmp_path, "invented-board", AT, {"software": "callboard", "robots": "obey"}) as archive:
        capture = archive.write_exchange(exchange(ip="127.0.0.1", request_headers=(("User-Agent", "callboard"), ("Cookie", "k=1"))))
    assert capture.warc == "invented-board/20261121T021407Z-invented-board.warc.gz"
    info, response, request = records(tmp_path, capture.warc)
    assert info[0] == "warcinfo"
    assert b"software: callboard\r\nrobots: obey\r\n" in info[3]
    kind, head, http, payload = response
    assert (kind, payload, http["ETag"], http["Content-Length"]) == ("response", BODY, '"v1"', str(len(BODY)))
    assert (head["WARC-Target-URI"], head["WARC-Date"], head["WARC-IP-Address"]) == (URL, AT, "127.0.0.1")
    assert head["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(BODY).hexdigest()}"
    assert head["WARC-Warcinfo-ID"] == info[1]["WARC-Record-ID"]
    assert request[0] == "request"
    assert request[1]["WARC-Concurrent-To"] == head["WARC-Record-ID"]
    assert request[2] == {"Host": "board.example", "User-Agent": "callboard"}


def test_a_capture_says_what_was_captured(tmp_path: Path) -> None:
    with Archive(tmp_path, "b", AT) as archive:
        capture = archive.write_exchange(exchange())
    assert (capture.url, capture.role, capture.method, capture.fetched_at, capture.status) == (URL, Role.POSTING, "GET", AT, 200)
    assert (capture.mime, capture.encoding, capture.size) == ("text/html", "utf-8", len(BODY))
    assert (capture.sha256, capture.etag) == (hashlib.sha256(BODY).hexdigest(), '"v1"')
    assert capture.last_modified == "Fri, 20 Nov 2026 10:00:00 GMT"
    assert capture.context == {"board": "invented"}
    assert verify(tmp_path, [capture]) == []
    shown = page(tmp_path, capture)
    assert (shown.url, shown.body, shown.mime, shown.encoding, shown.context) == (URL, BODY, "text/html", "utf-8", {"board": "invented"})


def test_what_the_client_undid_is_not_done_twice(tmp_path: Path) -> None:
    headers = (("Content-Encoding", "gzip"), ("transfer-encoding", "chunked"), ("Content-Length", "7"), ("X-Odd", "a\r\nb\u2603"))
    with Archive(tmp_path, "b", AT) as archive:
        capture = archive.write_exchange(exchange(response_headers=headers))
    http, payload = records(tmp_path, capture.warc)[1][2:]
    assert payload == BODY
    assert http["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert http["X-Archive-Orig-transfer-encoding"] == "chunked"
    assert (http["X-Archive-Orig-Content-Length"], http["Content-Length"]) == ("7", str(len(BODY)))
    assert capture.mime == "application/octet-stream"
    assert "Content-Encoding" not in http


POSTED = exchange(method="POST", request_body=b'{"q":1}', request_headers=(("Content-Type", "application/json"),))


def test_a_question_with_a_body_is_kept(tmp_path: Path) -> None:
    with Archive(tmp_path, "b", AT) as archive:
        capture = archive.write_exchange(POSTED)
    assert capture.method == "POST"
    assert records(tmp_path, capture.warc)[2][3] == b'{"q":1}'


ODD = [
    exchange(status=404, body=b""),
    exchange(status=520, body=b"\x00\xff\r\n\r\n"),
    exchange(url="https://board.example", response_headers=()),
    exchange(url="http://[::1]:8080/ü?q=\u2603", body=b"x" * 300_000),
    exchange(body=gzip.compress(b"a sitemap of its own", mtime=0)),
    exchange(response_headers=(("Content-Type", "text/html; charset"), ("Content-Type", "text/plain"))),
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.url + str(odd.status))
def test_odd_exchanges_come_back_as_they_were(tmp_path: Path, odd: Exchange) -> None:
    with Archive(tmp_path, "b", AT) as archive:
        capture = archive.write_exchange(odd)
    assert fetch(tmp_path, capture) == odd.body
    assert records(tmp_path, capture.warc)[1][3] == odd.body


def test_an_address_cannot_forge_a_header(tmp_path: Path) -> None:
    with Archive(tmp_path, "b", AT) as archive, pytest.raises(CaptureError, match="control characters"):
        archive.write_exchange(exchange(url="https://board.example/\r\nWARC-Type: warcinfo"))
    assert [record[0] for record in records(tmp_path, archive.name)] == ["warcinfo"]


def test_an_unchanged_page_is_a_revisit(tmp_path: Path) -> None:
    with Archive(tmp_path, "b", AT) as archive:
        first = archive.write_exchange(exchange())
    later = "2026-11-22T02:14:07Z"
    with Archive(tmp_path, "b", later) as archive:
        told = archive.write_revisit(exchange(status=304, body=b"", response_headers=(), fetched_at=later), first, 7)
        alike = archive.write_revisit(exchange(fetched_at=later), first, 7)
    found = records(tmp_path, told.warc)
    assert [record[0] for record in found] == ["warcinfo", "revisit", "request", "revisit", "request"]
    assert found[1][1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert found[3][1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    for capture, record in ((told, found[1]), (alike, found[3])):
        assert record[1]["WARC-Refers-To-Target-URI"] == URL
        assert record[1]["WARC-Refers-To-Date"] == AT
        assert record[1]["WARC-Payload-Digest"] == f"sha256:{first.sha256}"
        assert (capture.sha256, capture.size, capture.mime, capture.encoding) == (first.sha256, first.size, "text/html", "utf-8")
        assert (capture.revisit_of, capture.etag, capture.fetched_at) == (7, '"v1"', later)
    assert verify(tmp_path, [first, told, alike]) == []
    with pytest.raises(CaptureError, match="those of capture 7"):
        fetch(tmp_path, told)


def test_a_changed_page_and_a_revisit_are_no_originals(tmp_path: Path) -> None:
    with Archive(tmp_path, "b", AT) as archive:
        first = archive.write_exchange(exchange())
        with pytest.raises(CaptureError, match="has changed"):
            archive.write_revisit(exchange(body=b"other"), first, 1)
        again = archive.write_revisit(exchange(), first, 1)
        with pytest.raises(CaptureError, match="another revisit"):
            archive.write_revisit(exchange(), again, 2)
    assert [record[0] for record in records(tmp_path, first.warc)] == ["warcinfo", "response", "request", "revisit", "request"]


def test_what_a_browser_made_of_a_page_has_an_address_of_its_own(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(200)
    with Archive(tmp_path, "b", AT) as archive:
        parent = archive.write_exchange(exchange())
        dom = archive.write_resource(urn(Role.DOM, URL), "text/html", b"<p>rendered</p>", parent)
        shot = archive.write_resource(urn(Role.SCREENSHOT, URL), "image/png", png, parent)
    assert (dom.url, dom.role, dom.mime) == (f"urn:callboard:dom:{URL}", Role.DOM, "text/html")
    assert (shot.url, shot.role, shot.mime, shot.size) == (f"urn:callboard:screenshot:{URL}", Role.SCREENSHOT, "image/png", len(png))
    found = records(tmp_path, parent.warc)
    assert [record[0] for record in found] == ["warcinfo", "response", "request", "resource", "resource"]
    assert {record[1]["WARC-Concurrent-To"] for record in found[2:]} == {found[1][1]["WARC-Record-ID"]}
    assert fetch(tmp_path, dom) == b"<p>rendered</p>"
    assert fetch(tmp_path, shot) == png
    assert dom.context == parent.context


def many(folder: Path, count: int) -> list[Capture]:
    with Archive(folder, "many", AT) as archive:
        return [archive.write_exchange(exchange(url=f"{URL}&n={n}", body=f"<p>{n}</p>".encode() * (n % 50))) for n in range(count)]


def test_a_thousand_records_are_one_member_each(tmp_path: Path) -> None:
    captures = many(tmp_path, 1000)
    found = records(tmp_path, captures[0].warc)
    assert len(found) == 2001
    bodies = [payload for kind, _, _, payload in found if kind == "response"]
    assert bodies == [f"<p>{n}</p>".encode() * (n % 50) for n in range(1000)]
    data = (tmp_path / captures[0].warc).read_bytes()
    members = 0
    while data:
        unzip = zlib.decompressobj(31)
        assert unzip.decompress(data).count(b"WARC/1.1\r\n") == 1
        data = unzip.unused_data
        members += 1
    assert members == 2001
    for capture in reversed(captures):
        assert fetch(tmp_path, capture) == bodies[captures.index(capture)]


def test_damage_is_found(tmp_path: Path) -> None:
    captures = many(tmp_path, 6)
    path = tmp_path / captures[0].warc
    data = bytearray(path.read_bytes())
    data[captures[2].offset + captures[2].length // 2] ^= 0xFF
    path.write_bytes(data)
    wrong = [
        captures[0],
        captures[2],
        replace(captures[1], sha256="0" * 64),
        replace(captures[1], url="https://board.example/other"),
        replace(captures[1], offset=captures[1].offset + 1),
        replace(captures[1], length=captures[1].length - 1),
        replace(captures[1], warc="gone.warc.gz"),
        replace(captures[1], offset=1 << 40),
        replace(captures[1], warc="../" + tmp_path.name + "/" + captures[1].warc),
        replace(captures[1], warc=str(path)),
    ]
    problems = verify(tmp_path, wrong)
    assert len(problems) == 9
    assert {(problem.rule, problem.severity) for problem in problems} == {("capture-damaged", "error")}


def test_two_crawls_in_one_second_have_two_files(tmp_path: Path) -> None:
    with Archive(tmp_path, "b", AT) as one, Archive(tmp_path, "b", AT) as two:
        assert two.name == "b/20261121T021407Z-b-2.warc.gz"
    assert one.path.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("in the way")
    with pytest.raises(CaptureError, match="check the data folder"):
        Archive(tmp_path, "b", AT)


def test_a_full_disk_leaves_whole_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        room = 2_000

        def write(self, data: Any) -> int:
            if self.room == 0:
                raise OSError(28, "No space left on device")
            taken = super().write(bytes(data)[: self.room])
            self.room -= taken
            return taken

    archive = Archive(tmp_path, "b", AT)
    archive._file = Full(archive.path, "r+b")
    archive._file.seek(0, io.SEEK_END)
    first = archive.write_exchange(exchange())
    with pytest.raises(CaptureError, match="No space left"):
        archive.write_exchange(exchange(body=bytes(range(256)) * 400))
    archive.close()
    assert fetch(tmp_path, first) == BODY
    assert [record[0] for record in records(tmp_path, archive.name)] == ["warcinfo", "response", "request"]
