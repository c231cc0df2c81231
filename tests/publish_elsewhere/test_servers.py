"""Servers of every kind, and a site that was built by hand: what is there counts, and what breaks is said."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.support.content import NOTICE, SmallContent
from tests.support.program import gongkai, tree
from tests.support.publish.hosts import corrected
from tests.support.repositories import (
    INSTALLED,
    Repository,
    commands_without,
    ended,
    left_over,
    shown,
    stand_in,
    until,
)

CHANGED = corrected(NOTICE.replace("会议三次", "会议四次"))
# Runs on this machine what it is to run there, as a shell there would.
SSH = "while :; do case $1 in -[oipl]) shift 2 ;; *) break ;; esac; done\nshift\n{}"
KEY = {"GONGKAI_SSH_KEY": "geheim", "GONGKAI_SSH_HOSTS": "host ssh-ed25519 AAAA"}


def test_without_rsync_the_whole_site_is_sent(repository: Repository, server: Path, tmp_path: Path) -> None:
    """Over ssh as well; web servers may read it, whatever the umask there."""
    path = commands_without(tmp_path / "bin", "rsync")
    tools = stand_in(tmp_path / "tools", "ssh", SSH.format('umask 077\nexec sh -c "$*"'))
    for minute, to in enumerate((f"rsync:{server}", f"rsync:user@host:{server}"), 1):
        repository.commit({"content/notices/2025/yi.yml": corrected(NOTICE, minute)}, minute)
        code, said = repository.run(tools=tools, PATH=path, GONGKAI_UPLOAD=to)
        assert code == 0, said
        assert shown(server) == repository.built
        assert left_over(server) == []
        modes = {place.stat().st_mode & 0o777 for place in (server / "current").resolve().rglob("*")}
        assert modes == {0o755, 0o644}
    assert len(list((server / "releases").iterdir())) == 2


def test_what_is_cut_short_without_rsync_is_not_shown(repository: Repository, server: Path, tmp_path: Path) -> None:
    path = commands_without(tmp_path / "bin", "rsync")
    assert repository.run(PATH=path, GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    old = shown(server)
    repository.commit({"content/notices/2025/yi.yml": CHANGED}, 1)
    for script in (f'head -c 20000 | {shutil.which("tar")} "$@"', 'echo "tar: No space left on device" >&2\nexit 2'):
        tools = stand_in(tmp_path / "tools", "tar", script)
        code, said = repository.run(tools=tools, PATH=path, GONGKAI_UPLOAD=f"rsync:{server}")
        assert code == 1
        assert "没有传完" in said
        assert "网站和以前一样" in said
        assert shown(server) == old
        assert left_over(server) == []
    assert "没有传完（磁盘满了）" in said


@pytest.mark.parametrize("done", [False, True], ids=["before the switch", "after the switch"])
def test_a_lost_connection_is_said(done: bool, repository: Repository, server: Path, tmp_path: Path) -> None:
    """Whether the site was shown is not known here; run again, it is."""
    last = 'sh -c "$*"' if done else ":"
    script = f'case "$*" in *finish*) {last}; exit 255 ;; *) exec sh -c "$*" ;; esac'
    lost = stand_in(tmp_path / "lost", "ssh", SSH.format(script))
    to = f"rsync:user@host:{server}"
    code, said = repository.run(tools=lost, GONGKAI_UPLOAD=to)
    assert code == 1
    assert "没有发布：连接断了，不知道换上没有。请看看网站，再运行一次。" in said
    assert (server / "current").exists() == done
    assert left_over(server) == []
    code, said = repository.run(tools=stand_in(tmp_path / "tools", "ssh", "exit 255"), GONGKAI_UPLOAD=to)
    assert code == 1
    assert "没有发布：连不上 user@host。网站和以前一样。" in said
    whole = stand_in(tmp_path / "tools", "ssh", SSH.format('exec sh -c "$*"'))
    code, said = repository.run(tools=whole, GONGKAI_UPLOAD=to)
    assert code == 0, said
    assert shown(server) == repository.built


def test_an_upload_that_is_ended_leaves_no_key_behind(repository: Repository, tmp_path: Path) -> None:
    waiting = stand_in(tmp_path / "tools", "ssh", f"touch {tmp_path}/asked\nexec sleep 600")
    kept = tmp_path / "kept"
    kept.mkdir()
    process = repository.start(
        tools=waiting, installed=INSTALLED, GONGKAI_UPLOAD="rsync:user@host:/srv/xcgk", TMPDIR=str(kept), **KEY
    )
    until((tmp_path / "asked").exists)
    assert [place.read_text("utf-8") for place in kept.rglob("key")] == ["geheim\n"]
    process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == 1
    assert list(kept.iterdir()) == []


def test_releases_that_the_script_named_count(repository: Repository, server: Path) -> None:
    """An office that had publish.sh goes on: an older run is refused, a newer one replaces what is there."""
    live = server / "releases" / "20991201000000-0123456789ab-run9"
    live.mkdir(parents=True)
    (server / "current").symlink_to(f"releases/{live.name}")
    settings = {"GONGKAI_UPLOAD": f"rsync:{server}", "GONGKAI_RECORDS": "no"}
    code, said = repository.run(GONGKAI_RUN="8", **settings)
    assert code == 1
    assert f"网站上是更新的版本 {live.name}" in said
    code, said = repository.run(GONGKAI_RUN="10", **settings)
    assert code == 0, said
    assert (server / "current").readlink().name.startswith("20991201-080001-")
    assert live.exists()


def test_a_site_that_was_built_by_hand_is_uploaded(small_content: SmallContent, server: Path) -> None:
    """It needs no repository, and goes over whatever is there; a folder that is no site is refused."""
    folder = small_content()
    for text in (NOTICE, CHANGED):
        (folder / "content/notices/2025/yi.yml").write_text(text, "utf-8")
        assert gongkai("build", "--live", cwd=folder).returncode == 0
        run = gongkai("upload", "--site", "site", "--to", f"rsync:{server}", cwd=folder)
        assert run.returncode == 0, run.stdout + run.stderr
        assert shown(server) == tree(folder / "site")
    run = gongkai("upload", "--site", "content", "--to", f"rsync:{server}", cwd=folder)
    assert run.returncode == 1
    assert run.stderr == "没有发布：content 不是 gongkai build 生成的网站。\n"
    run = gongkai("upload", "--site", "site", cwd=folder)
    assert run.returncode == 2
    assert "没有写传到哪里" in run.stderr
