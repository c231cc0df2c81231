"""What gixy, a reader of nginx's configuration, says of what a host and a site write for nginx."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from generator.publish.host import Host
from generator.publish.install import install

_PREVIEWS = "预览: 是\n预览网址: https://preview.example.com/\n"
_FAULTY = 'location /x/ { if ($uri ~ "y$") { set $z 1; } }'


def _found(folder: Path, http: str) -> list[str]:
    main = folder / "nginx.conf"
    main.write_text(f"events {{}}\nhttp {{\n{http}\n}}\n", encoding="utf-8")
    # Which of a machine's servers answers for unknown names is IT's to say, not that of one site.
    asked = ("--skips", "default_server_flag", "--format", "json")
    command = [str(Path(sys.executable).with_name("gixy")), *asked, str(main)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("["), done.stderr
    return [found["plugin"] for found in json.loads(done.stdout)]


def test_gixy_finds_nothing_in_the_configuration_of_nginx(host: Host, tmp_path: Path) -> None:
    """In both servers of a host, in a server of IT's own, and in one that takes a site's headers alone."""
    host.settings.write_text(host.settings.read_text().replace("预览: 否\n", _PREVIEWS))
    install(host, None)
    web, headers = host.root / "web", host.current / "site/data/headers/nginx.conf"
    assert _found(tmp_path, f"include {web}/nginx.conf;") == []
    assert _found(tmp_path, f"server {{ server_tokens off; include {web}/nginx-site.conf; }}") == []
    assert _found(tmp_path, f"server {{ server_tokens off; root /srv; include {headers}; }}") == []
    assert _found(tmp_path, f"server {{ server_tokens off; {_FAULTY} }}") == ["if_is_evil"]
