"""What the written configuration makes of a release, on both servers."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.publish.host import Host
from generator.publish.installing import install
from generator.site.policy import FRAGMENT_POLICY, HEADERS, POLICY
from tests.conftest import NOTICE
from tests.publish.hosting import FILES, Office, gongkai, new_host, new_office
from tests.publish.web import KINDS, Server, caddy, nginx, serving

_PDF = b"%PDF-1.4 " + bytes(range(256)) * 40
_TYPES = {
    "": "text/html; charset=utf-8",
    "assets/gongkai.css": "text/css; charset=utf-8",
    "assets/gongkai.js": "text/javascript; charset=utf-8",
    "assets/mark.svg": "image/svg+xml",
    "assets/favicon.ico": "image/",
    "notices/2025/yi/notice.txt": "text/plain; charset=utf-8",
    "notices/2025/yi/notice.md": "text/markdown; charset=utf-8",
    "notices/2025/yi/notice.json": "application/json",
    "notices/2025/yi/tai.pdf": "application/pdf",
    "notices/2025/yi/台账.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "sitemap.xml": "text/xml",
    "data/headers/nginx.conf": "text/plain; charset=utf-8",
    "search/2025.bin": "application/octet-stream",
}
_ADDRESSES = {"below": "https://www.example.com/gk/", "root": "https://www.example.com/"}


def _files(address: str) -> dict[str, str | bytes | None]:
    """Return content with attachments, for a site at an address."""
    attached = "附件:\n  - 文件: tai.pdf\n    标题: 台账\n  - 文件: 台账.docx\n    标题: 台账\n"
    docx = b"PK\x03\x04[Content_Types].xml word/document.xml"
    return {
        **FILES,
        "content/site.yml": f"网站名称: 示例县巡察整改公开\n网址: {address}\n",
        "content/notices/2025/yi.yml": NOTICE + attached,
        "content/notices/2025/yi/tai.pdf": _PDF,
        "content/notices/2025/yi/台账.docx": docx,
    }


@pytest.fixture(scope="module", params=list(_ADDRESSES))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Host, str]:
    """Publish a site at an address; return the host and the path of the address."""
    folder, address = tmp_path_factory.mktemp("web"), _ADDRESSES[request.param]
    host = new_host(folder / "host", address)
    new_office(host, folder / "office", _files(address))
    hidden = host.current / "site"
    (hidden / ".git").mkdir()
    (hidden / ".git/config").write_text("secret")
    (hidden / ".hidden").write_text("secret")
    (hidden / "notices/.hidden.html").write_text("secret")
    (hidden / "outside.txt").symlink_to(host.settings)
    return host, urlsplit(address).path


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, site: tuple[Host, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str, str]]:
    """Serve it; return the server, its kind, and the site's path."""
    with serving(request.param, site[0], tmp_path_factory.mktemp(request.param)) as running:
        yield running, request.param, site[1]


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


Served = tuple[Server, str, str]


def _quoted(address: str) -> str:
    return address.replace("台账", "%E5%8F%B0%E8%B4%A6")


def test_every_kind_of_file_has_its_type_and_its_bytes(server: Served, site: tuple[Host, str]) -> None:
    running, _, path = server
    for address, kind in _TYPES.items():
        answer = running.get(path + _quoted(address))
        assert answer.status == 200, address
        assert answer.headers["content-type"].lower().startswith(kind), address
        place = site[0].current / "site" / (address or "index.html")
        assert answer.body == place.read_bytes(), address


def test_headers_of_pages_of_missing_pages_and_of_unchanged_ones(server: Served) -> None:
    running, _, path = server
    page = running.get(f"{path}notices/2025/yi/")
    missing = running.get(f"{path}notices/2025/none/deep/")
    same = running.get(f"{path}notices/2025/yi/", If_None_Match=page.headers["etag"])
    assert (page.status, missing.status, same.status) == (200, 404, 304)
    assert same.body == b""
    for answer in (page, missing, same):
        assert answer.headers["content-security-policy"] == _written(POLICY)
        assert answer.headers["cache-control"] == "no-cache"
        for name, value in HEADERS.items():
            assert answer.headers[name.lower()] == value
    assert "没有找到这个网页".encode() in missing.body


def test_a_fragment_has_its_own_policy_and_the_index_none(server: Served) -> None:
    running, _, path = server
    fragment = running.get(f"{path}notices/2025/yi/fragment.html")
    assert fragment.headers["content-security-policy"] == _written(FRAGMENT_POLICY)
    index = running.get(f"{path}search/2025.bin?0123456789ab")
    assert "content-security-policy" not in index.headers
    assert index.headers["cache-control"] == "public, max-age=3600"
    assert running.get(f"{path}search/2025.bin").headers["cache-control"] == "no-cache"


def test_a_folder_without_its_slash_and_the_site_without_its_slash_lead_on(server: Served) -> None:
    running, _, path = server
    for target in (f"{path}notices/2025/yi", *([path[:-1]] if path != "/" else [])):
        answer = running.get(target)
        assert answer.status in {301, 308}, target
        assert urlsplit(answer.headers["location"]).path == f"{target}/"


def test_compressed_answers_are_those_made_beforehand(server: Served, site: tuple[Host, str]) -> None:
    running, _, path = server
    squeezed = running.get(f"{path}notices/2025/yi/", Accept_Encoding="gzip")
    plain = running.get(f"{path}notices/2025/yi/", Accept_Encoding="identity")
    assert squeezed.headers["content-encoding"] == "gzip"
    assert squeezed.body == (site[0].current / "site/notices/2025/yi/index.html.gz").read_bytes()
    assert gzip.decompress(squeezed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert all("accept-encoding" in answer.headers.get("vary", "").lower() for answer in (squeezed, plain))
    assert squeezed.headers["etag"] != plain.headers["etag"]


def test_a_part_of_a_file(server: Served) -> None:
    running, _, path = server
    answer = running.get(f"{path}notices/2025/yi/tai.pdf", Range="bytes=9-264")
    assert (answer.status, answer.body) == (206, bytes(range(256)))


_FORBIDDEN = [
    ".git/config", ".hidden", "notices/.hidden.html", "%2egit/config", "%2Egit%2Fconfig", "../release.json",
    "../MANIFEST", "%2e%2e/MANIFEST", "..%2fMANIFEST", "assets/../../MANIFEST", "assets/%2e%2e/%2e%2e/parts.json",
    "..\\MANIFEST", "%5c..%5cMANIFEST", "%252e%252e/MANIFEST", "../../../server.yml", "../../../repo.git/config",
    "//../MANIFEST", "assets//../../MANIFEST", "MANIFEST", "release.json", "parts.json", "index.html%00.txt",
]  # fmt: skip


@pytest.mark.parametrize("target", _FORBIDDEN)
def test_what_is_no_part_of_the_site_is_not_served(server: Served, target: str) -> None:
    running, _, path = server
    answer = running.get(path + target)
    assert answer.status in {301, 308, 400, 403, 404}, answer.body[:80]
    assert b"secret" not in answer.body
    assert b"commit" not in answer.body


def test_a_link_that_leads_outside(server: Served) -> None:
    """The audit and the list of files keep links out of a release; nginx refuses one even so. Caddy cannot."""
    running, kind, path = server
    answer = running.get(f"{path}outside.txt")
    assert answer.status in ({403, 404} if kind == "nginx" else {200})


def test_no_listing_no_other_methods_no_version(server: Served) -> None:
    running, _, path = server
    for folder in ("assets/", "notices/", "data/headers/"):
        assert running.get(path + folder).status in {403, 404}, folder
    for method in ("POST", "PUT", "DELETE"):
        assert running.get(path, method=method).status in {403, 405}, method
    head = running.get(path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert not any(letter.isdigit() for letter in running.get(path).headers.get("server", ""))
    assert running.get(path + "a" * 20_000).status in {400, 404, 414}


@pytest.mark.parametrize("kind", KINDS)
def test_before_the_first_push_there_is_nothing(kind: str, tmp_path: Path) -> None:
    host = new_host(tmp_path / "host")
    home = tmp_path / "home"
    home.mkdir()
    with serving(kind, host, home) as running:
        assert running.get("/gk/").status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_previews_are_apart_and_say_that_nobody_may_list_them(
    kind: str, host: Host, office: Office, tmp_path: Path
) -> None:
    text = host.settings.read_text().replace("预览: 否\n", "预览: 是\n预览网址: https://preview.example.com/\n")
    host.settings.write_text(text)
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
            assert page.headers["content-security-policy"] == _written(POLICY)
            listing = running.get("/")
            assert listing.status in {403, 404}
            assert token.encode() not in listing.body
            assert running.get(f"/.{token[:-1]}.lock").status in {403, 404}


def test_the_outer_files_are_sound_too(host: Host, tmp_path: Path) -> None:
    """With previews, so that both have all they may have."""
    text = host.settings.read_text().replace("预览: 否\n", "预览: 是\n预览网址: https://preview.example.com/p/\n")
    host.settings.write_text(text)
    install(host, None)
    main = tmp_path / "nginx.conf"
    inner = f"access_log off; include {host.root}/web/nginx.conf;"
    main.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ {inner} }}\n", encoding="utf-8")
    subprocess.run([nginx(), "-t", "-q", "-e", str(tmp_path / "log"), "-c", str(main)], check=True, capture_output=True)
    shutil.copy(host.root / "web/Caddyfile", tmp_path / "Caddyfile")
    command = [caddy(), "validate", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
