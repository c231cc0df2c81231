"""Real nginx and Caddy on loopback, with the configuration that a host writes."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.publish.host import Host
from tests.support.readiness import PATIENCE, free_port, wait_for

KINDS = ("nginx", "caddy")
_NGINX = """\
user root;
worker_processes 2;
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {home}/temporary;
  proxy_temp_path {home}/temporary;
  fastcgi_temp_path {home}/temporary;
  uwsgi_temp_path {home}/temporary;
  scgi_temp_path {home}/temporary;
{sites}
}}
"""
_NGINX_PART = """\
  server {{
    listen 127.0.0.1:{port};
    include {web}/nginx-{part}.conf;
  }}
"""
# It keeps whatever the answer allows, and says whether an answer was its own (HIT).
_CACHE = """\
  proxy_cache_path {home}/cache keys_zone=shared:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_cache shared;
      add_header X-Cache $upstream_cache_status always;
    }}
  }}
"""
_CADDY = """\
{{
	admin 127.0.0.1:{admin}
	auto_https off
	persist_config off
	log {{
		level ERROR
	}}
}}
{sites}
"""
_CADDY_PART = """\
http://127.0.0.1:{port} {{
	import {web}/caddy-{part}.conf
	respond 404
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `reload` is the command that makes it read its configuration again."""

    port: int
    reload: tuple[str, ...]

    def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a target exactly as it is written; header names with `_` for `-`.

        Nothing is followed, and nothing is asked for that is not written here.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@contextmanager
def serving(kind: str, host: Host, home: Path, part: str = "site") -> Iterator[Server]:
    """Run a server for one part of a host, `site` or `preview`, as IT includes it in a configuration of their own.

    The part `whole` is the files that stand for themselves. `home` is an empty folder for what the server writes.
    """
    port = free_port()
    with _running(kind, _sites(kind, host.root / "web", part, port), port, home) as server:
        yield server


@contextmanager
def shared_cache(behind: Server, home: Path) -> Iterator[Server]:
    """Run a cache that many readers share, such as an accelerator, in front of a server; `home` as in `serving`."""
    port = free_port()
    with _running("nginx", _CACHE.format(port=port, behind=behind.port, home=home), port, home) as server:
        yield server


@contextmanager
def _running(kind: str, sites: str, port: int, home: Path) -> Iterator[Server]:
    admin, configuration = free_port(), home / "configuration"
    template = _NGINX if kind == "nginx" else _CADDY
    configuration.write_text(template.format(home=home, admin=admin, sites=sites), encoding="utf-8")
    command: tuple[str, ...]
    again: tuple[str, ...]
    if kind == "nginx":
        command = (nginx(), "-p", str(home), "-e", str(home / "error.log"), "-c", str(configuration))
        again = (*command, "-s", "reload")
    else:
        read = ("--config", str(configuration), "--adapter", "caddyfile")
        command, again = (caddy(), "run", *read), (caddy(), "reload", *read, "--address", f"127.0.0.1:{admin}")
    own = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=own)
        try:
            wait_for(process, port, home / "output", home / "error.log")
            yield Server(port, again)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _sites(kind: str, web: Path, part: str, port: int) -> str:
    if part != "whole":
        return (_NGINX_PART if kind == "nginx" else _CADDY_PART).format(port=port, web=web, part=part)
    # Only where they listen is another: on loopback, and without certificates.
    if kind == "nginx":
        return re.sub("listen [0-9]+;", f"listen 127.0.0.1:{port};", (web / "nginx.conf").read_text(encoding="utf-8"))
    return re.sub(r"(?m)^https://([^/ ]+) ", rf"http://\1:{port} ", (web / "Caddyfile").read_text(encoding="utf-8"))


def policy_line(policy: Mapping[str, str]) -> str:
    """Return a policy as it stands in an answer."""
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def nginx() -> str:
    """Return where nginx is."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert found, "nginx is missing: run sh tests/system-packages.sh"
    return found


def caddy() -> str:
    """Return where Caddy is: in the environment that runs the tests."""
    found = shutil.which("caddy", path=str(Path(sys.executable).parent))
    assert found, "caddy is missing: run make check"
    return found
