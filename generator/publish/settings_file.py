"""server.yml, the one settings file of a publishing host: reading and checking it."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, TypeAdapter, model_validator

from generator.check import place, validate
from generator.model.site import Address
from generator.model.values import ContentMap, OneLine, WholeNumber, YesNo, refusal
from generator.problems import Severity, count, show
from generator.publish.host import RefusedError
from generator.publish.settings import Settings
from generator.read import source_of


class _SettingsFile(ContentMap):
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
    def _whole(self) -> _SettingsFile:
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


_SETTINGS: TypeAdapter[_SettingsFile] = TypeAdapter(_SettingsFile)


def read_settings(data: bytes, name: str) -> Settings:
    """Return the settings that the bytes of a server.yml hold; RefusedError with every problem of them."""
    source = source_of(data, name)
    found: _SettingsFile | None = None
    problems = source.problems
    if source.data is not None:
        found, violations = validate(source.data, _SETTINGS, {}, _SettingsFile)
        problems = (*problems, *place(violations, source))
    if found is None or count(problems, Severity.ERROR):
        raise RefusedError(show(problems, {name: source.text}))
    return Settings(**found.model_dump())
