"""The operator's settings: a variable wins over the file, the file over the default; what is wrong is refused in one line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from crawler.config import LIMITS, Config, load
from crawler.errors import ConfigError


def from_file(folder: Path, text: str, **variables: str) -> Config:
    """The settings of a folder with this `callboard.toml`."""
    (folder / "callboard.toml").write_text(text, "utf-8")
    return load({f"CALLBOARD_{name.upper()}": value for name, value in variables.items()}, folder)


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load({}, tmp_path) == Config()
    assert load({"PATH": "/bin", "HOME": "/home/nobody"}, tmp_path) == Config()


def test_a_variable_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    found = from_file(tmp_path, 'contact = "desk@larkspur.example"\ndelay = 5\nparallel = 3\n', delay="0.5")
    assert (found.contact, found.delay, found.parallel, found.per_host) == ("desk@larkspur.example", 0.5, 3, 1)
    assert isinstance(found.delay, float) and isinstance(found.parallel, int)


def test_a_named_file_is_read_and_must_be_there(tmp_path: Path) -> None:
    named = tmp_path / "other.toml"
    named.write_text('data_dir = "elsewhere"\n', "utf-8")
    assert load({"CALLBOARD_CONFIG": str(named)}, tmp_path).store == Path("elsewhere/store.db")
    with pytest.raises(ConfigError, match=r"CALLBOARD_CONFIG: no file .*missing.toml; name an existing file"):
        load({"CALLBOARD_CONFIG": str(tmp_path / "missing.toml")}, tmp_path)
    with pytest.raises(ConfigError, match="no file"):
        load({"CALLBOARD_CONFIG": str(tmp_path)}, tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('contcat = "x"\n', "unknown key 'contcat'; did you mean 'contact'?"),
        ("zzz = 1\n", "unknown key 'zzz'; known keys: data_dir, contact"),
        ("delay = true\n", "delay must be a number, not True"),
        ('delay = "soon"\n', "delay must be a number, not 'soon'"),
        ("delay = nan\n", "delay must be a number, not nan"),
        ("delay = -1\n", "delay must be at least 0, not -1"),
        ("page_limit = 1.5\n", "page_limit must be a whole number, not 1.5"),
        ("page_limit = 0\n", "page_limit must be at least 1, not 0"),
        ("parallel = 0\n", "parallel must be 1 to 64, not 0"),
        ("per_host = true\n", "per_host must be a whole number, not True"),
        ("port = 70000\n", "port must be 1 to 65535, not 70000"),
        ("contact = 5\n", "contact must be text, not 5"),
        ('data_dir = ""\n', "data_dir must be a folder, not ''"),
        ("data_dir = 7\n", "data_dir must be a folder, not 7"),
        ('unchecked = "perhaps"\n', "unchecked must be true or false, not 'perhaps'"),
        ("contact = [\n", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_what_is_right(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError) as refused:
        from_file(tmp_path, text)
    assert words in str(refused.value)
    assert str(tmp_path / "callboard.toml") in str(refused.value)
    assert "\n" not in str(refused.value) or "TOML" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CALLBOARD_DELY", "1", "variable CALLBOARD_DELY: unknown key 'dely'; did you mean 'delay'?"),
        ("CALLBOARD_DELAY", "fast", "variable CALLBOARD_DELAY: delay must be a number, not 'fast'"),
        ("CALLBOARD_DELAY", "inf", "delay must be a number, not 'inf'"),
        ("CALLBOARD_PAGE_LIMIT", "1.5", "page_limit must be a whole number, not '1.5'"),
        ("CALLBOARD_TIMEOUT", "0", "timeout must be at least 0.1, not '0'"),
    ],
)
def test_a_wrong_variable_is_refused_by_its_name(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load({name: value}, tmp_path)
    assert words in str(refused.value)


@pytest.mark.parametrize(("value", "truth"), [("true", True), ("1", True), ("Yes", True), ("false", False), ("0", False), ("", False)])
def test_truth_in_a_variable(tmp_path: Path, value: str, truth: bool) -> None:
    assert load({"CALLBOARD_UNCHECKED": value}, tmp_path).unchecked is truth


def test_every_number_has_limits_and_every_default_keeps_them() -> None:
    numbers = {each.name for each in fields(Config) if isinstance(getattr(Config(), each.name), int | float)} - {"unchecked"}
    assert numbers == set(LIMITS)
    assert all(least <= getattr(Config(), name) <= most for name, (least, most) in LIMITS.items())
