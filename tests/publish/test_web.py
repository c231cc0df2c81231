"""What the written configuration makes of a release, on both servers."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest

from generator.html.policy import FRAGMENT_POLICY, HEADERS, POLICY
from generator.publish.host import Host
from tests.support.attachments import OFD, OFFICE, TABLE, packed
from tests.support.content import NOTICE
from tests.support.publish.hosts import FILES, new_host, new_office
from tests.support.publish.web import KINDS, Server, policy_line, serving

_PDF = b"%PDF-1.4 " + bytes(range(256)) * 40
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
_ATTACHED = {
    "tai.pdf": _PDF,
    "tu.png": _PNG,
    "台账.docx": packed(OFFICE),
    "biao.xlsx": packed(TABLE),
    "ban.ofd": packed(OFD),
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "": "text/html; charset=utf-8",
    "notices/2025/yi/": "text/html; charset=utf-8",
    "assets/gongkai.css": "text/css; charset=utf-8",
    "assets/gongkai.js": "text/javascript; charset=utf-8",
    "assets/mark.svg": "image/svg+xml",
    "assets/favicon.ico": "image/x-icon",
    "notices/2025/yi/notice.txt": "text/plain; charset=utf-8",
    "notices/2025/yi/notice.md": "text/markdown; charset=utf-8",
    "notices/2025/yi/notice.json": "application/json; charset=utf-8",
    "notices/2025/yi/tai.pdf": "application/pdf",
    "notices/2025/yi/tu.png": "image/png",
    "notices/2025/yi/台账.docx": f"{_OFFICE}.wordprocessingml.document",
    "notices/2025/yi/biao.xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "notices/2025/yi/ban.ofd": "application/ofd",
    "sitemap.xml": "application/xml; charset=utf-8",
    "data/ledger/000001.jsonl": "application/jsonl; charset=utf-8",
    "data/headers/nginx.conf": "text/plain; charset=utf-8",
    "search/2025.bin": "application/octet-stream",
}
_ADDRESSES = {"below": "https://www.example.com/gk/", "root": "https://www.example.com/"}


def _files(address: str) -> dict[str, str | bytes | None]:
    """Return content with attachments of every kind, for a site at an address."""
    attached = "附件:\n" + "".join(f"  - 文件: {name}\n    标题: 台账\n" for name in _ATTACHED)
    return {
        **FILES,
        "content/site.yml": f"网站名称: 示例县巡察整改公开\n网址: {address}\n",
        "content/notices/2025/yi.yml": NOTICE + attached,
        **{f"content/notices/2025/yi/{name}": data for name, data in _ATTACHED.items()},
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
    if os.geteuid() == 0:
        (hidden / "foreign.txt").symlink_to(host.settings)
        os.chown(hidden / "foreign.txt", 65534, 65534, follow_symlinks=False)
    return host, urlsplit(address).path


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, site: tuple[Host, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str, str]]:
    """Serve it; return the server, its kind, and the site's path."""
    with serving(request.param, site[0], tmp_path_factory.mktemp(request.param)) as running:
        yield running, request.param, site[1]


Served = tuple[Server, str, str]


def _quoted(address: str) -> str:
    return address.replace("台账", "%E5%8F%B0%E8%B4%A6")


def test_every_kind_of_file_has_its_type_and_its_bytes(server: Served, site: tuple[Host, str]) -> None:
    running, _, path = server
    for address, kind in _TYPES.items():
        answer = running.get(path + _quoted(address))
        assert answer.status == 200, address
        assert answer.headers["content-type"].lower() == kind, address
        place = site[0].current / "site" / (f"{address}index.html" if not address or address.endswith("/") else address)
        assert answer.body == place.read_bytes(), address


def test_headers_of_pages_of_missing_pages_and_of_unchanged_ones(server: Served) -> None:
    running, _, path = server
    page = running.get(f"{path}notices/2025/yi/")
    missing = running.get(f"{path}notices/2025/none/deep/")
    same = running.get(f"{path}notices/2025/yi/", If_None_Match=page.headers["etag"])
    assert (page.status, missing.status, same.status) == (200, 404, 304)
    assert same.body == b""
    for answer in (page, missing, same):
        assert answer.headers["content-security-policy"] == policy_line(POLICY)
        assert answer.headers["cache-control"] == "no-cache"
        for name, value in HEADERS.items():
            assert answer.headers[name.lower()] == value
    assert "没有找到这个网页".encode() in missing.body


def test_whatever_is_missing_is_a_page_whose_links_work(server: Served) -> None:
    """At any depth, of any ending, also where a reader holds a copy: never an old answer, never one that is kept."""
    running, _, path = server
    for target in ("a.txt", "a/b/c/d.md", "search/9.bin?0123456789ab", "2025/fragment.html", "a.pdf", "assets/no.css"):
        missing = running.get(path + target)
        again = running.get(path + target, If_None_Match=missing.headers.get("etag", '"x"'), Range="bytes=0-9")
        for answer in (missing, again):
            assert answer.status == 404, target
            assert answer.headers["content-type"].lower() == "text/html; charset=utf-8", target
            assert answer.headers["content-security-policy"] == policy_line(POLICY), target
            assert answer.headers["cache-control"] == "no-cache", target
            assert answer.body == missing.body
    links = set(re.findall(r'(?:href|src)="([^"#]+)"', missing.body.decode()))
    assert len(links) > 5
    for link in links:
        own = urljoin(f"http://127.0.0.1{path}a/b/c/d.md", link)
        assert running.get(urlsplit(own).path).status == 200, link


def test_a_copy_is_judged_by_its_mark_alone(server: Served) -> None:
    """The clock of a reader says nothing: after a return to an older version times go backwards."""
    running, _, path = server
    page = running.get(path, If_Modified_Since="Sat, 01 Jan 2050 00:00:00 GMT")
    assert (page.status, len(page.body)) == (200, int(page.headers["content-length"]))
    assert running.get(path, If_None_Match='"something else"').status == 200


def test_a_fragment_has_its_own_policy_and_the_index_none(server: Served) -> None:
    running, _, path = server
    fragment = running.get(f"{path}notices/2025/yi/fragment.html")
    assert fragment.headers["content-security-policy"] == policy_line(FRAGMENT_POLICY)
    for asked in ("search/2025.bin", "search/2025.bin?0123456789ab", "search/2025.bin?0"):
        index = running.get(path + asked)
        assert "content-security-policy" not in index.headers
        assert index.headers["cache-control"] == "no-cache", "whatever stands behind the question mark"
        same = running.get(path + asked, If_None_Match=index.headers["etag"])
        assert (same.status, same.body) == (304, b"")


def test_a_folder_without_its_slash_and_the_site_without_its_slash_lead_on(server: Served) -> None:
    running, _, path = server
    for target in (f"{path}notices/2025/yi", *([path[:-1]] if path != "/" else [])):
        answer = running.get(target)
        assert answer.status in {301, 308}, target
        # Neither the scheme nor the port: they may be those of a machine behind the one that readers know.
        assert answer.headers["location"] == f"{target}/"


@pytest.mark.parametrize(
    "target",
    ["//evil.example/%2e%2e", "/%5cevil.example/%2e%2e", "//evil.example/..", "//notices/2025/yi", "\\notices"],
)
def test_no_address_leads_to_another_site(server: Served, target: str) -> None:
    running, _, path = server
    for start in (path, path[:-1]):
        place = running.get(start + target).headers.get("location", "/")
        assert re.match(r"/(?![/\\])", place + "."), place


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
    for asked, start, stop in (("0-99", 0, 100), ("9-264", 9, 265), ("-5", len(_PDF) - 5, len(_PDF))):
        answer = running.get(f"{path}notices/2025/yi/tai.pdf", Range=f"bytes={asked}")
        assert (answer.status, answer.body) == (206, _PDF[start:stop])
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(_PDF)}"
    for beyond in ("99999999-", "5-1", "x", f"0-{'9' * 400}"):
        assert running.get(f"{path}notices/2025/yi/tai.pdf", Range=f"bytes={beyond}").status == 416
    other = running.get(f"{path}notices/2025/yi/tai.pdf", Range="bytes=0-99", If_Range='"something else"')
    assert (other.status, other.body) == (200, _PDF)
    # What is compressed is cut as it is sent, or sent whole.
    whole = running.get(path, Accept_Encoding="gzip")
    part = running.get(path, Accept_Encoding="gzip", Range="bytes=0-99")
    assert part.headers["content-encoding"] == "gzip"
    assert part.body == (whole.body[:100] if part.status == 206 else whole.body)


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
    for _ in range(3):
        if answer.status in {301, 308}:
            answer = running.get(answer.headers["location"])
    assert answer.status in {400, 403, 404}, answer.body[:80]
    assert b"secret" not in answer.body
    assert b"commit" not in answer.body


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="只有 root 能把文件给别的账号")
def test_a_link_that_another_account_laid(server: Served) -> None:
    """Sites are made of links of the host's own account; nginx follows no other. Caddy cannot tell."""
    running, kind, path = server
    answer = running.get(f"{path}foreign.txt")
    assert answer.status in ({403, 404} if kind == "nginx" else {200})
    assert running.get(f"{path}outside.txt").status == 200, "else this would prove nothing"


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
