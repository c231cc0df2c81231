"""Uploading a built site to a server that has nothing of ours: beside the old site first, then shown in one step."""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, cast

from generator.errors import GongkaiError, reason_within
from generator.publish.release_names import ReleaseName, next_instant_after, parse_release_name, releases_to_delete

_TARGET = re.compile(r"rsync:(?:(?P<host>[^:]*):)?(?P<folder>.*)", re.DOTALL)
_HOST, _FOLDER = re.compile(r"[A-Za-z0-9@._][A-Za-z0-9@._-]{0,255}"), re.compile(r"/[A-Za-z0-9/._-]{1,4000}")
_SCRIPT = Path(__file__).with_name("server.sh")
_CHANGED_MEANWHILE, _NO_CONNECTION = 75, 255
_AS_BEFORE = "网站和以前一样。"


class UploadError(GongkaiError):
    """An upload that did not come to its end; the text says what the public sees."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder that a web server shows `current` of, on a machine that the command `ssh` reaches; "" for this one."""

    host: str
    folder: str
    ssh: tuple[str, ...] = ()

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that runs a command on that machine."""
        return [*self.ssh, self.host, shlex.join(arguments)] if self.host else [*arguments]


def parse_target(text: str) -> Target:
    """Read a target such as `rsync:user@host:/srv/xcgk` or `rsync:/srv/xcgk`; UploadError where it is none."""
    match = _TARGET.fullmatch(text)
    if not match:
        raise UploadError("GONGKAI_UPLOAD（--to）应当像 rsync:用户@主机:/srv/xcgk。")
    if match["host"] is not None and not _HOST.fullmatch(match["host"]):
        raise UploadError("GONGKAI_UPLOAD（--to）里的主机不对，应当像 用户@主机。")
    if not _FOLDER.fullmatch(match["folder"]):
        raise UploadError("GONGKAI_UPLOAD（--to）里的文件夹要从 / 写起，只用字母、数字和 / . _ -。")
    return Target(match["host"] or "", match["folder"])


@contextmanager
def reached_by_ssh(target: Target | None, key: str, hosts: str, port: str) -> Iterator[Target | None]:
    """Give the target with its ssh command; UploadError where that is not to be had.

    `key` (private) and `hosts` (known_hosts) are texts or names of files, "" for the user's own.
    """
    if target is None or not target.host:
        yield target
        return
    if key and not hosts:
        raise UploadError("写了 GONGKAI_SSH_KEY，还要写 GONGKAI_SSH_HOSTS，免得传到冒充的主机上。")
    if not re.fullmatch("[0-9]{0,5}", port):
        raise UploadError("GONGKAI_SSH_PORT 应当是一个数。")
    if not shutil.which("ssh"):
        raise UploadError("这台机器上没有 ssh，请先安装。")
    ssh = ["ssh", "-o", "BatchMode=yes", "-o", "ServerAliveInterval=15", "-o", "ConnectTimeout=60"]
    ssh += ["-p", port] if port else []
    with TemporaryDirectory(prefix="gongkai-") as folder:
        if key:
            for name, given in (("key", key), ("hosts", hosts)):
                Path(folder, name).touch(mode=0o600)
                Path(folder, name).write_bytes(_text(given))
            ssh += ["-i", str(Path(folder, "key")), "-o", "IdentitiesOnly=yes"]
            ssh += ["-o", f"UserKnownHostsFile={Path(folder, 'hosts')}", "-o", "StrictHostKeyChecking=yes"]
        yield replace(target, ssh=tuple(ssh))


def upload(
    site: Path, target: Target, release: ReleaseName, kept: int, *, force: bool, on_begin: Callable[[str], None]
) -> str:
    """Upload a site as a release, show it, delete all but the last `kept`, and return its name.

    The release begins later than those that are there. UploadError where the site is not shown, and where the public
    sees a newer one and `force` is not given.
    """
    token = secrets.token_hex(8)
    tool, live, *names = _on_server(target, "begin", token).splitlines()
    try:
        release = _after(release, names)
        _refuse_older(release, live, force=force)
        on_begin(str(release))
        send = _send_changes if tool == "rsync" and shutil.which("rsync") else _send_all
        send(site, target, f"{target.folder}/releases/.upload-{token}", live)
        while True:
            old = releases_to_delete([*names, str(release)], kept, {str(release)})
            changed = _on_server(target, "finish", token, live, str(release), *old)
            if not changed:
                return str(release)
            live, *names = changed.splitlines()
            _refuse_older(release, live, force=force)
            release = _after(release, names)
    except BaseException:
        _run(target, "abandon", token)
        raise


def _after(release: ReleaseName, names: list[str]) -> ReleaseName:
    return replace(release, began=next_instant_after(names, release.began))


def _refuse_older(release: ReleaseName, live: str, *, force: bool) -> None:
    shown = parse_release_name(live)
    if not force and shown and shown.sequence[0] and release.is_older(shown):
        raise UploadError(
            f"网站上是更新的版本 {live}，这次的 {release} 没有换上。"
            "换了平台或者仓库，或者确实要退回去，设 GONGKAI_FORCE=1 再运行。"
        )


def _on_server(target: Target, step: str, *arguments: str) -> str:
    """Run a step of the script and return what it answers; "" where the site is shown."""
    done = _run(target, step, *arguments)
    begins = step == "begin"
    if done.returncode == _NO_CONNECTION and target.host:
        lost = f"连不上 {target.host}。{_AS_BEFORE}" if begins else "连接断了，不知道换上没有。请看看网站，再运行一次。"
        raise UploadError(lost)
    if done.returncode not in {0, _CHANGED_MEANWHILE}:
        raise UploadError(_AS_BEFORE if begins else "传完了，没有换上。")
    return done.stdout.decode(errors="replace")


def _run(target: Target, step: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = target.command("sh", "-s", step, target.folder, *arguments)
    return subprocess.run(command, input=_SCRIPT.read_bytes(), stdout=subprocess.PIPE, check=False)  # noqa: S603


def _send_changes(site: Path, target: Target, place: str, live: str) -> None:
    """Send what changed with rsync; the server shares the other files with the live release."""
    options = ["--recursive", "--perms", "--chmod=D755,F644", "--checksum"]
    options += [f"--link-dest=../{live}"] if live else []
    options += ["-e", shlex.join(target.ssh)] if target.host else []
    there = f"{target.host}:{place}/" if target.host else f"{place}/"
    # From inside the site: rsync would take a colon in its path for the name of a machine.
    done = subprocess.run(["rsync", *options, "./", there], cwd=site, stderr=subprocess.PIPE, check=False)  # noqa: S603, S607
    if done.returncode:
        raise _incomplete(done.stderr)


def _send_all(site: Path, target: Target, place: str, _live: str) -> None:
    """Send the whole site where one of the two machines has no rsync."""
    command = target.command("sh", "-c", 'umask 022; exec tar -xzof - -C "$0"', place)
    with TemporaryFile() as words, subprocess.Popen(command, stdin=subprocess.PIPE, stderr=words) as process:  # noqa: S603
        failure = None
        try:
            with cast("IO[bytes]", process.stdin) as opened, tarfile.open(fileobj=opened, mode="w|gz") as archive:
                archive.add(site, ".", filter=_readable)
        except OSError as error:
            failure = error
        if process.wait() or failure:
            words.seek(0)
            raise _incomplete(words.read()) from failure


def _incomplete(words: bytes) -> UploadError:
    said = words.decode(errors="replace").strip()
    why = reason_within(said)
    return UploadError(f"{said}\n没有传完{f'（{why}）' if why else ''}。{_AS_BEFORE}".strip())


def _readable(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Let everybody read a file, and nobody in particular own it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o755 if member.isdir() else 0o644
    return member


def _text(given: str) -> bytes:
    """Return a setting that is a text, or names a file that holds it, with the line ends of Unix."""
    data = Path(given).read_bytes() if "\n" not in given and Path(given).is_file() else given.encode()
    return data.replace(b"\r", b"").rstrip(b"\n") + b"\n"
