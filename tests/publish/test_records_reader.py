"""Records in a repository: read one by one, and written as changes of a tree."""

from __future__ import annotations

import os
import random
import subprocess
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.publish.objects import Objects, changed_tree
from generator.publish.records_reader import RecordsReader
from generator.publish.repository import Repository
from generator.records import RecordsError
from tests.support.program import environment

_PATHS = [
    *("ledger.jsonl", "ledger/000001.jsonl", "ledger/000101.jsonl", "site/v1.json", "site/files/ab"),
    *(
        f"notices/202{year}/{slug}{end}"
        for year in "45"
        for slug in ("a", "a-b", "ab")
        for end in (".v1.json", "/files/0")
    ),
]


def _git(repository: Repository, *arguments: str, given: str = "", **around: str) -> str:
    command = ["git", "-C", str(repository.folder), *arguments]
    env = {**environment(), **around}
    return subprocess.run(command, input=given, env=env, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(params=["sha1", "sha256"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    """Make a bare repository of either kind."""
    folder = tmp_path / "repo.git"
    subprocess.run(["git", "init", "-q", "--bare", f"--object-format={request.param}", str(folder)], check=True)
    return Repository(folder)


def _tree(repository: Repository, files: dict[str, str]) -> str:
    """Let git write the tree of some files."""
    index = str(repository.folder / "an-index")
    _git(repository, "read-tree", "--empty", GIT_INDEX_FILE=index)
    given = "".join(f"100644 {id_}\t{path}\n" for path, id_ in files.items())
    _git(repository, "update-index", "--add", "--index-info", given=given, GIT_INDEX_FILE=index)
    return _git(repository, "write-tree", GIT_INDEX_FILE=index)


def _commit(repository: Repository, tree: str) -> str:
    return _git(repository, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit-tree", tree, "-m", "x")


def test_a_changed_tree_is_the_one_that_git_writes(repository: Repository) -> None:
    dice = random.Random(18)  # noqa: S311  (a choice of files)
    with Objects(repository) as objects:
        blobs = [objects.write("blob", str(number).encode()) for number in range(5)]
        files: dict[str, str] = {}
        tree = ""
        for _ in range(15):
            changed = {path: dice.choice([*blobs, ""]) for path in dice.sample(_PATHS, dice.randint(1, 6))}
            files = {path: id_ for path, id_ in {**files, **changed}.items() if id_}
            tree = changed_tree(objects, tree, changed)
            assert (tree or objects.write("tree", b"")) == _tree(repository, files)
    _git(repository, "fsck", "--strict")


def test_processes_that_were_forked_read_for_themselves(repository: Repository) -> None:
    with Objects(repository) as objects:
        names = [f"notices/2025/n{number}.v1.json" for number in range(400)]
        files = {name: objects.write("blob", name.encode() * 50) for name in names}
    with closing(RecordsReader(repository, _commit(repository, _tree(repository, files)))) as reader:
        assert reader(names[0]) == names[0].encode() * 50
        with ProcessPoolExecutor(2, get_context("fork"), _keep, (reader,)) as pool:
            found = list(pool.map(_read, [range(start, start + 50) for start in range(0, 400, 50)]))
        assert [data for _, own in found for data in own] == [name.encode() * 50 for name in names]
        assert os.getpid() not in {process for process, _ in found}
        assert reader(names[1]) == names[1].encode() * 50


_KEPT: list[RecordsReader] = []


def _keep(reader: RecordsReader) -> None:
    _KEPT.append(reader)


def _read(numbers: range) -> tuple[int, list[bytes]]:
    return os.getpid(), [_KEPT[0](f"notices/2025/n{number}.v1.json") for number in numbers]


def test_parts_bear_the_ids_of_their_files(repository: Repository) -> None:
    with Objects(repository) as objects:
        blobs = [objects.write("blob", str(number).encode()) for number in range(3)]
    files = {
        "ledger/001001.jsonl": blobs[2],
        "ledger/000027.jsonl": blobs[1],
        "ledger.jsonl": blobs[0],
        "ledger/x": blobs[0],
    }
    with closing(RecordsReader(repository, _commit(repository, _tree(repository, files)))) as reader:
        parts = reader.ledger_parts()
        assert [(part.path, part.token, part.read()) for part in parts] == [
            ("ledger.jsonl", blobs[0], b"0"),
            ("ledger/000027.jsonl", blobs[1], b"1"),
            ("ledger/001001.jsonl", blobs[2], b"2"),
        ]
        with pytest.raises(RecordsError, match=r"没有 site/v9\.json"):
            reader("site/v9.json")
    assert RecordsReader(repository, "").ledger_parts() == ()
