"""The build as a command: MkDocs with the plugin, in a new folder that takes the old one's place when whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from generator.build.request import Made, Order, Progress
from generator.build.swap import replacement
from generator.errors import GongkaiError
from generator.files import entries
from generator.html.resources import default_configuration

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.mkdocs_plugin import GongkaiPlugin


class BuildFailureError(GongkaiError):
    """A build that made nothing; its text says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build: where, how many pages, files and bytes, how many warnings, how long it took in seconds.

    `late` as in `Made`.
    """

    folder: Path
    pages: int
    files: int
    warnings: int
    size: int
    seconds: float
    late: str


def build_site(
    root: Path,
    out: Path,
    today: str | None,
    progress: Progress,
    *,
    live: bool = False,
    records: Path | None = None,
    believed: bool = False,
) -> Built:
    """Build the site of the folder `root` (which holds content/) into `out`; BuildFailureError where it cannot be.

    `out` is untouched until the new site is whole, and then replaced in one step. `live`, `records` and `believed`
    as in `Order`.
    """
    start = time.monotonic()
    _refuse_other_folders(root, out)
    with replacement(out) as folder:
        order = Order(root=root, today=today, live=live, records=records, believed=believed)
        made = make_site(order, folder, progress)
        files = [entry.stat().st_size for _, entry in entries(folder) if entry.is_file()]
    return Built(
        folder=out,
        pages=made.pages,
        files=len(files),
        size=sum(files),
        warnings=made.warnings,
        late=made.late,
        seconds=time.monotonic() - start,
    )


def make_site(order: Order, folder: Path, progress: Progress) -> Made:
    """Make a site in an empty folder and audit it; BuildFailureError where it cannot be, and the folder is waste."""
    from mkdocs.commands.build import build  # noqa: PLC0415  (MkDocs takes long to import; other verbs need none of it)

    with _heard() as messages:
        config = _configuration(order, folder, messages)
        plugin = cast("GongkaiPlugin", config.plugins["gongkai"])
        plugin.order, plugin.progress = order, progress
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except Exception as error:
            raise _failure(error) from error
        finally:
            config.plugins.on_shutdown()
            plugin.order = None  # MkDocs gives the same plugin to whatever this process does next
    return plugin.made


def _refuse_other_folders(root: Path, out: Path) -> None:
    """Keep a site from taking the place of anything but an earlier one."""
    target, source = out.resolve(), root.resolve()
    if source.is_relative_to(target) or target.is_relative_to(source / "content"):
        raise BuildFailureError(f"网站不能生成到 {out}：那里是内容。请换一个文件夹。")
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not all((out / path).is_file() for path in ("404.html", "assets/gongkai.css", "data/headers/nginx.conf")):
        advice = "请换一个文件夹，或者先把它移走。"
        raise BuildFailureError(f"{out} 里有别的东西，不是以前生成的网站，没有动它。{advice}")


def _configuration(order: Order, folder: Path, messages: list[str]) -> MkDocsConfig:
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    try:
        return load_config(configuration_path(order), **folders(order), site_dir=str(folder))
    except (Abort, ConfigurationError) as error:
        raise BuildFailureError(f"mkdocs.yml 不能用：{'；'.join(messages) or error}") from error


def folders(order: Order) -> dict[str, Any]:
    """Return the folders that the default configuration cannot know; a site's own configuration names them."""
    return {} if _own(order) else {"docs_dir": str(order.content.absolute())}


def configuration_path(order: Order) -> str:
    """Return the configuration that a site is made with."""
    return str(_own(order) or order.configuration or default_configuration())


def _own(order: Order) -> Path | None:
    """Return the configuration beside the content, unless the one to use was named."""
    own = order.root / "mkdocs.yml"
    return own if order.configuration is None and own.is_file() else None


class _Errors(logging.Handler):
    """Keeps the errors that are told."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one error."""
        self.told.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Keep MkDocs from talking, and hand over the errors that it tells: the talking is the command line's."""
    logger, errors = logging.getLogger("mkdocs"), _Errors()
    logger.addHandler(errors)
    propagated, logger.propagate = logger.propagate, False
    try:
        yield errors.told
    finally:
        logger.propagate = propagated
        logger.removeHandler(errors)


def _failure(error: Exception) -> Exception:
    """Return the reason that MkDocs hides behind its own exception, or the error itself where it is a defect."""
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    if not isinstance(error, MkDocsException):
        return error
    reason = error.__cause__ or error.__context__
    return BuildFailureError(str(reason if isinstance(reason, MkDocsException) else error))
