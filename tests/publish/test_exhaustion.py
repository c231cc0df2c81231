"""A push of kilobytes that stands for millions of paths or gigabytes of bytes is refused, and costs the host little."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest

from generator.publish.repository import Repository
from tests.support.content import NOTICE
from tests.support.publish.faults import Case, converged, copied, works
from tests.support.publish.hosts import Pushed, environment, own

_MEMORY = 400_000_000
_HUGE = 500_000_000


@pytest.fixture
def case(pattern: Path, tmp_path: Path) -> Case:
    """Return a host that shows one notice, and its office's clone."""
    case = copied(pattern, tmp_path)
    own(case.host)  # its hooks are begun by git, and so share its limit
    return case


def _pushed(case: Case) -> Pushed:
    """Push with so little memory for git and for all that its hooks begin that no such file is held in it."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))

    command = ["git", "-C", str(case.office.folder), "push", "--quiet", "origin", "main"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment(), preexec_fn=limit)
    return Pushed(done.returncode, done.stderr.decode())


def _bomb(case: Case, levels: int) -> str:
    """Return a tree whose 32 entries are one tree, whose 32 entries are one tree, and so on down to 32 files."""
    repository = Repository(case.office.folder)
    inner = repository.run("hash-object", "-w", "--stdin", given=b"x\n").decode().strip()
    kind = "100644 blob"
    for _ in range(levels):
        entries = "".join(f"{kind} {inner}\tp{number}\n" for number in range(32))
        inner = repository.run("mktree", given=entries.encode()).decode().strip()
        kind = "040000 tree"
    return inner


@pytest.mark.parametrize("below", ["", "content/notices/2025/"])
def test_a_tree_of_a_million_paths_is_refused(case: Case, below: str) -> None:
    """Ten levels would be 10 ** 15 paths: the host stops counting."""
    index = {"GIT_INDEX_FILE": str(case.office.folder / ".git" / "index")}
    repository = Repository(case.office.folder)
    case.office.git("read-tree", "HEAD")
    tree = case.office.git("write-tree").strip()
    parts = [*below.strip("/").split("/"), "bomb"] if below else ["bomb"]
    made = _grafted(repository, tree, parts, _bomb(case, 10))
    commit = repository.run("commit-tree", made, "-p", "HEAD", "-m", "x", around=environment() | index).decode().strip()
    case.office.git("update-ref", "HEAD", commit)
    refused = _pushed(case)
    assert (refused.code, "超过 100000 个" in refused.words) == (1, True), refused.words
    converged(case)


def _grafted(repository: Repository, tree: str, parts: list[str], graft: str) -> str:
    """Return a tree with another tree put at a path of it."""
    lines = repository.run("ls-tree", tree).decode().splitlines()
    inner = {line.partition("\t")[2]: line.split()[2] for line in lines}
    put = graft if len(parts) == 1 else _grafted(repository, inner[parts[0]], parts[1:], graft)
    kept = [line for line in lines if line.partition("\t")[2] != parts[0]]
    return (
        repository.run("mktree", given="\n".join([*kept, f"040000 tree {put}\t{parts[0]}\n"]).encode()).decode().strip()
    )


def test_an_attachment_of_packed_zeros_is_refused_by_its_size(case: Case) -> None:
    """Packed it has half a megabyte; nothing holds it whole, neither git nor what reads the content."""
    office = case.office
    place = office.folder / "content/notices/2025/yi/表.pdf"
    place.parent.mkdir()
    with place.open("wb") as opened:
        opened.truncate(_HUGE)
    # The client of the test shares the limit with the host.
    office.git("config", "core.compression", "1")
    office.git("config", "core.bigFileThreshold", "16m")
    office.commit({"content/notices/2025/yi.yml": NOTICE + "附件:\n  - 文件: 表.pdf\n    标题: 表\n"})
    refused = _pushed(case)
    assert refused.code == 1
    assert "表.pdf，500 MB" in refused.words, refused.words
    assert "每个不能超过 50 MB" in refused.words
    office.git("reset", "--quiet", "--hard", "HEAD~1")
    works(case, 1)
