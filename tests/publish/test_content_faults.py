"""What a push may carry that is broken, hostile or merely odd: refused with words, or taken byte for byte."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

import pytest

from generator.publish.host import Host
from tests.support.content import NOTICE
from tests.support.publish.faults import Case, converged, whole, works
from tests.support.publish.hosts import FILES, Office, Pushed, corrected, environment, git, own, page, shown

_REFUSED = "没有发布，网站和以前一样。"
_ATTACHED = "附件:\n  - 文件: 台账.pdf\n    标题: 台账\n"


@pytest.fixture
def case(host: Host, office: Office) -> Case:
    """Return a host that is live, and the clone that pushed to it."""
    return Case(host, office)


def _refused(case: Case, pushed: Pushed, *words: str) -> None:
    assert pushed.code == 1, pushed.words
    for said in (_REFUSED, *words):
        assert said in pushed.words, pushed.words
    assert "Traceback" not in pushed.words
    whole(case, case.tip())
    converged(case)


def test_files_that_cannot_be_read_are_named_each_with_its_mend(case: Case) -> None:
    files = {"yaml": b"\xe6\xa0\x87: [", "gbk": NOTICE.encode("gb18030"), "zero": b"\0" * 100, "leer": b""}
    case.office.commit({f"content/notices/2025/{name}.yml": data for name, data in files.items()})
    pushed = case.office.push()
    _refused(case, pushed, "[not-utf8]", "GBK", *(f"错误 content/notices/2025/{name}.yml" for name in files))
    assert pushed.words.count("改法：") >= len(files)


def test_what_a_new_site_leaves_to_be_filled_in_is_refused(case: Case) -> None:
    organs = f"{FILES['content/organs.yml']}danwei:\n  名称: 某某单位\n"
    case.office.commit({"content/organs.yml": organs})
    _refused(case, case.office.push(), "错误 content/organs.yml 第5行第7列 [placeholder]", "换成真实的名称")


_PUSHES = {
    (":main",): "不能删除 main 分支",
    ("HEAD:refs/tags/v1",): "这里不收标签（v1）。只推送分支：git push origin main",
    ("HEAD:refs/heads/dev",): "这里只收 main 分支，不收 dev。",
    ("HEAD:refs/notes/x",): "这里只收 main 分支",
    ("HEAD:refs/heads/preview/er",): "这台主机没有打开预览",
    ("HEAD:refs/heads/main", "HEAD:refs/heads/dev"): "这里只收 main 分支，不收 dev。",
    ("+HEAD~2:main",): "不能强行推送（git push --force）",
}


def test_what_is_no_push_to_the_branch_is_refused(case: Case) -> None:
    works(case, 1)
    case.commit(2)
    for arguments, words in _PUSHES.items():
        _refused(case, case.office.push(*arguments), words)
    assert case.office.push().code == 0


def test_another_history_is_refused(case: Case) -> None:
    tip = case.tip()
    case.office.git("checkout", "--quiet", "--orphan", "other")
    case.office.git("commit", "--quiet", "--message", "别的")
    _refused(case, case.office.push("+other:main"), "不能强行推送", "git pull --rebase")
    assert case.tip() == tip


def test_an_amended_commit_is_refused(case: Case) -> None:
    case.commit(1)
    assert case.office.push().code == 0
    case.office.git("commit", "--quiet", "--amend", "--message", "改写")
    _refused(case, case.office.push("--force", "main"), "不能强行推送")


def test_links_and_submodules_are_refused_with_their_names(case: Case) -> None:
    (case.office.folder / "content/lian.md").symlink_to("/etc/passwd")
    case.office.git("add", "--all")
    case.office.git("update-index", "--add", "--cacheinfo", f"160000,{case.tip()},content/zi")
    case.office.git("commit", "--quiet", "--message", "链接")
    words = "内容里有链接或子模块", "  content/lian.md ", "  content/zi ", "把文件本身放进来"
    _refused(case, case.office.push(), *words)


def test_attributes_leave_nothing_out_and_rewrite_nothing(case: Case) -> None:
    attributes = "*.yml export-ignore\n*.md export-subst eol=lf text ident\n*.pdf working-tree-encoding=UTF-16\n"
    data = b"%PDF-1.7\r\n$Id$ $Format:%H$\n\x00\xff\r\n%%EOF\n"
    case.office.commit({f"{folder}.gitattributes": attributes for folder in ("", "content/", "content/notices/")})
    # The committed bytes are to be these, whatever the attributes make of them in the office's own folder.
    files = {
        "content/about.md": b"# \xe5\x85\xb3\xe4\xba\x8e\n\n$Format:%H$ $Id$\n",
        "content/notices/2025/yi.yml": (corrected(NOTICE + _ATTACHED)).encode(),
        "content/notices/2025/yi/台账.pdf": data,
    }
    _commit_bytes(case.office, files)
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words
    site = shown(case.host).site
    assert (site / "notices/2025/yi/台账.pdf").read_bytes() == data
    assert "$Format:%H$ $Id$" in page(case.host, "about")
    assert "三次" in page(case.host, "notices/2025/yi")
    converged(case)


def _commit_bytes(office: Office, files: Mapping[str, bytes]) -> None:
    """Commit bytes as they are, past what attributes and a file system make of them."""
    for path, data in files.items():
        command = ["git", "-C", str(office.folder), "hash-object", "-w", "--no-filters", "--stdin"]
        done = subprocess.run(command, input=data, capture_output=True, check=True, env=environment())
        office.git("update-index", "--add", "--cacheinfo", f"100644,{done.stdout.decode().strip()},{path}")
    office.git("commit", "--quiet", "--message", "字节")


_TAKEN = ("带 空格", "中文", "it's", "-rf", "$(touch marker)", "a..b", "%2e%2e", "#")
_NOT_TAKEN = ('引"号', "a\nb", "a\\b", "长" * 90, "..")


def test_odd_names_of_attachments_are_taken_as_they_are(case: Case) -> None:
    data = b"%PDF-1.7\n%%EOF\n"
    listed = "".join(f"  - 文件: '{name.replace(chr(39), chr(39) * 2)}.pdf'\n    标题: 台账\n" for name in _TAKEN)
    _commit_bytes(
        case.office,
        {"content/notices/2025/yi.yml": corrected(f"{NOTICE}附件:\n{listed}").encode()}
        | {f"content/notices/2025/yi/{name}.pdf": data for name in _TAKEN},
    )
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words
    found = {place.stem for place in shown(case.host).site.glob("notices/2025/yi/*.pdf")}
    assert found == set(_TAKEN)
    converged(case)


def test_names_that_no_attachment_may_have_do_not_reach_the_site(case: Case) -> None:
    """Each is left out, with words, or refuses the push, with words; a name is never cut or changed."""
    for name in _NOT_TAKEN:
        case.office.git("reset", "--quiet", "origin/main")
        _commit_bytes(case.office, {f"content/notices/2025/yi/{name}.pdf": b"%PDF-1.7\n%%EOF\n"})
        pushed = case.office.push()
        assert "2025/yi" in pushed.words
        if pushed.code:
            _refused(case, pushed)
        assert not list(case.host.folders.root.rglob("*.pdf"))
        case.office.git("update-ref", "refs/remotes/origin/main", case.tip())


def test_a_tree_that_climbs_out_writes_nothing_outside(case: Case) -> None:
    """A tree may name what no folder can hold; git only warns."""
    folder, old = case.office.folder, case.tip()
    blob = git(folder, "rev-parse", "HEAD:content/about.md").strip()
    tree = b"100644 evil.md\0" + bytes.fromhex(blob)
    for name in (b"..", b"..", b"content"):
        command = ["git", "-C", str(folder), "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
        done = subprocess.run(command, input=tree, capture_output=True, check=True, env=environment())
        tree = b"40000 " + name + b"\0" + bytes.fromhex(done.stdout.decode().strip())
    command = ["git", "-C", str(folder), "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    done = subprocess.run(command, input=tree, capture_output=True, check=True, env=environment())
    commit = git(folder, "commit-tree", done.stdout.decode().strip(), "-p", old, "-m", "x").strip()
    pushed = case.office.push(f"{commit}:main")
    assert pushed.code != 0
    assert not list(case.host.root.parent.rglob("evil.md"))
    whole(case, old)


def test_a_large_attachment_is_published_and_one_above_the_limit_refused(case: Case) -> None:
    """What is too much is refused by git itself, in its words: nothing of it has arrived by then."""
    # In figures of base 16 no name of an action can stand by chance.
    data = b"%PDF-1.7\n" + os.urandom(12_500_000).hex().encode() + b"\n%%EOF\n"
    case.office.commit(
        {"content/notices/2025/yi.yml": corrected(NOTICE + _ATTACHED), "content/notices/2025/yi/台账.pdf": data}
    )
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words
    assert (shown(case.host).site / "notices/2025/yi/台账.pdf").read_bytes() == data
    case.office.git("fetch", "--quiet")
    old = case.tip()
    git(case.host.repository, "config", "receive.maxInputSize", "1m")
    case.office.commit(
        {"content/notices/2025/yi/台账.pdf": data[:9] + os.urandom(2_000_000).hex().encode() + b"\n%%EOF\n"}
    )
    pushed = case.office.push()
    assert (pushed.code, "pack exceeds maximum allowed size" in pushed.words) == (1, True)
    assert shown(case.host).commit == old
    case.office.git("reset", "--quiet", "--hard", "HEAD~1")
    works(case, 1)


_LOCALES = {"LC_ALL": "C"}, {"LC_ALL": "zh_CN.GBK"}, {"LANG": "C"}, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}


def test_the_words_are_chinese_whatever_the_locale(case: Case) -> None:
    own(case.host)
    case.office.commit({"content/notices/2025/er.yml": "标题: ["})
    command = ["git", "-C", str(case.office.folder), "push", "origin", "main"]
    for locale in _LOCALES:
        done = subprocess.run(command, capture_output=True, check=False, env=environment() | locale)
        _refused(case, Pushed(done.returncode, done.stderr.decode()), "错误 content/notices/2025/er.yml 第1行")
