"""server.yml, the one settings file of a publishing host."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, TypeAdapter, model_validator

from generator.check import place, validate
from generator.model.site import Address
from generator.model.values import ContentMap, OneLine, WholeNumber, YesNo, refusal
from generator.problems import Severity, count, show
from generator.publish.host import SETTINGS, Host, RefusedError, account
from generator.read import source_of


class Settings(ContentMap):
    """The settings of a host, which IT decides; server.yml explains each line."""

    address: Address = Field(alias="网址")
    branch: OneLine = Field("main", alias="分支")
    below: OneLine | None = Field(None, alias="内容")
    kept: WholeNumber = Field(10, alias="保留")
    patience: WholeNumber = Field(300, alias="等待")
    limit: WholeNumber = Field(900, alias="时限")
    largest: WholeNumber = Field(200, alias="推送上限")
    previews: YesNo = Field(False, alias="预览")
    preview_address: Address | None = Field(None, alias="预览网址")

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if self.previews and self.preview_address is None:
            raise refusal("preview-address", "打开预览时要写“预览网址”", "补上一行“预览网址: https://…/”。")
        if self.previews and self.preview_address and _server(self.preview_address) == _server(self.address):
            # Scripts of one origin may read the other's pages, and Caddy starts with no two sites of one address.
            what = "和“网址”不同的域名或端口"
            raise refusal("preview-address", what, "给预览另一个域名，或者另一个端口。", "预览网址")
        if self.kept < 2:
            raise refusal("kept", "至少 2", "把“保留”改成 2 以上，否则没有可以退回的版本。", "保留")
        return self


def _server(address: str) -> str:
    return urlsplit(address).netloc.lower()


_SETTINGS: TypeAdapter[Settings] = TypeAdapter(Settings)

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
    name = str(host.settings)
    source = source_of(host.settings.read_bytes(), name)
    settings: Settings | None = None
    problems = source.problems
    if source.data is not None:
        settings, found = validate(source.data, _SETTINGS, {}, Settings)
        problems = (*problems, *place(found, source))
    if settings is None or count(problems, Severity.ERROR):
        raise RefusedError(show(problems, {name: source.text}))
    return settings
