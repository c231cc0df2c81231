"""The first files of an office's site: content, .gitignore, workflows; and its first branch."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from generator.addresses import NOTICES
from generator.check import SITE_PLACEHOLDERS
from generator.check.schema import schemas
from generator.html.resources import default_configuration
from generator.intake.organ import guess_kind
from generator.media_types import ATTACHMENT_KINDS, COPY_ENDINGS, SOURCE_KINDS
from generator.read.yaml_writer import entry
from generator.version import version

_SITE = """\
# yaml-language-server: $schema=schema/site.json
网站名称: 整改公开
# 下面各项换成真实的，再去掉行首的 # 和空格；没有换的，不能正式发布。
{facts}
# 下面四项可以不写：首页上最大的一行字，它下面的一句话，网站的颜色（引号不能少），
# 页顶的标志（正方形的 PNG 图片，放在这个文件旁边）。
# 首页标题: 查出的问题，改得怎么样
# 导语: 各单位怎样整改，都在这里公开，欢迎提意见。
# 主色: "#7A1E1E"
# 标志: logo.png
# 最短公开工作日: 15
# 公开期限满了以后，正文要撤下的，写“撤下正文”，并且每天零点以后重新生成一次网站：
# 期满: 撤下正文
"""
_ORGANS = """\
# yaml-language-server: $schema=schema/organs.json
# 每个单位一个代号（小写字母、数字、短横线），代号下面写名称和类型。
# 类型有：机关、事业单位、医院、学校、国有企业、其他。
"""
_ABOUT = """\
# 关于本站

这里公开单位整改情况的通报。每份通报写明公开期限和联系方式，公开期限内可以打电话或者写信提意见。

公开期限满了以后，通报全文继续保留。
"""
_ACCESSIBILITY = """\
# 无障碍说明

网页可以全部用键盘操作，可以放大到四倍，关掉脚本也能读完。每页顶部有“大字”和“高对比度”两个选项。

用起来有困难，请打网页最下面的电话告诉我们。
"""

_TEMPLATES = Path(__file__).with_name("forge")
_WORKFLOWS = {
    "github": {".github/workflows/publish.yml": "github.yml", ".github/workflows/daily.yml": "github-daily.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
    "gitea": {".gitea/workflows/publish.yml": "gitea.yml"},
}
FORGES = tuple(_WORKFLOWS)


def starting_files(key: str, name: str) -> dict[str, bytes]:
    """Return the files of a new site by path, for an organ given by key and name; it has no notice yet."""
    texts = {
        "content/site.yml": _SITE.format(
            facts="\n".join(f"# {key}: {value}" for key, value in SITE_PLACEHOLDERS.items())
        ),
        "content/organs.yml": _ORGANS + entry(key, {"名称": name.strip(), "类型": guess_kind(name.strip()).value}),
        "content/about.md": _ABOUT,
        "content/accessibility.md": _ACCESSIBILITY,
        "mkdocs.yml": default_configuration().read_text(encoding="utf-8"),
    }
    files = {path: text.encode() for path, text in texts.items()}
    files[".gitignore"] = gitignore("content")
    return files | {f"content/schema/{name}": data for name, data in schemas().items()}


def forge_files(forge: str) -> dict[str, bytes]:
    """Return the files by path with which a forge (one of FORGES) publishes a site: workflows and requirements."""
    templates = {"requirements.txt": "requirements.txt", **_WORKFLOWS[forge]}
    files = {path: (_TEMPLATES / name).read_bytes() for path, name in templates.items()}
    files["requirements.txt"] = files["requirements.txt"].replace(b"{version}", version().encode())
    return files


SOURCES_STAY_OUT = "原稿不要放进仓库"
_MADE = "/records/\n/.records.lock\n/site/\n/.site.lock\n/.site-*\n/public/\n/.public.lock\n/.public-*\n"
_OPEN = "~$*\n.~*\n"


def gitignore(content: str) -> bytes:
    """Return a .gitignore for a repository with its content in the folder `content` ("" for the repository itself).

    Text and office files are left out, but for attachments in the folder of their notice and what a forge needs.
    """
    below = f"/{content}/" if content else "/"
    texts = (
        "# 程序生成的，不提交。\n",
        _MADE,
        f"\n# {SOURCES_STAY_OUT}：进过仓库的东西，以后删掉了也还在历史里。所以下面这些文件都不提交。\n",
        "原稿/\n",
        _lines("", SOURCE_KINDS),
        "\n# 附件要提交，放在与通报同名的文件夹里。\n",
        _lines(f"!{below}{NOTICES}[0-9][0-9][0-9][0-9]/*/", sorted(ATTACHMENT_KINDS.intersection(SOURCE_KINDS))),
        "\n# 用代码平台发布的，这个文件要提交。\n",
        "!/requirements.txt\n",
        "\n# 正在打开的文件和备份。\n",
        _OPEN,
        "".join(f"*{ending}\n" for ending in COPY_ENDINGS),
    )
    return "".join(texts).encode()


def _lines(folder: str, kinds: Iterable[str]) -> str:
    """Match names by their ending, in small letters or capitals: git tells the two apart."""
    return "".join(f"{folder}*.{''.join(map(_either, kind))}\n" for kind in kinds)


def _either(letter: str) -> str:
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else letter


MAIN_BRANCH = "main"


def start_on_main(folder: Path) -> None:
    """Let the first commit of a repository without any go to main, where git's own default is another branch.

    A branch that the remote side has chosen stays. A push then needs no name of a branch, as after any clone.
    """
    if not (folder / ".git").exists() or _git(folder, "rev-parse", "--verify", "--quiet", "HEAD"):
        return
    here = _git(folder, "symbolic-ref", "--short", "HEAD")
    if here == MAIN_BRANCH or here not in {"master", _git(folder, "config", "init.defaultBranch")}:
        return
    _git(folder, "symbolic-ref", "HEAD", f"refs/heads/{MAIN_BRANCH}")
    if _git(folder, "config", "remote.origin.url"):
        _git(folder, "config", f"branch.{MAIN_BRANCH}.remote", "origin")
        _git(folder, "config", f"branch.{MAIN_BRANCH}.merge", f"refs/heads/{MAIN_BRANCH}")


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints; nothing where it refuses or is not there."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_DIR")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=plain)  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
