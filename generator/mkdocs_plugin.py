"""The MkDocs plugin: a guest that has the pipeline build the site, so that MkDocs' own commands give the same bytes."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from generator.build.build import build
from generator.build.preview_guard import guarded, with_problems
from generator.build.request import BuildRequest
from generator.clock import clock
from generator.errors import GongkaiError
from generator.html.resources import theme_folder


class GongkaiConfig(Config):  # type: ignore[no-untyped-call]
    """Options in mkdocs.yml: `today` fixes the site to a day or a minute, `records` is the folder of the records."""

    today = config_options.Optional(config_options.Type(str))
    records = config_options.Optional(config_options.Type(str))


class GongkaiPlugin(BasePlugin[GongkaiConfig]):  # type: ignore[no-untyped-call]
    """Builds the site in the place of MkDocs."""

    _content: Path
    _serving = False
    _problems = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether this is a preview."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep MkDocs out of the content: it would follow links out of it, for ever if they lead in circles."""
        self._content = Path(config.docs_dir)
        config.watch += [str(theme_folder()), config.docs_dir]
        config.docs_dir = str(theme_folder() / "assets")
        config.theme.static_templates.clear()
        return config

    def on_files(self, files: Files, **_: Any) -> Files:  # noqa: ARG002
        """Leave MkDocs nothing to make."""
        return Files([])

    @event_priority(100)  # before whatever looks at the finished site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the site; a problem stops MkDocs, and is shown in a preview until it is mended."""
        request = BuildRequest(
            now=clock(),
            root=self._content.parent,
            below=self._content.name,
            today=self.config.today,
            configuration=Path(config.config_file_path),
            preview=self._serving,
            records=Path(self.config.records) if self.config.records else None,
        )
        try:
            self._problems = ""
            build(request, Path(config.site_dir))
        except GongkaiError as error:
            self._problems = str(error)
            if not self._serving:
                raise PluginError(self._problems) from error
            logging.getLogger("mkdocs.plugins.gongkai").error(self._problems)  # noqa: TRY400  (people read it)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Let the preview answer only who asks for it by its own address, and with the problems while there are any."""
        server.set_app(guarded(with_problems(server.serve_request, lambda: self._problems), config.dev_addr.host))
        return server
