"""What a forge publishes is on record in its own repository, and nothing that was public changes without a word."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.support.content import NOTICE
from tests.support.publish.hosts import corrected
from tests.support.repositories import Repository, ended, shown, stand_in, wait_for

PLACE = "content/notices/2025/yi.yml"
FOUR = NOTICE.replace("会议三次", "会议四次")


def _ledger(repository: Repository) -> list[dict[str, object]]:
    command = ["git", "show", "records:ledger/000001.jsonl"]
    done = subprocess.run(command, cwd=repository.folder, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_publication_is_entered_once(repository: Repository, server: Path) -> None:
    # What an office leaves out of its repository is nothing to the records.
    (repository.folder / ".git/info/exclude").write_text("site/\n")
    for _ in range(2):
        code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}")
        assert code == 0, said
    assert [line["event"] for line in _ledger(repository)] == ["site-changed", "published"]
    command = ["git", "ls-tree", "-r", "--name-only", "records"]
    listed = subprocess.run(command, cwd=repository.folder, capture_output=True, text=True, check=True).stdout.split()
    assert listed == ["ledger/000001.jsonl", "notices/2025/yi.v1.json", "site/v1.json"]
    repository.commit({PLACE: corrected(FOUR)}, 1)
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    assert [line["event"] for line in _ledger(repository)] == ["site-changed", "published", "corrected"]
    assert "notices/2025/yi/v1/index.html" in shown(server)
    assert (server / "current/data/ledger/000001.jsonl").read_bytes().count(b"\n") == 3


def test_two_publications_of_one_commit_in_the_same_second_have_names_of_their_own(
    repository: Repository, server: Path
) -> None:
    """So they have where the clock stands still, or was set back: names go on from those that are there."""
    for epoch in ("1764547200", "1764547200", "1764540000"):
        code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}", SOURCE_DATE_EPOCH=epoch)
        assert code == 0, said
    names = sorted(release.name for release in (server / "releases").iterdir())
    assert [name[:15] for name in names] == ["20251201-080000", "20251201-080001", "20251201-080002"]
    assert (server / "current").readlink().name == names[-1]


def test_a_silent_change_is_refused_in_a_merge_request_and_in_a_publication(
    repository: Repository, server: Path
) -> None:
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    before = shown(server)
    repository.commit({PLACE: FOUR}, 1)
    for arguments in (("--check",), ()):
        code, said = repository.run(*arguments, GONGKAI_UPLOAD=f"rsync:{server}")
        assert code == 1
        assert "[silent-change]" in said
        assert "gongkai correct 2025/yi" in said
    assert shown(server) == before
    assert len(_ledger(repository)) == 2


def test_of_two_clones_at_once_one_is_told_to_run_again(repository: Repository, server: Path, tmp_path: Path) -> None:
    """The second to enter its publication is refused, writes nothing over the first, and succeeds when run again."""
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    other = repository.clone(tmp_path / "other")
    other.commit({"content/notices/2025/er.yml": NOTICE}, 1)
    repository.commit({PLACE: corrected(FOUR)}, 1)
    go = tmp_path / "go"
    git = "/usr/bin/git"
    waiting = stand_in(
        tmp_path / "tools",
        "git",
        f'case "$*" in *"push --quiet"*) while [ ! -e {go} ]; do sleep 0.02; done ;; esac\nexec {git} "$@"',
    )
    process = other.start(tools=waiting, GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN="5")
    wait_for(process, "生成")
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN="6")[0] == 0
    go.touch()
    code, said = ended(process)
    assert code == 1
    assert "再运行一次就行" in said
    assert [line["id"] for line in _ledger(repository)] == ["site", "2025/yi", "2025/yi"]
    assert "notices/2025/er/index.html" not in shown(server)


def test_without_the_right_to_push_nothing_is_published(repository: Repository, server: Path, tmp_path: Path) -> None:
    refusing = stand_in(
        tmp_path / "tools", "git", 'case "$*" in *"push --quiet"*) exit 1 ;; esac\nexec /usr/bin/git "$@"'
    )
    code, said = repository.run(tools=refusing, GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 1
    assert "没有推送的权限" in said
    assert not (server / "current").exists()


def test_a_forge_may_publish_without_records(repository: Repository, server: Path) -> None:
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RECORDS="no")[0] == 0
    assert "data/ledger/000001.jsonl" not in shown(server)
    listed = subprocess.run(["git", "branch"], cwd=repository.folder, capture_output=True, text=True, check=True)
    assert "records" not in listed.stdout
