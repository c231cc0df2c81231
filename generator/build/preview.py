"""The preview as a command: MkDocs with the plugin, made anew whenever the content changes."""

from __future__ import annotations

import logging
from collections.abc import Callable

from generator.build.material import mkdocs_messages, site_folders
from generator.build.request import BuildError, BuildRequest
from generator.errors import reason

_LISTENING = "Serving on "
_OWN = "mkdocs.plugins.gongkai"


def serve_site(
    request: BuildRequest, address: str, *, on_listening: Callable[[], object], on_problem: Callable[[str], object]
) -> None:
    """Show a site at `address` (host:port) until interrupted, made anew whenever its content changes.

    Of the request count `root`, `today` and `records`. `on_listening` is called once the address answers, `on_problem`
    with what keeps the site from being made, which each of its pages shows until it is mended. BuildError where there
    is nowhere to show the site.
    """
    from mkdocs.commands.serve import serve  # noqa: PLC0415  (MkDocs takes long to import; other verbs need none of it)
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    def hear(record: logging.LogRecord) -> None:
        words = record.getMessage()
        if _LISTENING in words:
            on_listening()
        elif record.levelno >= logging.ERROR:
            own = record.name == _OWN
            on_problem(words if own else "网页没有重新生成，原因见上面。改好以后，保存一次，就会再生成。")

    # MkDocs reads the configuration anew for each change, so that only what it is handed here lasts.
    options = {"today": request.today, "records": request.records and str(request.records.absolute())}
    plugins = {"gongkai": {name: value for name, value in options.items() if value}}
    with mkdocs_messages(logging.INFO, hear):
        try:
            serve(str(request.configuration_file), **site_folders(request), plugins=plugins, dev_addr=address)
        except MkDocsException as error:
            raise BuildError("改好上面的问题，再来预览。") from error
        except OSError as error:
            if error.filename is not None:
                raise
            other = "换一个端口，如 --address 127.0.0.1:8001。"
            raise BuildError(f"不能在 {address} 显示：{reason(error)}。{other}") from error
