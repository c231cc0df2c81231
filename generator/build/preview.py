"""The preview as a command: MkDocs with the plugin, made anew whenever the content changes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.build.build import BuildFailureError, configuration_path, folders
from generator.build.request import Order
from generator.errors import reason

_LISTENING = "Serving on "
_OWN = "mkdocs.plugins.gongkai"


def serve_site(
    root: Path,
    today: str | None,
    address: str,
    records: Path | None = None,
    *,
    on_listening: Callable[[], object],
    on_problem: Callable[[str], object],
) -> None:
    """Show the site of `root` at `address` (host:port) until interrupted, made anew whenever its content changes.

    `on_listening` is called once the address answers, `on_problem` with what keeps the site from being made, which
    stands on each of its pages until it is mended. `records` as in `Order`. BuildFailureError where there is nowhere
    to show the site.
    """
    from mkdocs.commands.serve import serve  # noqa: PLC0415  (MkDocs takes long to import; other verbs need none of it)
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    # MkDocs reads the configuration anew for each change, so that nothing put into it here would last.
    if today:
        os.environ["GONGKAI_TODAY"] = today
    if records:
        os.environ["GONGKAI_RECORDS"] = str(records)
    order = Order(root=root)
    with _heard(on_listening, on_problem):
        try:
            serve(configuration_path(order), **folders(order), dev_addr=address)
        except MkDocsException as error:
            raise BuildFailureError("改好上面的问题，再来预览。") from error
        except OSError as error:
            if error.filename is not None:
                raise
            other = "换一个端口，如 --address 127.0.0.1:8001。"
            raise BuildFailureError(f"不能在 {address} 显示：{reason(error)}。{other}") from error


class _Listener(logging.Handler):
    """Hears what MkDocs and the plugin say, and hands on what a person is to know, in Chinese."""

    def __init__(self, on_listening: Callable[[], object], on_problem: Callable[[str], object]) -> None:
        super().__init__(logging.INFO)
        self._on_listening, self._on_problem = on_listening, on_problem

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on one message, or drop it."""
        words = record.getMessage()
        if _LISTENING in words:
            self._on_listening()
        elif record.levelno >= logging.ERROR:
            own = record.name == _OWN
            self._on_problem(words if own else "网页没有重新生成，原因见上面。改好以后，保存一次，就会再生成。")


@contextmanager
def _heard(on_listening: Callable[[], object], on_problem: Callable[[str], object]) -> Iterator[None]:
    logger, listener = logging.getLogger("mkdocs"), _Listener(on_listening, on_problem)
    level, propagated = logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagated
