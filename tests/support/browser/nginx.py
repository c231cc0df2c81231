"""A real nginx for one folder, started and ended by itself."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.readiness import PATIENCE, free_port, wait_for

Serve = Callable[[dict[str, Path]], str]
_CONFIGURATION = """\
daemon off;
master_process off;
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
  default_type application/octet-stream;
  types {{
    text/html html; text/css css; text/javascript js; image/svg+xml svg; application/json json;
    text/plain txt md conf; text/xml xml; application/pdf pdf;
  }}
  charset utf-8;
  gzip on;
  gzip_comp_level 6;
  gzip_types text/css text/javascript image/svg+xml;
  server {{
    listen 127.0.0.1:{port};
{sites}
  }}
}}
"""
_SITE = """\
    location {path} {{
      alias {folder}/;
      error_page 404 {path}404.html;
      include {folder}/data/headers/nginx.conf;
    }}
"""


@contextmanager
def serving(sites: dict[str, Path], home: Path) -> Iterator[str]:
    """Serve each folder below its path (with `/` at both ends) on a free port of 127.0.0.1; yield `http://host:port`.

    Each folder's own data/headers/nginx.conf is in force. `home` is an empty folder for what nginx writes.
    """
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert nginx, "nginx is missing: run sh tests/system-packages.sh"
    port = free_port()
    blocks = "".join(_SITE.format(path=path, folder=folder) for path, folder in sites.items())
    configuration = home / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(home=home, port=port, sites=blocks), encoding="utf-8")
    log = home / "error.log"
    process = subprocess.Popen([nginx, "-p", home, "-e", log, "-c", configuration], stderr=subprocess.PIPE)
    try:
        wait_for(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def fetch_status(address: str) -> int:
    """Return the HTTP status of an address."""
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  (our own nginx)
            status: int = answer.status
            return status
    except URLError as error:
        return getattr(error, "code", 0)
