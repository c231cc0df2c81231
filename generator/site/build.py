"""The build as a command: MkDocs with the plugin, in a new folder that takes the old one's place when whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from generator.site.places import default_configuration
from generator.site.swap import replacement

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.site.plugin import GongkaiPlugin


class BuildFailureError(Exception):
    """A build that made nothing; its text says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build: where, how many pages, files and bytes, how many warnings, how long it took in seconds."""

    folder: Path
    pages: int
    files: int
    warnings: int
    size: int
    seconds: float


def build_site(root: Path, out: Path, today: str | None, progress: Callable[[int, int], None]) -> Built:
    """Build the site of the folder `root` (which holds content/) into `out`; BuildFailureError where it cannot be.

    `out` is untouched until the new site is whole, and then replaced in one step. `progress` is told how many pages
    are done, and of how many.
    """
    from mkdocs.commands.build import build  # noqa: PLC0415  (MkDocs takes long to import; other verbs need none of it)

    start = time.monotonic()
    with _quiet_mkdocs(), replacement(out) as folder:
        config = _configuration(root, folder)
        plugin = cast("GongkaiPlugin", config.plugins["gongkai"])
        plugin.config["today"] = today or plugin.config["today"]
        plugin.progress = progress
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except Exception as error:
            raise _failure(error) from error
        finally:
            config.plugins.on_shutdown()
        files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Built(
        folder=out,
        pages=plugin.pages,
        files=len(files),
        size=sum(files),
        warnings=plugin.warnings,
        seconds=time.monotonic() - start,
    )


def serve_site(root: Path, today: str | None, address: str) -> None:
    """Show the site of `root` at `address` (host:port) until interrupted, made anew whenever its content changes."""
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    options: dict[str, Any] = {"dev_addr": address, "plugins": [{"gongkai": {"today": today} if today else {}}]}
    serve(_configuration_path(root), **_folders(root), **options)


def _configuration(root: Path, folder: Path) -> MkDocsConfig:
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    try:
        return load_config(_configuration_path(root), **_folders(root), site_dir=str(folder))
    except (Abort, ConfigurationError) as error:
        raise BuildFailureError(f"mkdocs.yml 不能用：{error}") from error


def _folders(root: Path) -> dict[str, Any]:
    """Return the folders that the default configuration cannot know; a site's own configuration names them."""
    return {} if (root / "mkdocs.yml").is_file() else {"docs_dir": str(root.absolute() / "content")}


def _configuration_path(root: Path) -> str:
    own = root / "mkdocs.yml"
    return str(own if own.is_file() else default_configuration())


@contextmanager
def _quiet_mkdocs() -> Iterator[None]:
    """Leave the talking to the command line; what MkDocs raises is not lost."""
    logger = logging.getLogger("mkdocs")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was_disabled


def _failure(error: Exception) -> Exception:
    """Return the reason that MkDocs hides behind its own exception, or the error itself where it is a defect."""
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    if not isinstance(error, MkDocsException):
        return error
    reason = error.__cause__ or error.__context__
    return BuildFailureError(str(reason if isinstance(reason, MkDocsException) else error))
