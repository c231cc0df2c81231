"""The MkDocs plugin: everything that a build does happens in its events, whoever calls the build."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from generator.build.audit import audit
from generator.build.cache import engine
from generator.build.load import ReadingError, read_site
from generator.build.manifest import write_manifest
from generator.build.plan import Making
from generator.build.preview_guard import guarded, with_problems
from generator.build.request import Made, Order, Progress, Stage
from generator.files import make_readable
from generator.html.resources import theme_folder
from generator.period import SHANGHAI
from generator.records import RecordsError, save

_log = logging.getLogger("mkdocs.plugins.gongkai")
_FLAWS_SHOWN = 30
_SWITCHES = re.compile(
    r'\s{0,9}<input class="md-toggle"[^>]{0,200}>|\s{0,9}<label class="md-overlay"[^>]{0,100}></label>'
)


class GongkaiConfig(Config):  # type: ignore[no-untyped-call]
    """Options in mkdocs.yml: `today` fixes the site to a day (2025-12-01) or a minute (2025-12-01 10:30)."""

    today = config_options.Optional(config_options.Type(str))


class GongkaiPlugin(BasePlugin[GongkaiConfig]):  # type: ignore[no-untyped-call]
    """Turns content/ into the pages of the site."""

    order: Order | None = None
    made: Made
    progress: Progress = staticmethod(lambda stage, done, total: None)  # noqa: ARG005
    _pages = 0
    _problems = ""
    _serving = False
    _making: Making

    def __init__(self) -> None:
        super().__init__()
        self._nothing = TemporaryDirectory(prefix="gongkai-")

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether this is a preview."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the content; a problem stops a build, and shows as a page in a preview."""
        order = self.order or _order(Path(config.docs_dir))
        cores = os.cpu_count() or 1
        self.progress(Stage.CHECK, 0, 0)
        today = order.today or os.environ.get("GONGKAI_TODAY") or self.config.today
        theme = theme_folder()
        own = engine(config.config_file_path, config.theme.custom_dir)
        try:
            # The preview has threads of its own, and a process with threads must not be split.
            processes = 1 if self._serving else cores
            now = get_build_datetime().astimezone(SHANGHAI)
            read = order.reading or read_site(order, today, now, processes, lenient=self._serving)
            self._making = Making(read, theme, cores=cores, preview=self._serving, engine=own)
        except (ReadingError, RecordsError) as error:
            if self._serving:
                return self._only_problems(str(error), config)
            raise PluginError(str(error)) from error
        self._pages, self._problems = 0, ""
        content = read.content
        config.site_name = content.site.name
        config.site_url = config.site_url if self._serving else content.site.address
        config.use_directory_urls = True
        # The text of a page never passes through MkDocs' Markdown; without extensions that costs little.
        config.markdown_extensions, config.mdx_configs = [], {}
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme))
        # The program makes 404.html and sitemap.xml itself: relative links and true dates.
        config.theme.static_templates.clear()
        config.watch += [str(theme), config.docs_dir]
        # MkDocs would follow links out of the content, for ever if they lead in circles; it gets nothing to walk.
        config.docs_dir = self._nothing.name
        return config

    def _only_problems(self, words: str, config: MkDocsConfig) -> MkDocsConfig:
        """Make a preview of nothing, whose every address says what is wrong, until the content changes again."""
        self._problems = words
        _log.error(words)
        config.theme.static_templates.clear()
        config.watch.append(config.docs_dir)
        config.docs_dir = self._nothing.name
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Let the preview answer only who asks for it by its own address, and with what is wrong where all is."""
        server.set_app(guarded(with_problems(server.serve_request, lambda: self._problems), config.dev_addr.host))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what MkDocs found in content/ by the pages, and what Material brings by the theme's own assets."""
        if self._problems:
            return Files([])
        own = theme_folder() / "assets"
        assets = [file for file in files if file.abs_src_path and Path(file.abs_src_path).is_relative_to(own)]
        self._making.promise.files.update(file.dest_uri for file in assets)
        if self.order and self.order.earlier:
            self._making.take_over(self.order.earlier, Path(config.site_dir))
        return Files([*assets, *(_file(address, config) for address in self._making.addresses)])

    def on_page_context(
        self,
        context: Any,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> Any:
        """Give the template a page's pieces, made only now so that thousands of pages need no memory."""
        address = "" if page.url in {".", "./"} else page.url
        context["gk"] = self._making.make(address, Path(config.site_dir))
        self._pages += 1
        self.progress(Stage.MAKE, self._pages, len(self._making.addresses))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Take out the switches of Material's drawer and search, hidden and not valid HTML, that no block holds."""
        return _SWITCHES.sub("", output)

    @event_priority(-100)  # after whatever else writes
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what belongs to no page, and audit the finished folder; a flaw fails the build."""
        if self._problems:
            return
        folder = Path(config.site_dir)
        earlier = self.order.earlier if self.order else None
        self._making.finish(folder, earlier)
        if self._serving:
            return
        self.progress(Stage.AUDIT, 0, 0)
        make_readable(folder)
        if earlier:
            earlier.share(folder)
        found = audit(folder, self._making.promise, os.cpu_count() or 1)
        flaws = found.flaws
        if flaws:
            shown = "\n".join(f"  {flaw}" for flaw in flaws[:_FLAWS_SHOWN])
            raise PluginError(f"生成的网站没有通过核对，共 {len(flaws)} 处：\n{shown}")
        write_manifest(folder, found.digests)
        self.made = self._making.made(self._pages)
        if self.order and self.order.live and not self.order.draft and self._making.records:
            save(self._making.records)


def _order(content: Path) -> Order:
    records = os.environ.get("GONGKAI_RECORDS")
    return Order(root=content.parent, below=content.name, records=Path(records) if records else None)


def _file(address: str, config: MkDocsConfig) -> File:
    source = f"{address.removesuffix('/') or 'index'}.md"
    file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    if address.endswith(".html"):
        file.dest_uri = file.url = address
    return file
