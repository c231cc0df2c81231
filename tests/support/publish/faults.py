"""What tests of faults share: copies of a host, processes by their session, and what must be true after a fault."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.html.resources import default_configuration
from generator.locks import locked
from generator.publish.host import Host
from generator.publish.progress import Step
from generator.publish.release import integrity_error
from generator.publish.repository import Repository
from generator.publish.store import live
from tests.support.fork import runs
from tests.support.publish.hosts import Office, Pushed, environment, gongkai, own, quick
from tests.support.readiness import PATIENCE

BRANCH = "refs/heads/main"
_HOOK = "generator.cli.hook"
_ROOT_NAMES = {"current", "current.txt", "folders", "previews", "releases", "repo.git", "server.yml", "state", "web"}


@dataclass(frozen=True, slots=True)
class Process:
    """A process as the system shows it: its number, its parent's, and its command line."""

    id: int
    parent: int
    command: str


@dataclass(frozen=True, slots=True)
class Case:
    """A host and a clone that pushes to it; what is pushed bears a number, so that the page tells which it is."""

    host: Host
    office: Office

    def commit(self, number: int) -> str:
        """Commit a page that says the number."""
        return self.office.commit({"content/about.md": f"# 关于本站\n\n这是第{number}版。\n"})

    def tip(self) -> str:
        """Return what the branch of the host names."""
        return Repository(self.host.repository).tip(BRANCH)


def copied(pattern: Path, folder: Path) -> Case:
    """Copy a host and its clone to a folder, as IT moves a host: by copying it and running init again."""
    for name in ("host", "office"):
        shutil.copytree(pattern / name, folder / name, symlinks=True)
    host, office = Host(folder / "host"), Office(folder / "office")
    quick(own(host))
    office.git("remote", "set-url", "origin", str(host.repository))
    return Case(host, office)


def own_hook(host: Host, name: str) -> list[str]:
    """Return the command line of the program in the host's own hook."""
    (line,) = (line for line in own_script(host, name).splitlines() if line.endswith(" $PPID"))
    return shlex.split(line.partition(" | ")[2].removesuffix(" $PPID"))


def own_script(host: Host, name: str) -> str:
    """Return the host's own hook."""
    return (host.repository / "hooks" / name).read_text()


def whole(case: Case, *commits: str) -> str:
    """Make sure that the public sees a site that is whole and is of one of the commits, and return which it is."""
    release = live(case.host)
    assert release is not None, "nothing is live"
    assert integrity_error(release, full=True) == ""
    assert release.commit in commits, f"live is {release.commit}, neither of {commits}"
    said = case.office.git("show", f"{release.commit}:content/about.md").split("\n\n")[1].strip()
    # Of this very release: whoever was not killed may switch to the next one meanwhile.
    assert said in (release.site / "about" / "index.html").read_text(encoding="utf-8"), "the page is of another commit"
    return release.commit


def reconcile(host: Host, *more: str) -> str:
    """Run reconcile as the timer does, and return what it says."""
    done = gongkai("server", "reconcile", str(host.root), *more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def converged(case: Case) -> None:
    """Make sure that the tip is live and whole, that nothing is left over, and that nobody has the lock."""
    whole(case, case.tip())
    names = {place.name for place in case.host.root.iterdir()}
    assert names == _ROOT_NAMES, f"left over: {names - _ROOT_NAMES}"
    assert case.host.named.read_text() == case.host.current.readlink().name, "servers show different releases"
    left = [place.name for place in case.host.releases.iterdir() if place.name.startswith(".")]
    assert not left, f"left over: {left}"
    with locked(case.host.lock, 0):
        pass


def works(case: Case, number: int) -> None:
    """Make sure that one more push goes live."""
    commit = case.commit(number)
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words
    whole(case, commit)


def build_with(case: Case, code: str) -> Path:
    """Have IT's own mkdocs.yml name a hook that each build imports, and return that file, for whoever removes it."""
    hook = case.host.root.with_name("fault.py")
    hook.write_text(textwrap.dedent(code))
    own = case.host.root / "mkdocs.yml"
    text = default_configuration().read_text(encoding="utf-8")
    own.write_text(f"{text}\nhooks:\n  - {hook}\n", encoding="utf-8")
    return own


@contextmanager
def build_halted(case: Case) -> Iterator[Callable[[subprocess.Popen[bytes]], int]]:
    """Have the build of the next push stop itself; give what waits until it has, and returns its process."""
    log = case.host.root.with_name("build")
    code = f"""
        import os, pathlib, signal
        pathlib.Path({str(log)!r}).write_text(f"MAKE {{os.getpid()}}\\n")
        os.kill(os.getpid(), signal.SIGSTOP)
        """
    own = build_with(case, code)

    def wait(push: subprocess.Popen[bytes]) -> int:
        number = halted(push, log, Step.MAKE)
        own.unlink()
        return number

    yield wait
    own.unlink(missing_ok=True)


@contextmanager
def pushing(office: Office, **more: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Begin a push in a session of its own, whose number is the client's, and give where its words are written."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words"
        with words.open("wb") as opened:
            command = ["git", "-C", str(office.folder), "push", "origin", "main"]
            push = subprocess.Popen(command, stderr=opened, start_new_session=True, env=environment() | more)
        with push:
            try:
                yield push, words
            finally:
                end(push.pid)


def waited(push: subprocess.Popen[bytes], words: Path) -> Pushed:
    """Wait until a push is over, and return what it came to."""
    code = push.wait(PATIENCE)
    return Pushed(code, words.read_text(encoding="utf-8", errors="replace"))


def halted(push: subprocess.Popen[bytes], log: Path, step: Step) -> int:
    """Wait until the hook of a push has stopped at a step, and return its process."""
    while push.poll() is None:
        for at, number in runs.steps(log):
            if at is step and _state(number) == "T":
                return number
        time.sleep(0.005)
    raise AssertionError(f"the push was over before {step.name}")


def _state(number: int) -> str:
    return Path(f"/proc/{number}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]


def session(number: int) -> list[Process]:
    """List the processes of a session that run, parents first."""
    found = []
    for place in Path("/proc").iterdir():
        if not place.name.isdecimal():
            continue
        try:
            stat = (place / "stat").read_text(errors="replace").rpartition(")")[2].split()
            command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        if int(stat[3]) == number and stat[0] not in {"Z", "X"}:
            found.append(Process(int(place.name), int(stat[1]), command))
    return sorted(found, key=lambda process: process.id)


def end(number: int) -> None:
    """End what is left of a session that we began, each process by its number."""
    for process in session(number):
        kill(process)


def kill(process: Process) -> None:
    """Kill a process, if it is still there."""
    with suppress(ProcessLookupError):
        os.kill(process.id, signal.SIGKILL)


def over(number: int) -> None:
    """Wait until nothing of a session runs any more."""
    limit = time.monotonic() + PATIENCE
    while left := session(number):
        assert time.monotonic() < limit, f"still running: {left}"
        time.sleep(0.02)


def kind(process: Process, everybody: list[Process], client: int) -> str:
    """Say which part a process has in a push whose client has the number."""
    above = {other.id: other for other in everybody}
    words = process.command.split()
    if process.id == client:
        return "client"
    if not words:
        return "(ending)"
    if not _is_python(process):
        shell = words[:1] == ["/bin/sh"] or words[:1] == ["sh"]
        return (
            "receive-pack"
            if "receive-pack" in process.command
            else "shell"
            if shell
            else words[0]
            if words
            else "(ending)"
        )
    parent = above.get(process.parent)
    if parent is None or not _is_python(parent):
        return words[words.index(_HOOK) + 1] if _HOOK in words else "hook"
    higher = above.get(parent.parent)
    return "worker" if higher is not None and _is_python(higher) else "build"


def _is_python(process: Process) -> bool:
    return "python" in process.command.partition(" ")[0]
