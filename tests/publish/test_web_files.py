"""The files that a host writes for web servers: when it is new, when it has previews, and as they stand."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.html.policy import POLICY
from generator.publish.host import Host
from generator.publish.install import install
from tests.support.content import NOTICE
from tests.support.publish.hosts import Office, gongkai, new_host, new_office
from tests.support.publish.web import KINDS, caddy, nginx, policy_line, serving, shared_cache

_PREVIEWS = "预览: 是\n预览网址: https://preview.example.com/\n"


@pytest.mark.parametrize("kind", KINDS)
def test_before_the_first_push_there_is_nothing_and_then_there_is(kind: str, tmp_path: Path) -> None:
    """A server that runs already shows the first push; a dot in the path of the host hides nothing."""
    host = new_host(tmp_path / ".hosts/gongkai")
    home = tmp_path / "home"
    home.mkdir()
    with serving(kind, host, home) as running:
        assert running.get("/gk/").status == 404
        new_office(host, tmp_path / "office")
        assert running.get("/gk/").status == 200


@pytest.mark.parametrize("kind", KINDS)
def test_no_shared_cache_gives_out_what_was_taken_back(kind: str, host: Host, office: Office, tmp_path: Path) -> None:
    """Neither pages nor the search index, whatever stands behind the question mark."""
    folders = [tmp_path / name for name in ("behind", "before")]
    for folder in folders:
        folder.mkdir()
    asked = ["/gk/notices/2025/yi/", "/gk/search/2025.bin", "/gk/search/2025.bin?0123456789ab", "/gk/search/2025.bin?a"]
    with serving(kind, host, folders[0]) as server, shared_cache(server, folders[1]) as cache:
        first = [cache.get(target) for target in asked]
        assert [answer.status for answer in first] == [200] * 4
        withdrawn = f"{NOTICE}撤回:\n  日期: 2025-11-22\n  说明: 误发。\n  类型: 误发\n"
        office.commit({"content/notices/2025/yi.yml": withdrawn, "content/notices/2025/er.yml": NOTICE})
        assert office.push().code == 0
        removed = [cache.get(target) for target in asked]
        for target, before, after in zip(asked, first, removed, strict=True):
            assert after.body != before.body, target
            assert after.headers["x-cache"] != "HIT", target
            assert after.body == server.get(target).body, target


@pytest.mark.parametrize("kind", KINDS)
def test_previews_are_apart_and_say_that_nobody_may_list_them(
    kind: str, host: Host, office: Office, tmp_path: Path
) -> None:
    host.settings.write_text(host.settings.read_text().replace("预览: 否\n", _PREVIEWS))
    assert gongkai("server", "init", str(host.root)).returncode == 0
    office.git("switch", "--quiet", "--create", "preview/er")
    token = office.push("preview/er").lines[0].removeprefix("https://preview.example.com/")
    for name, part in (("site", "site"), ("previews", "preview")):
        (tmp_path / name).mkdir()
        with serving(kind, host, tmp_path / name, part) as running:
            if name == "site":
                assert running.get(f"/gk/{token}").status == 404
                assert running.get(f"/gk/../previews/{token}").status in {301, 308, 400, 403, 404}
                continue
            page = running.get(f"/{token}notices/2025/yi/")
            assert page.status == 200
            assert "预览：内容还没有公开".encode() in page.body
            assert page.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
            assert page.headers["cache-control"] == "no-store"
            assert page.headers["content-security-policy"] == policy_line(POLICY)
            listing = running.get("/")
            assert listing.status in {403, 404}
            assert token.encode() not in listing.body
            assert running.get(f"/.{token[:-1]}.lock").status in {403, 404}


def test_the_outer_files_are_sound_too(host: Host, tmp_path: Path) -> None:
    """With previews, so that both have all they may have."""
    host.settings.write_text(host.settings.read_text().replace("预览: 否\n", _PREVIEWS))
    install(host, None)
    main = tmp_path / "nginx.conf"
    inner = f"access_log off; include {host.root}/web/nginx.conf;"
    main.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ {inner} }}\n", encoding="utf-8")
    command = [nginx(), "-t", "-e", str(tmp_path / "log"), "-c", str(main)]
    tried = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (tried.returncode, "[warn]" in tried.stderr) == (0, False), tried.stderr
    shutil.copy(host.root / "web/Caddyfile", tmp_path / "Caddyfile")
    command = [caddy(), "validate", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_the_outer_files_serve_each_name_its_own(kind: str, host: Host, tmp_path: Path) -> None:
    host.settings.write_text(host.settings.read_text().replace("预览: 否\n", _PREVIEWS))
    install(host, None)
    (tmp_path / "home").mkdir()
    with serving(kind, host, tmp_path / "home", "whole") as running:
        for name, site, preview in (("www.example.com", 200, 404), ("preview.example.com", 404, 404)):
            assert running.get("/gk/", Host=name).status == site, name
            assert running.get("/no-such-preview/", Host=name).status == preview, name
        preview_root = running.get("/", Host="preview.example.com")
        assert preview_root.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
        broken = running.get("/%00", Host="www.example.com")
        assert broken.status in {400, 404}
        assert not any(letter.isdigit() for letter in broken.headers.get("server", ""))


def test_previews_are_refused_on_the_site_s_own_server(host: Host) -> None:
    own = _PREVIEWS.replace("preview.example.com/", "WWW.example.com/preview/")
    host.settings.write_text(host.settings.read_text().replace("预览: 否\n", own))
    done = gongkai("server", "init", str(host.root))
    assert done.returncode == 1
    assert "和“网址”不同的域名或端口" in done.stderr
