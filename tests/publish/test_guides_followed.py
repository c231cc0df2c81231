"""The guides followed line by line, from an empty host and an empty clone to upgrade and restore, as another account.

Left out is what needs a system of one's own: making the account, the keys of ssh, systemd, cron.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from packaging.version import Version

from generator.period import SHANGHAI
from tests.support.program import ROOT, tree
from tests.support.publish.premises import (
    Premises,
    approved,
    commands,
    other_account,
    premises,
    section,
    sources,
    wheel,
)

_OF_THE_SYSTEM = (
    "useradd",
    "systemctl",
    "crontab",
    "cp /srv/xcgk/web/",
    "restrict",
    "install -d -o gongkai -m 700 /home",
)
_PROGRAM = "/srv/gongkai-venv/bin/gongkai"
_ADDRESS = "gongkai@主机:/srv/xcgk/repo.git"


def _host(title: str) -> list[str]:
    """Return the commands of a section of the host's guide that a machine without a system of its own can run."""
    return [line for line in commands("host.md", title) if not line.startswith(_OF_THE_SYSTEM)]


@pytest.fixture(scope="module")
def machine() -> Iterator[Premises]:
    """Return a machine as the guides make it, with a notice published; the wheels of both versions lie beside it."""
    with premises() as made:
        checkout = sources(made.folder / "checkout")
        wheel(checkout, made.folder / "first")
        later = made.folder / "checkout" / "generator" / "version.py"
        os.utime(later, (time.time() + 3600,) * 2)  # above whatever a checkout holds
        wheel(checkout, made.folder / "second")
        for folder in ("first", "second"):
            (made.folder / folder).chmod(0o700)  # as root's own home is, where IT types
        _set_up(made)
        _publish(made)
        yield made


def _set_up(machine: Premises) -> None:
    it = machine.folder / "first"
    for line in _host("建立"):
        machine.type(it, line)
        if "-m venv" in line:
            machine.install_packages()


def _publish(machine: Premises) -> None:
    """Do what the office's guide says, on a computer of its own, with the address that the host's guide gives."""
    assert f"`{_ADDRESS}`" in (ROOT / "docs" / "host.md").read_text("utf-8")
    home, year = machine.folder / "home", datetime.now(SHANGHAI).year
    office, program = home / "tongbao", "export PATH=/srv/gongkai-venv/bin:$PATH"
    place, said = home, ""
    for line in section("office.md", "第一次"):
        machine.type(place, program, line.replace("地址", _ADDRESS))
        place = office if line.startswith("cd ") else place
    (home / "原稿" / "通报.txt").write_text(approved(datetime.now(SHANGHAI).date()), "utf-8")
    day = section("office.md", "发布那一天")
    for line in day[: day.index("git push") + 1]:
        if line != "gongkai serve":  # which goes on until it is interrupted
            said += machine.type(office, program, line.replace("2025/", f"{year}/"))
    assert f"remote: https://www.example.gov.cn/xcgk/notices/{year}/shili-media/" in said


def test_the_guides_lead_from_nothing_to_a_public_notice(machine: Premises) -> None:
    """The host belongs to its account, whom the unit and the crontab name; status has nothing to say against it."""
    year = datetime.now(SHANGHAI).year
    page = machine.host / "current" / "site" / "notices" / str(year) / "shili-media" / "index.html"
    assert "抽查稿件1200篇" in page.read_text("utf-8")
    assert {place.owner() for place in machine.host.iterdir()} == {machine.account}
    assert f"\nUser={machine.account}\n" in (machine.host / "web" / "gongkai.service").read_text("utf-8")
    assert f"crontab -u {machine.account} " in (machine.host / "web" / "crontab").read_text("utf-8")
    assert "注意" not in machine.type(machine.folder / "first", *_host("平时看什么"))


def test_the_upgrade_upgrades_and_the_site_is_made_by_the_new_program(machine: Premises) -> None:
    before = machine.type(machine.folder, f"{_PROGRAM} --version").split()[1]
    said = machine.type(machine.folder / "second", *_host("升级"))
    after = machine.type(machine.folder, f"{_PROGRAM} --version").split()[1]
    assert Version(after) > Version(before)
    assert f"gongkai {after}\n" in said
    assert f"gongkai-{after}-" in str(next((machine.folder / "second").glob("*.whl")))
    back = machine.type(machine.folder / "first", *_host("升级")[:2])
    assert f"gongkai {before}\n" in back, "the way back is the same with the older wheel"


def test_a_lost_host_comes_back_from_its_backup_the_same_byte_for_byte(machine: Premises) -> None:
    """The lines of the first backup, of a later one, and of the restore."""
    it, lines = machine.folder / "first", _host("备份和恢复")
    restore = next(number for number, line in enumerate(lines) if line.endswith("/srv/xcgk/"))
    machine.type(it, *lines[:restore])
    site = tree(machine.host / "current" / "site")
    shutil.rmtree(machine.host)
    again = [line for line in _host("建立") if line.startswith("mkdir ")]
    machine.type(it, *again, *lines[restore:])
    assert tree(machine.host / "current" / "site") == site
    assert "注意" not in machine.type(it, *_host("平时看什么"))


def _kept(machine: Premises) -> list[dict[str, str]]:
    return [tree(machine.host / name) for name in ("repo.git", "web", "state")]


def test_the_wrong_account_is_told_and_changes_nothing(machine: Premises) -> None:
    """Root, on a host that is another's, and in a folder that is to become one; and the backup, which git refuses."""
    if other_account() is None:
        pytest.skip("only root can act as another account, with a Python in /usr/bin that both can run")
    before = _kept(machine)
    place = machine.folder / "srv" / "neu"
    machine.type(machine.folder, "install -d -o gongkai /srv/neu")
    for line in (
        f"{_PROGRAM} server init /srv/xcgk",
        f"{_PROGRAM} server reconcile /srv/xcgk",
        f"{_PROGRAM} server init /srv/neu --address https://www.example.gov.cn/",
    ):
        done = machine.run(machine.folder, line)
        assert done.returncode == 1, line
        assert f"如：sudo -u {machine.account} {machine.folder}{_PROGRAM} server …" in done.stdout
    assert list(place.iterdir()) == []
    assert "dubious ownership" in machine.run(machine.folder, "git clone --mirror /srv/xcgk/repo.git x").stdout
    assert _kept(machine) == before
