"""Setting up a publishing host, and setting it right again: may be run at any time."""

from __future__ import annotations

import re
import shlex
import sys
from importlib.resources import files
from urllib.parse import SplitResult, urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined

from generator.files import replace_file
from generator.html.policy import caddy_headers, nginx_choice, nginx_headers
from generator.media_types import MEDIA_TYPES, TEXTS
from generator.publish.host import Host, RefusedError, account
from generator.publish.progress import NOT_PUBLISHED, NOT_SHOWN, REFUSED_EXIT_CODE
from generator.publish.repository import Repository
from generator.publish.settings import STARTING, Settings, keep_settings, load_settings, refuse_other_accounts

# The first words to the one who pushed where a hook does not do its work.
HOOKS = {"pre-receive": NOT_PUBLISHED, "post-receive": NOT_SHOWN}
_WEB = ("nginx.conf", "nginx-site.conf", "Caddyfile", "caddy-site.conf")
_PREVIEW_WEB = ("nginx-preview.conf", "caddy-preview.conf")
# The path stands in the configuration of servers, in units and in shell scripts.
_PLAIN = re.compile(r"/[A-Za-z0-9._/-]{1,200}")
_TIMED = ("gongkai.service", "gongkai.timer", "crontab")


def program_command(module: str = "generator") -> str:
    """Return the command line by which a module of this very program is called, for a shell.

    Isolated (-I): what lies in the folder where a hook runs, or in somebody's environment, is not taken for code.
    """
    return shlex.join([sys.executable, "-I", "-X", "utf8", "-m", module])


def install(host: Host, address: str | None) -> Settings:
    """Set up a host, or write anew all that follows from its settings and the program; RefusedError where it cannot be.

    What people wrote (the settings, the repository's history) stays as it is.
    """
    if not host.settings.is_file():
        _begin(host, address)
    settings = load_settings(host)
    if address is not None and _plain(address) != settings.address:
        raise RefusedError(f"{host.settings} 里的网址是 {settings.address}。要换，请改那个文件，再运行一次。")
    for folder, mode in (
        (host.state, 0o700),
        (host.releases, 0o755),
        (host.folders.root, 0o755),
        (host.previews, 0o711),
        (host.root / "web", 0o755),
    ):
        folder.mkdir(exist_ok=True)
        folder.chmod(mode)
    keep_settings(host)
    _repository(host, settings)
    _web(host, settings)
    return settings


def _begin(host: Host, address: str | None) -> None:
    if host.root.exists():
        refuse_other_accounts(host, host.root)
    if host.root.exists() and any(host.root.iterdir()):
        raise RefusedError(f"{host.root} 里已经有别的东西。请换一个空文件夹。")
    if not _PLAIN.fullmatch(str(host.root)):
        raise RefusedError(f"文件夹的路径只能用字母、数字和 / . _ -，不能是 {host.root}。")
    if address is None:
        raise RefusedError("第一次要写明公众访问的网址，如 --address https://www.example.gov.cn/xcgk/")
    host.root.mkdir(parents=True, exist_ok=True)
    host.root.chmod(0o755)
    replace_file(host.settings, STARTING.format(address=_plain(address)).encode(), 0o644)


def _plain(address: str) -> str:
    return address.strip().rstrip("/") + "/"


def _repository(host: Host, settings: Settings) -> None:
    repository = Repository(host.repository)
    if not (host.repository / "HEAD").is_file():
        host.repository.mkdir(exist_ok=True)
        repository.run("init", "--quiet", "--bare")
    host.repository.chmod(0o700)
    repository.run("symbolic-ref", "HEAD", f"refs/heads/{settings.branch}")
    hooks = host.repository / "hooks"
    shared = "false" if settings.previews else "true"
    for name, value in {
        "core.hooksPath": str(hooks),
        # Content is bytes; whatever this account or system likes to make of line ends stays out.
        "core.autocrlf": "false",
        "core.fsync": "all",
        "core.quotePath": "false",
        # git inflates larger files piece by piece; a push of kilobytes may hold gigabytes of zeros.
        "core.bigFileThreshold": "16m",
        "gc.auto": "0",
        "receive.autogc": "false",
        "receive.denyDeletes": shared,
        "receive.denyNonFastForwards": shared,
        "receive.fsckObjects": "true",
        "receive.maxInputSize": f"{settings.largest}m",
    }.items():
        repository.run("config", name, value)
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        replace_file(hooks / name, _hook(host, name).encode(), 0o755)


def is_current(host: Host) -> bool:
    """Whether the hooks call this very program for this very folder."""
    hooks = {name: host.repository / "hooks" / name for name in HOOKS}
    return all(
        place.is_file() and place.read_text(encoding="utf-8") == _hook(host, name) for name, place in hooks.items()
    )


def _hook(host: Host, name: str) -> str:
    values = {
        "program": program_command("generator.cli.hook"),
        "name": name,
        "root": shlex.quote(str(host.root)),
        "refused": REFUSED_EXIT_CODE,
        "words": f"{HOOKS[name]}程序没有运行完，请找管理主机的人。",
    }
    return _templates().get_template("hook.sh").render(values)


def _web(host: Host, settings: Settings) -> None:
    url = urlsplit(settings.address)
    preview = urlsplit(settings.preview_address) if settings.previews and settings.preview_address else None
    values = {
        "root": str(host.root),
        "program": program_command(),
        "account": account(host.settings),
        "name": url.hostname or "_",
        "port": _port(url),
        "origin": f"{url.scheme}://{url.netloc}",
        "path": url.path or "/",
        "preview": preview.hostname if preview else "",
        "preview_port": _port(preview) if preview else "",
        "preview_origin": f"{preview.scheme}://{preview.netloc}" if preview else "",
        "preview_path": (preview.path or "/") if preview else "/",
        "nginx_choice": nginx_choice(),
        "nginx_headers": _indented(nginx_headers(), "  "),
        "caddy_policy": _indented(caddy_headers(), "\t"),
        "types": _endings(),
        "texts": sorted(TEXTS - {MEDIA_TYPES["html"]}),
    }
    for name in (*_WEB, *_TIMED, *(_PREVIEW_WEB if settings.previews else ())):
        replace_file(host.root / "web" / name, _templates().get_template(name).render(values).encode(), 0o644)


def _endings() -> dict[str, str]:
    """Return the endings of each media type, in one string."""
    endings: dict[str, list[str]] = {}
    for kind, type_ in MEDIA_TYPES.items():
        endings.setdefault(type_, []).append(kind)
    return {type_: " ".join(held) for type_, held in endings.items()}


def _port(url: SplitResult) -> str:
    """Return where nginx listens: what an address says, or where one listens for whoever ends HTTPS in front of it."""
    return url.netloc.partition(":")[2] or "80"


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.splitlines())


def _templates() -> Environment:
    folder = files("generator.publish") / "templates"

    def load_template(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    return Environment(  # noqa: S701  (configuration of servers, made of checked settings; nothing is HTML)
        loader=FunctionLoader(load_template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
