"""The guard of the preview, which shows what is not public yet: who is answered, and with what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from generator.media_types import content_type

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_OWN = frozenset({"127.0.0.1", "localhost", "[::1]"})
_REFUSED = "这是预览，只能用打开它时写的地址来看。"
_PAGE = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2">
<title>有问题，还不能预览</title>
<h1>有问题，还不能预览</h1>
<p>改好下面的问题，保存，这一页自己会换成网站。</p>
<pre>{words}</pre>
"""


def guarded(app: WSGIApplication, address: str) -> WSGIApplication:
    """Return an application that answers only who asks for this machine by its name or for `address`, an IP address.

    A page elsewhere can let its own name lead here (DNS rebinding) and would then read the preview; its name shows in
    the Host header. Where `address` stands for all of a machine's, those are allowed, names are not.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_allowed(environ.get("HTTP_HOST", ""), address):
            return _said("403 Forbidden", _REFUSED, start_response)
        path = environ.get("PATH_INFO", "")
        if "\0" in path:
            return _said("404 Not Found", "没有这个网页。", start_response)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            plain = status.startswith("200") and not path.startswith("/livereload/")
            own = [(name, _type(path) if plain and name == "Content-Type" else value) for name, value in headers]
            return start_response(status, own, *more)

        return app(environ, start)

    return answer


def with_problems(app: WSGIApplication, problems: Callable[[], str]) -> WSGIApplication:
    """Return an application that shows the problems, while there are any, in the place of every page.

    Such a page asks again by itself, so that it goes once the content is mended.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        words = problems()
        if not words or environ.get("PATH_INFO", "").startswith("/livereload/"):
            return app(environ, start_response)
        start_response("503 Service Unavailable", [("Content-Type", "text/html; charset=utf-8")])
        return [_PAGE.format(words=escape(words)).encode()]

    return answer


def is_only_here(address: str) -> bool:
    """Whether nobody but this machine can reach a server at `address`."""
    return address == "localhost" or ip_address(address).is_loopback


def _type(path: str) -> str:
    return content_type(f"{path}index.html" if path.endswith("/") else path)


def _is_allowed(asked: str, address: str) -> bool:
    name = asked if asked.endswith("]") else asked.rpartition(":")[0] or asked
    if name.lower() in _OWN or name.strip("[]") == address:
        return True
    try:
        return address != "localhost" and ip_address(address).is_unspecified and bool(ip_address(name.strip("[]")))
    except ValueError:
        return False


def _said(status: str, words: str, start_response: StartResponse) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [words.encode()]
