"""The catalogue reads strictly: what is wrong is named with its file, its key and the nearest right one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import catalog
from crawler.errors import ConfigError
from crawler.records import Expect

GOOD = """
id = "larkspur-voices"
kind = "lever"
name = "Larkspur Voices"
url = "https://larkspur.example/"
organization = "Larkspur Voices (invented)"
lineage = "employer"
region = "global"
cron = "17 4 * * *"
expect_min = 2
expect_max = 40
terms_note = "silent on robots"
invented = true

[settings]
site = "larkspur"
"""


def write(folder: Path, text: str, name: str = "larkspur-voices") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_file_becomes_a_source(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    source = catalog.load(tmp_path)["larkspur-voices"]
    assert (source.kind, source.cron, source.expect, source.checked) == ("lever", "17 4 * * *", Expect(2, 40), False)
    assert source.settings == {"site": "larkspur"}
    assert catalog.one("larkspur-voices", tmp_path) == source


FAULTS = [
    ('lineage = "employer"', 'lineage = "employer"\norganisation = "x"', "unknown key organisation (did you mean organization?)"),
    ('kind = "lever"', 'kind = "levre"', "unknown kind levre (did you mean lever?)"),
    ('kind = "lever"', "", "key kind is missing"),
    ('id = "larkspur-voices"', 'id = "larkspur"', "id larkspur must be the file's name, larkspur-voices"),
    ('lineage = "employer"', 'lineage = "boss"', "lineage boss must be one of: employer, platform"),
    ("expect_min = 2", "expect_min = '2'", "expect_min must be a whole number, not '2'"),
    ("expect_min = 2", "expect_min = true", "expect_min must be a whole number, not True"),
    ("expect_min = 2", "expect_min = 50", "expect_max must not be less than expect_min"),
    ("invented = true", 'invented = "yes"', "invented must be true or false"),
    ('url = "https://larkspur.example/"', 'url = "larkspur.example"', "url larkspur.example must begin with http"),
    ('cron = "17 4 * * *"', 'cron = "61 4 * * *"', "cron 61 4 * * * must read as"),
    ('site = "larkspur"', "site = 3", "setting site must be text in quotes, not 3"),
    ('site = "larkspur"', 'link_pattern = "("', "setting link_pattern is no regular expression"),
    ('site = "larkspur"', 'item_selector = "a[["', "setting item_selector is no CSS selector"),
    ("invented = true", 'refused = " "', "refused must give the reason"),
    ("invented = true", "invented = ", "not TOML"),
    ("[settings]", 'settings = "x"\n[other]', "unknown key other"),
]


@pytest.mark.parametrize(("good", "bad", "message"), FAULTS, ids=[message[:40] for _, _, message in FAULTS])
def test_a_mistake_is_named(tmp_path: Path, good: str, bad: str, message: str) -> None:
    path = write(tmp_path, GOOD.replace(good, bad))
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        catalog.load(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")


def test_an_id_that_is_no_kebab_case_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("larkspur-voices", "Larkspur_Voices"), "Larkspur_Voices")
    with pytest.raises(ConfigError, match="kebab-case"):
        catalog.load(tmp_path)


def test_an_unknown_source_is_answered_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(ConfigError, match=re.escape("no source larkspur-voice (did you mean larkspur-voices?)")):
        catalog.one("larkspur-voice", tmp_path)


def test_a_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        catalog.load(tmp_path / "none")


def test_a_further_folder_adds_and_may_not_take_an_id_twice(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert catalog.load_all(str(tmp_path)).keys() - catalog.load().keys() == {"larkspur-voices"}
    known = sorted(catalog.load())
    if known:
        write(tmp_path, GOOD.replace("larkspur-voices", known[0]), known[0])
        with pytest.raises(ConfigError, match=f"source {known[0]} exists already"):
            catalog.load_all(str(tmp_path))


def test_settings_are_checked_against_the_kind(tmp_path: Path) -> None:
    source = catalog.read(write(tmp_path, GOOD))
    catalog.check_settings(source, {"site", "api"}, {"site"})
    with pytest.raises(ConfigError, match=re.escape("unknown setting site for kind lever (did you mean sites?)")):
        catalog.check_settings(source, {"sites"}, set())
    with pytest.raises(ConfigError, match="needs setting board"):
        catalog.check_settings(source, {"site", "board"}, {"board"})


def test_kinds_are_the_spiders_files() -> None:
    assert {"greenhouse", "lever", "ashby", "jsonld", "rendered"} <= set(catalog.kinds())
    assert not [kind for kind in catalog.kinds() if kind.startswith("_")]
