"""The settings of a publishing host, which `server.yml` holds."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from generator.publish.host import SETTINGS, Host, RefusedError, account
from generator.publish.notes import read_note, write_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a host, which IT decides; server.yml explains each line."""

    address: str
    branch: str
    below: str | None
    kept: int
    patience: int
    limit: int
    largest: int
    previews: bool
    preview_address: str | None


@dataclass(frozen=True, slots=True)
class CheckedSettings:
    """Settings that `server init` checked, and the SHA-256 of the server.yml that they were read from."""

    FILE: ClassVar[str] = "settings.json"
    digest: str
    settings: Settings


STARTING = """\
# 发布主机的设置。改完以后运行一次：gongkai server init 这个文件夹

# 公众访问的首页网址，带路径的写到路径为止。content/site.yml 里的“网址”要和它一样。
网址: {address}

# 推送到哪个分支就发布。
分支: main

# 内容在仓库里的哪个文件夹。不写就自己找：先找 content/，再看仓库本身是不是内容。
# 内容: content

# 保留几个发布过的版本，供退回。
保留: 10

# 别人正在发布时，最多等多少秒；生成一次最多用多少秒。
等待: 300
时限: 900

# 一次推送最大多少 MB。
推送上限: 200

# 预览：推送到 preview/名称 分支，就在一个猜不到的网址上生成一份，只给拿到网址的人看。
# 预览要用另一个域名或端口，不要和正式网站放在一起。
预览: 否
# 预览网址: https://preview.example.gov.cn/
"""


def refuse_other_accounts(host: Host, place: Path) -> None:
    """Let only the account that owns `place` go on; RefusedError for any other.

    What root writes here, the host's own account cannot change; and git refuses another's repository.
    """
    if place.stat().st_uid != os.geteuid():
        owner = account(place)
        # sudo has a path of its own, where the program of a virtual environment is not.
        own = Path(sys.executable).with_name("gongkai")
        how = f"sudo -u {owner} {own if own.exists() else 'gongkai'} server …"
        raise RefusedError(f"{host.root} 属于账号 {owner}。请用这个账号运行，如：{how}")


def load_settings(host: Host) -> Settings:
    """Read the settings; RefusedError with every problem of them."""
    if not host.settings.is_file():
        first = f"先运行：gongkai server init {host.root} --address 网址"
        raise RefusedError(f"{host.root} 不是发布主机的文件夹（没有 {SETTINGS}）。{first}")
    refuse_other_accounts(host, host.settings)
    data = host.settings.read_bytes()
    checked = read_note(host, CheckedSettings)
    return checked.settings if checked and checked.digest == _digest(data) else _check(host, data)


def keep_settings(host: Host) -> None:
    """Keep the settings as they are checked now, so that a push need not check them again."""
    data = host.settings.read_bytes()
    write_note(host, CheckedSettings(_digest(data), _check(host, data)))


def _check(host: Host, data: bytes) -> Settings:
    from generator.publish.settings_file import read_settings  # noqa: PLC0415  (a push needs it only after a change)

    return read_settings(data, str(host.settings))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
