"""Material's frame around a page: asked of MkDocs once per depth of address, then filled without it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from generator.build.keys import folder_values, key_of, program_key
from generator.build.request import BuildError, BuildRequest
from generator.html.resources import theme_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PIECES = ("head", "header", "body", "footer")
_MARK = "\x00{}\x00"
# Scripts of Material's that stand outside its blocks.
_DROPPED = ("base", "palette", "announce", "outdated", "content", "consent")
# Switches of its drawer and search: hidden, not valid HTML, and in no block either.
_SWITCHES = re.compile(
    r'\s{0,9}<input class="md-toggle"[^>]{0,200}>|\s{0,9}<label class="md-overlay"[^>]{0,100}></label>'
)


@dataclass(frozen=True, slots=True)
class Shell:
    """Material's HTML before, between and after the pieces of a page, by the depth of the page's address."""

    parts: Mapping[int, tuple[str, ...]]

    def fill(self, address: str, pieces: Mapping[str, str]) -> str:
        """Return the page at an address that has these pieces."""
        first, *others = self.parts[address.count("/")]
        return first + "".join(pieces[name] + part for name, part in zip(PIECES, others, strict=True))

    def dump(self) -> str:
        """Write it for the cache."""
        return json.dumps({str(depth): parts for depth, parts in self.parts.items()})

    @classmethod
    def load(cls, text: str) -> Shell:
        """Read what `dump` wrote."""
        return cls({int(depth): tuple(parts) for depth, parts in json.loads(text).items()})


def shell_key(request: BuildRequest) -> str:
    """Hash all that the frame follows from: the program, and the site's own mkdocs.yml with its theme."""
    file = request.configuration_file
    return key_of(program_key(), file.read_bytes(), *_theme_values(file))


def ask_shell(request: BuildRequest, depths: Iterable[int]) -> Shell:
    """Have MkDocs render Material's page for each depth; BuildError where mkdocs.yml cannot be used.

    MkDocs takes half a second to import, so that this is asked only where no earlier build has the answer.
    """
    from mkdocs.commands.build import get_context  # noqa: PLC0415
    from mkdocs.structure.files import File, Files  # noqa: PLC0415
    from mkdocs.structure.nav import Navigation  # noqa: PLC0415
    from mkdocs.structure.pages import Page  # noqa: PLC0415

    config = _configuration(request)
    template = _environment(config).get_template("main.html")
    marks = {name: _MARK.format(name) for name in PIECES}
    made = {}
    for depth in depths:
        file = File("x/" * depth + "index.md", None, config.site_dir, use_directory_urls=True)
        context = get_context(Navigation([], []), Files([file]), config, Page(None, file, config))
        html = _SWITCHES.sub("", template.render({**context, "gk": marks}))
        made[depth] = tuple(re.split("\x00.{4,6}\x00", html))
    return Shell(made)


@contextmanager
def mkdocs_messages(level: int, hear: Callable[[logging.LogRecord], object]) -> Iterator[None]:
    """Hand MkDocs' messages from `level` on to `hear` and to nobody else: talking is the command line's."""
    logger, handler = logging.getLogger("mkdocs"), logging.Handler(level)
    handler.emit = hear  # type: ignore[method-assign,assignment]
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    if level < logging.WARNING:
        logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before


def site_folders(request: BuildRequest) -> dict[str, Any]:
    """Return the folders that the default configuration cannot know; a site's own configuration names them."""
    return {} if request.own_configuration else {"docs_dir": str(request.content.absolute())}


def _configuration(request: BuildRequest) -> MkDocsConfig:
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    errors: list[str] = []
    with mkdocs_messages(logging.ERROR, lambda record: errors.append(record.getMessage())):
        try:
            config = load_config(str(request.configuration_file), **site_folders(request))
        except (Abort, ConfigurationError) as error:
            raise BuildError(f"mkdocs.yml 不能用：{'；'.join(errors) or error}") from error
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme_folder()))
    return config


def _environment(config: MkDocsConfig) -> Any:
    import jinja2  # noqa: PLC0415

    made = config.theme.get_env()
    dropped = jinja2.DictLoader({f"partials/javascripts/{name}.html": "" for name in _DROPPED})
    made.loader = jinja2.ChoiceLoader([dropped, *filter(None, [made.loader])])
    return made


def _theme_values(configuration: Path) -> Iterator[str | bytes]:
    """Yield what a site's own theme folder adds to the frame; nothing where MkDocs will refuse the configuration."""
    try:
        held = yaml.load(configuration.read_bytes(), _Plain)  # noqa: S506  (a SafeLoader)
    except yaml.YAMLError:
        return
    theme = held.get("theme") if isinstance(held, dict) else None
    own = theme.get("custom_dir") if isinstance(theme, dict) else None
    if own:
        yield from folder_values(configuration.parent / str(own))


class _Plain(yaml.SafeLoader):
    """Reads mkdocs.yml and passes over the tags that only MkDocs knows."""


_Plain.add_multi_constructor("", lambda loader, suffix, node: None)  # noqa: ARG005
