"""The files that a forge is given, how they come into a repository, and the hook for pre-commit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli.starter import FORGES, forge_files
from tests.support.content import NOTICE, SmallContent
from tests.support.program import ROOT, environment, gongkai, tree

Workflow = dict[str, Any]
ACTIONS = {"github": ".github/workflows/publish.yml", "gitea": ".gitea/workflows/publish.yml"}
MANIFEST = ROOT / ".pre-commit-hooks.yaml"


class _Loader(yaml.SafeLoader):
    """YAML 1.2 in what matters here: `on` is a word."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, form) for tag, form in found if tag != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def workflow(forge: str, path: str) -> Workflow:
    loaded = yaml.load(forge_files(forge)[path], _Loader)  # noqa: S506  (a safe loader with fewer words for yes and no)
    assert isinstance(loaded, dict)
    return loaded


def commands(job: Workflow) -> list[str]:
    """Return what a job runs."""
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("forge", ACTIONS)
def test_actions_publish_one_at_a_time_and_only_check_requests(forge: str) -> None:
    made = workflow(forge, ACTIONS[forge])
    assert made["on"]["push"]["branches"] == ["main"]
    assert "pull_request" in made["on"]
    assert made["permissions"] == {"contents": "read"}
    assert made["concurrency"]["cancel-in-progress"] == "false"
    assert made["concurrency"]["group"].endswith("|| 'publish' }}")
    check, publish = made["jobs"]["check"], made["jobs"]["publish"]
    assert check["if"] == "github.event_name == 'pull_request'"
    assert publish["if"] == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    assert commands(check) == ["pip install -r requirements.txt", "gongkai upload --check"]
    assert commands(publish)[-1] == "gongkai upload"
    assert "secrets." not in str(check)
    used = [step["uses"] for job in made["jobs"].values() for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name) for name in used)
    written = [line for line in forge_files(forge)[ACTIONS[forge]].decode().splitlines() if "uses: " in line]
    assert all(re.search(r" # v[0-9]+\.[0-9]+\.[0-9]+$", line) for line in written)


def test_zizmor_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    """It knows how workflows are attacked; a tag in place of a commit shows that it would find something."""
    for forge in ACTIONS:
        for path, data in forge_files(forge).items():
            if path.endswith(".yml"):
                place = tmp_path / forge / ".github/workflows" / Path(path).name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
    assert _zizmor(tmp_path) == []
    place = tmp_path / "github/.github/workflows/publish.yml"
    place.write_text(re.sub("deploy-pages@[0-9a-f]{40}", "deploy-pages@v5", place.read_text("utf-8")), "utf-8")
    assert _zizmor(tmp_path) == ["unpinned-uses"]


def _zizmor(folder: Path) -> list[str]:
    program = str(Path(sys.executable).with_name("zizmor"))
    command = [program, "--offline", "--no-config", "--strict-collection", "--no-exit-codes", "--format", "json-v1"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [found["ident"] for found in json.loads(done.stdout)]


def test_github_deploys_pages_with_rights_of_that_job_alone() -> None:
    """The artifact is made of the folder that the program leaves, unless it uploads that."""
    made = workflow("github", ACTIONS["github"])
    pages = made["jobs"]["pages"]
    assert pages["needs"] == "publish"
    assert pages["permissions"] == {"pages": "write", "id-token": "write"}
    # The publication is entered into the branch of the records; a merge request may write nothing.
    assert made["jobs"]["publish"]["permissions"] == {"contents": "write"}
    assert "permissions" not in made["jobs"]["check"]
    upload = made["jobs"]["publish"]["steps"][-1]
    assert upload["with"] == {"path": "public"}
    assert pages["if"] == upload["if"] == "vars.GONGKAI_UPLOAD == ''"


def test_each_day_after_midnight_in_shanghai() -> None:
    """GitHub switches off a whole file with its schedule, so pushes have a file of their own."""
    midnight = [{"cron": "5 16 * * *"}]
    daily = workflow("github", ".github/workflows/daily.yml")
    assert daily["on"] == {"schedule": midnight}
    assert daily["permissions"] == {"actions": "write"}
    assert "gh workflow run publish.yml" in commands(daily["jobs"]["start"])[0]
    assert "workflow_dispatch" in workflow("github", ACTIONS["github"])["on"]
    assert "schedule" not in workflow("github", ACTIONS["github"])["on"]
    assert workflow("gitea", ACTIONS["gitea"])["on"]["schedule"] == midnight
    for forge in FORGES:
        assert any("60 天没有提交" in data.decode() for data in forge_files(forge).values())


def test_gitlab_publishes_one_at_a_time_and_only_checks_requests() -> None:
    made = workflow("gitlab", ".gitlab-ci.yml")
    assert made[".publish"]["resource_group"] == "publish"
    assert made[".publish"]["interruptible"] == "false"
    assert made[".publish"]["script"][-1] == "gongkai upload"
    assert made["check"]["script"][-1] == "gongkai upload --check"
    assert made["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert made["pages"]["artifacts"]["paths"] == ["public"]
    for name in ("pages", "publish"):
        assert made[name]["extends"] == ".publish"
        assert made[name]["rules"][0]["if"].startswith("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && ")


@pytest.mark.parametrize("forge", FORGES)
def test_no_file_names_a_host_or_shows_what_it_runs(forge: str) -> None:
    for data in forge_files(forge).values():
        text = data.decode()
        assert "\r" not in text
        assert not re.search(r"https?://|index-url|set -[a-z]*x", text)


def test_requirements_name_the_wheel_of_this_version() -> None:
    run = gongkai("--version")
    assert f"./gongkai-{run.stdout.split()[1]}-py3-none-any.whl\n" in forge_files("gitlab")["requirements.txt"].decode()


@pytest.mark.parametrize("forge", FORGES)
def test_a_new_site_comes_with_what_a_forge_needs(forge: str, tmp_path: Path) -> None:
    run = gongkai("init", "zhan", "--forge", forge, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    for path, data in forge_files(forge).items():
        assert (tmp_path / "zhan" / path).read_bytes() == data
        assert path in run.stdout
    assert (tmp_path / "zhan" / "content" / "site.yml").is_file()


@pytest.mark.parametrize("inside", [False, True], ids=["site", "content"])
def test_nothing_is_overwritten(inside: bool, small_content: SmallContent) -> None:
    """A site that is there gets what it lacks; what it has stays, and is named."""
    folder = small_content() / ("content" if inside else "")
    (folder / "requirements.txt").write_text("mine\n", "utf-8")
    before = tree(folder)
    run = gongkai("init", "--forge", "gitlab", ".", cwd=folder)
    assert run.returncode == 0, run.stderr
    assert "已写出 .gitlab-ci.yml、.gitignore" in run.stdout
    assert "已经有了，没有改动：requirements.txt" in run.stdout
    after = tree(folder)
    assert before.items() <= after.items()
    assert set(after) - set(before) == {".gitlab-ci.yml", ".gitignore"}
    run = gongkai("init", "--forge", "gitlab", ".", cwd=folder)
    assert run.returncode == 0
    assert "已写出" not in run.stdout
    assert tree(folder) == after


def pre_commit(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real pre-commit with a store of its own."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=cwd,
        env=environment(PATH=path, PRE_COMMIT_HOME=str(cwd.parent / "store"), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_hook_is_one_that_pre_commit_takes(tmp_path: Path) -> None:
    done = pre_commit(tmp_path, "validate-manifest", str(MANIFEST))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("inside", [False, True], ids=["site", "content"])
def test_the_hook_stops_a_commit_with_a_broken_notice(inside: bool, small_content: SmallContent) -> None:
    """It runs as its manifest says, with the program that is installed; in either layout of a repository."""
    folder = small_content() / ("content" if inside else "")
    (hook,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    hook |= {"language": "system"} | ({"entry": "gongkai -C .. check", "files": ""} if inside else {})
    (folder / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}, allow_unicode=True), "utf-8"
    )
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    notice = folder / ("" if inside else "content") / "notices" / "2025" / "yi.yml"
    for text, code in ((NOTICE, 0), (NOTICE.replace("标题: 中共", "标题：中共"), 1)):
        notice.write_text(text, "utf-8")
        subprocess.run(["git", "add", "--all", "."], cwd=folder, check=True)
        done = pre_commit(folder, "run")
        assert done.returncode == code, done.stdout + done.stderr
        assert ("notices/2025/yi.yml 第2行第3列 [full-width-colon]" in done.stdout) == bool(code)
