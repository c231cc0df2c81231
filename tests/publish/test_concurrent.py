"""Many who push at once: nothing is lost, and each refusal says what to do. `make torture` has a hundred."""

from __future__ import annotations

from pathlib import Path

from generator.publish.host import Host
from tests.support.publish.contention import contend
from tests.support.publish.faults import Case, converged, reconcile
from tests.support.publish.hosts import Office, page, shown


def test_ten_pushes_from_four_clones(host: Host, office: Office, tmp_path: Path) -> None:
    text = host.settings.read_text()
    host.settings.write_text(text.replace("等待: 300", "等待: 30000"))
    told, ids = contend(host, tmp_path, 4, 10)
    print(told.table())
    assert told.wrong == []
    assert len(told.waits) == 10
    assert set(shown(host).public) == ids | {"2025/yi"}
    for id_ in ids:
        assert f"已经召开会议{id_.rpartition('-')[2]}次。" in page(host, f"notices/{id_}")
    office.git("fetch", "--quiet")
    assert office.git("rev-parse", "origin/main").strip() == shown(host).commit
    reconcile(host)
    office.git("merge", "--quiet", "--ff-only", "origin/main")
    converged(Case(host, office))
