"""The upload that a forge's pipeline runs: what it publishes, and that it never shows half a site or an old one."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.publish import upload
from tests.support.content import NOTICE, SmallContent
from tests.support.publish.hosts import corrected
from tests.support.repositories import (
    INSTALLED,
    Repository,
    left_over,
    new_repository,
    shown,
    stand_in,
    until,
)

CHANGED = corrected(NOTICE.replace("会议三次", "会议四次"))
BROKEN = NOTICE.replace("标题: 中共", "标题：中共")
LAYOUTS = {"site": "", "content": "content"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_repository_of_either_layout_is_published(layout: str, small_content: SmallContent, server: Path) -> None:
    """It may hold content/ or be the content; what the forge needs beside is no stray file."""
    folder = small_content() / LAYOUTS[layout]
    repository = new_repository(folder.rename(folder.with_name("repository")))
    (repository.folder / "gongkai-0.1.0-py3-none-any.whl").write_bytes(b"PK")
    code, said = repository.run(installed=INSTALLED)
    assert code == 0, said
    assert "stray-file" not in said
    assert "网站在 public/，没有上传" in said
    assert "notices/2025/yi/index.html" in repository.built
    code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 0, said
    assert shown(server) == repository.built
    assert left_over(server) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("arguments", [["--check"], []], ids=["check", "publish"])
def test_a_broken_notice_stops_it_before_any_upload(
    arguments: list[str], layout: str, small_content: SmallContent, server: Path
) -> None:
    """The problem is named with file and line, as it is on the clerk's computer."""
    folder = small_content({"notices/2025/er.yml": BROKEN}) / LAYOUTS[layout]
    repository = new_repository(folder.rename(folder.with_name("repository")))
    code, said = repository.run(*arguments, GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 1
    assert "content/notices/2025/er.yml 第2行第3列 [full-width-colon]" in said
    assert not server.exists()
    assert not (repository.folder / "public").exists()


def test_check_alone_builds_and_uploads_nothing(repository: Repository, server: Path) -> None:
    code, said = repository.run("--check", GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 0, said
    assert not server.exists()
    assert not (repository.folder / "public").exists()


def test_the_day_of_a_demo_is_not_published(repository: Repository, server: Path) -> None:
    site = repository.folder / "content" / "site.yml"
    site.write_text(site.read_text("utf-8") + "示例日期: 2025-12-01\n", "utf-8")
    code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 1
    assert "[demo-day]" in said
    assert not server.exists()


BAD_SETTINGS = {
    "no scheme": {"GONGKAI_UPLOAD": "/srv/xcgk"},
    "other scheme": {"GONGKAI_UPLOAD": "sftp:host:/srv"},
    "relative": {"GONGKAI_UPLOAD": "rsync:user@host:srv"},
    "blank in the folder": {"GONGKAI_UPLOAD": "rsync:/srv/a b"},
    "quote in the folder": {"GONGKAI_UPLOAD": "rsync:/srv/a';x"},
    "the root": {"GONGKAI_UPLOAD": "rsync:/"},
    "option for a host": {"GONGKAI_UPLOAD": "rsync:-oProxyCommand=x:/srv"},
    "none kept": {"GONGKAI_UPLOAD": "rsync:/srv/xcgk", "GONGKAI_KEEP": "0"},
    "run in words": {"GONGKAI_UPLOAD": "rsync:/srv/xcgk", "GONGKAI_RUN": "甲"},
    "key without the host's": {"GONGKAI_UPLOAD": "rsync:user@host:/srv/xcgk", "GONGKAI_SSH_KEY": "geheim"},
}


def test_settings_are_looked_at_before_anything_is_built(repository: Repository) -> None:
    for name, settings in BAD_SETTINGS.items():
        code, said = repository.run(**settings)
        assert code == 1, name
        assert re.fullmatch(r"没有发布：.*GONGKAI_.*\n", said), said
        assert "geheim" not in said
    assert not (repository.folder / "public").exists()


def test_over_ssh_the_same_happens_there(repository: Repository, server: Path, tmp_path: Path) -> None:
    """What stands in for ssh runs on this machine what it is told to run there, as a shell there would."""
    log = tmp_path / "log"
    tools = stand_in(
        tmp_path / "tools",
        "ssh",
        f'echo "$*" >>{log}\nwhile :; do case $1 in -[oipl]) shift 2 ;; *) break ;; esac; done\nshift\nexec sh -c "$*"',
    )
    settings = {"GONGKAI_SSH_KEY": "geheim", "GONGKAI_SSH_HOSTS": "host ssh-ed25519 AAAA", "GONGKAI_SSH_PORT": "2222"}
    code, said = repository.run(tools=tools, GONGKAI_UPLOAD=f"rsync:user@host:{server}", **settings)
    assert code == 0, said
    assert shown(server) == repository.built
    calls = log.read_text("utf-8").splitlines()
    assert len(calls) == 3
    assert all("-p 2222" in call and "StrictHostKeyChecking=yes" in call and "user" in call for call in calls)
    assert "geheim" not in said + log.read_text("utf-8")
    assert not any(Path(key).exists() for key in re.findall(r"-i (\S+)", calls[0]))


def test_what_did_not_change_is_not_stored_again(repository: Repository, server: Path) -> None:
    """Its file is the old one, time and all, so that readers' copies stay good; what changed bears a new time."""
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    first = (server / "current").resolve()
    repository.commit({"content/notices/2025/yi.yml": CHANGED}, 1)
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    second = (server / "current").resolve()
    same, changed = Path("assets/gongkai.css"), Path("notices/2025/yi/index.html")
    assert (first / same).samefile(second / same)
    assert (first / changed).stat().st_mtime_ns < (second / changed).stat().st_mtime_ns
    assert second.stat().st_mode & 0o777 == 0o755
    assert (second / changed).stat().st_mode & 0o777 == 0o644


@contextmanager
def reader(server: Path) -> Iterator[list[dict[str, str]]]:
    """Read the whole site again and again; give the list of what was seen."""
    seen: list[dict[str, str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(shown(server))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def test_readers_see_only_whole_sites(repository: Repository, server: Path) -> None:
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    whole = [repository.built]
    with reader(server) as seen:
        for minute, text in enumerate((CHANGED, corrected(NOTICE, 2)), 1):
            repository.commit({"content/notices/2025/yi.yml": text}, minute)
            assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
            whole.append(repository.built)
        until(lambda: bool(seen) and seen[-1] == whole[-1])
    assert all(site in whole for site in seen)
    assert seen.count(whole[0]) < len(seen)


def test_a_folder_in_the_place_of_the_link_is_left_alone(repository: Repository, server: Path) -> None:
    (server / "current").mkdir(parents=True)
    code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 1
    assert "不是符号链接" in said
    assert left_over(server) == []


def test_what_runs_on_the_server_is_clean() -> None:
    script = Path(upload.__file__).with_name("server.sh")
    done = subprocess.run(["shellcheck", "--shell=sh", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
