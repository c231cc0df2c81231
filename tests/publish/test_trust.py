"""Content is not code: whatever a push brings, nothing of it runs on the host; and a pusher's account can only push."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.publish.host import Host
from tests.support.program import files_below
from tests.support.publish.faults import Case, converged, whole, works
from tests.support.publish.hosts import Office, environment, own, shown

_MARK = "zhongxiade"


@pytest.fixture
def case(host: Host, office: Office) -> Case:
    """Return a host that is live, with its own hooks, and the clone that pushed to it."""
    return Case(own(host), office)


def _planted(marker: Path) -> dict[str, str]:
    """Return files, each of which would write a marker if any program took it for its own."""
    code = f"open({str(marker)!r}, 'a').write(__file__)\nPLANT = '{_MARK}'\n"
    template = f"{_MARK}{{{{ cycler.__init__.__globals__.os.system('echo template >> {marker}') }}}}"
    packages = ("generator", "generator/cli", "generator/site", "mkdocs", "material", "yaml", "sitecustomize", "json")
    inside = {f"{below}{name}/__init__.py": code for name in packages for below in ("", "content/")}
    loose = {
        f"{below}{name}.py": code
        for name in ("sitecustomize", "usercustomize", "hook", "x", "conftest")
        for below in ("", "content/")
    }
    settings = f"site_name: {_MARK}\nhooks: [hook.py]\ntheme: {{name: null, custom_dir: theme}}\n"
    return (
        inside
        | loose
        | {
            "mkdocs.yml": settings,
            "content/mkdocs.yml": settings,
            "theme/main.html": template,
            "theme/partials/header.html": template,
            "content/theme/main.html": template,
            "content/overrides/main.html": template,
            "content/index.html": template,
            "content/assets/x.js": f"alert('{_MARK}')",
            "content/notices/2025/yi/x.html": template,
            "pyproject.toml": f"[project]\nname = '{_MARK}'\n",
            ".git-hooks/pre-receive": f"#!/bin/sh\necho hook >> {marker}\n",
            "Makefile": f"all:\n\techo make >> {marker}\n",
            "server.yml": "网址: https://evil.example.com/\n",
            ".env": f"PYTHONSTARTUP={marker}\n",
        }
    )


def test_nothing_that_a_push_plants_runs_or_appears(case: Case, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    commit = case.office.commit(_planted(marker))
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words
    assert "个不是内容的文件" in pushed.words
    whole(case, commit)
    works(case, 1)
    assert not marker.exists(), marker.read_text()
    for place in (*case.host.folders.root.rglob("*"), *(case.host.root / "web").rglob("*")):
        if place.is_file():
            assert _MARK.encode() not in place.read_bytes(), place
    names = {place.name for place in files_below(shown(case.host).site)}
    assert names.isdisjoint({"x.py", "hook.py", "x.html", "mkdocs.yml", "x.js"})
    converged(case)


def test_the_planted_code_would_run_where_it_is_taken_for_a_program(tmp_path: Path) -> None:
    """The plants bear fruit in a Python that looks at its own folder; otherwise the test above proves nothing."""
    marker, folder = tmp_path / "marker", tmp_path / "planted"
    for path, text in _planted(marker).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    subprocess.run([sys.executable, "-m", "generator"], cwd=folder, check=False, capture_output=True)
    assert "generator" in marker.read_text()


def test_what_a_pusher_sets_for_himself_does_not_reach_the_host(case: Case, tmp_path: Path) -> None:
    """His HOME and his git's settings name other hooks, a pager, attributes and line ends; his Python other modules."""
    marker, home = tmp_path / "marker", tmp_path / "home"
    (home / "hooks").mkdir(parents=True)
    for name in ("pre-receive", "post-receive", "update"):
        (home / "hooks" / name).write_text(f"#!/bin/sh\necho {name} >> {marker}\n")
        (home / "hooks" / name).chmod(0o755)
    (home / "sitecustomize.py").write_text(f"open({str(marker)!r}, 'a').write('python')\n")
    (home / "attributes").write_text("* export-ignore eol=crlf text\n")
    settings = f"[core]\n\thooksPath = {home}/hooks\n\tattributesFile = {home}/attributes\n\tautocrlf = true\n"
    (home / ".gitconfig").write_text(f"{settings}\tquotePath = true\n[receive]\n\tdenyNonFastForwards = false\n")
    mine = {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "PYTHONPATH": str(home),
        "PYTHONHOME": "",
        "GIT_WORK_TREE": str(case.office.folder),
    }
    commit = case.commit(1)
    command = ["git", "-C", str(case.office.folder), "push", "origin", "main"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment() | mine)
    assert done.returncode == 0, done.stderr.decode()
    whole(case, commit)
    assert not marker.exists(), marker.read_text()
    converged(case)


def test_an_account_restricted_to_git_can_push_and_nothing_else(case: Case, tmp_path: Path) -> None:
    """A stand-in for ssh hands the command to git-shell, as sshd does where that is the account's shell."""
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nfor last; do :; done\nexec git-shell -c "$last"\n')
    ssh.chmod(0o755)
    case.office.git("remote", "set-url", "origin", f"ssh://office.example.com{case.host.repository}")
    over_ssh = environment() | {"GIT_SSH": str(ssh), "GIT_SSH_VARIANT": "simple"}
    commit = case.commit(1)
    command = ["git", "-C", str(case.office.folder), "push", "origin", "main"]
    done = subprocess.run(command, capture_output=True, check=False, env=over_ssh)
    assert done.returncode == 0, done.stderr.decode()
    whole(case, commit)
    for words in (f"touch {tmp_path}/marker", "sh", f"gongkai server status {case.host.root}", "git-upload-pack; ls"):
        refused = subprocess.run([ssh, "office.example.com", words], capture_output=True, check=False)
        assert refused.returncode != 0
    assert not (tmp_path / "marker").exists()
