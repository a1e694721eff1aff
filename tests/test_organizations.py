"""Names of organizations: legal forms dropped, other names known, examples kept beside the data."""

from __future__ import annotations

import tomllib

import pytest

from crawler.findings import organizations

DATA = tomllib.loads(organizations.DATA.read_text(encoding="utf-8"))
SAME = [example["same"] for example in DATA["example"] if "same" in example]
APART = [example["apart"] for example in DATA["example"] if "apart" in example]
KINDS = {
    "lab", "data_vendor", "platform", "casting_board", "avatar_maker", "voice_maker", "agency", "union", "university", "broadcaster",
}  # fmt: skip


@pytest.mark.parametrize("names", SAME, ids=" = ".join)
def test_one_organization(names: list[str]) -> None:
    assert len({organizations.key(name) for name in names}) == 1


@pytest.mark.parametrize("names", APART, ids=" / ".join)
def test_two_organizations(names: list[str]) -> None:
    assert len({organizations.key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Meta Platforms, Inc.", "Meta"),
        ("Larkmoor Audio Ltd", "Larkmoor Audio"),
        ("GmbH", "GmbH"),
        ("  Tidewell AI, Inc ", "Tidewell AI"),
        ("株式会社", "株式会社"),
    ],
)
def test_canonical(name: str, wanted: str) -> None:
    assert organizations.canonical(name) == wanted


def test_no_key_stands_for_two_organizations() -> None:
    names = [name for table in DATA["organization"] for name in (table["name"], *table.get("aliases", ()))]
    canonical = {organizations.key(name): organizations.canonical(name) for name in names}
    assert len(set(canonical.values())) == len(DATA["organization"])


def test_kinds_and_parents_are_known() -> None:
    names = {table["name"] for table in DATA["organization"]}
    assert {table["kind"] for table in DATA["organization"]} <= KINDS
    assert {table["parent"] for table in DATA["organization"] if "parent" in table} <= names
