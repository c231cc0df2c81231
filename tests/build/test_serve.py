"""The preview: a broken notice shows its problems in its place, and what is mended shows up."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.demo.play import RECORDS
from tests.support.content import NOTICE, SmallContent
from tests.support.english import english
from tests.support.program import ROOT, command, environment, gongkai
from tests.support.readiness import PATIENCE, free_port, wait_until

BROKEN = NOTICE.replace("单位: bangongshi", "单位: bangongshi\n单位：办公室")


@contextmanager
def serving(root: Path, *arguments: str, said: Path | None = None) -> Iterator[str]:
    """Run `gongkai serve` until the block ends, which ends that process and no other; `said` takes what it says."""
    address = f"127.0.0.1:{free_port()}"
    with (said or Path(os.devnull)).open("w") as out:
        process = subprocess.Popen(
            command("-C", root, "serve", "--address", address, *arguments), env=environment(), stdout=out, stderr=out
        )
    try:
        yield f"http://{address}/"
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
    assert code == 0


def page(address: str, wanted: str) -> str:
    """Fetch a page again and again until it holds the wanted words."""
    text = ""

    def came() -> bool:
        nonlocal text
        try:
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  (our own server)
                text = answer.read().decode()
        except HTTPError as error:
            text = error.read().decode()
        except (URLError, ConnectionError):
            text = ""
        return wanted in text

    assert wait_until(came, 0.1), f"{wanted} never came: {text[:2000]}"
    return text


def test_a_broken_notice_shows_its_problems_until_it_is_mended(small_content: SmallContent) -> None:
    """The others stay up meanwhile, and a notice that breaks while serving shows its problems as well."""
    root = small_content({"notices/2025/er.yml": BROKEN})
    broken = root / "content" / "notices" / "2025" / "er.yml"
    with serving(root) as site:
        text = page(f"{site}notices/2025/er/", "有问题，还不能公开")
        assert "notices/2025/er.yml 第4行" in text
        assert "关于巡察整改情况的通报" in page(f"{site}notices/2025/yi/", "已经召开会议三次")
        assert "notices/2025/yi/" in page(site, "示例县巡察整改公开")
        broken.write_text(NOTICE.replace("会议三次", "会议四次"), "utf-8")
        assert "有问题" not in page(f"{site}notices/2025/er/", "已经召开会议四次")
        broken.write_text(NOTICE.replace("格式: 1", "格式: 2"), "utf-8")
        assert "unknown" not in page(f"{site}notices/2025/er/", "写 格式: 1。")
        page(f"{site}notices/2025/yi/", "已经召开会议三次")


def test_a_chosen_day_lasts_over_changes(small_content: SmallContent) -> None:
    """`--today` holds for every rebuild: before its day a notice is not there, and it does not come by a change."""
    root = small_content()
    with serving(root, "--today", "2025-11-20") as site:
        page(site, "现在没有正在公开的通报")
        (root / "content" / "about.md").write_text("# 关于本站\n\n改过了。\n", "utf-8")
        page(f"{site}about/", "改过了")
        page(site, "现在没有正在公开的通报")


def test_records_that_lie_elsewhere_last_over_changes(tmp_path: Path) -> None:
    """`--records` holds for every rebuild: what is on record of the demo is shown before and after a change."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    with serving(tmp_path, "--records", str(RECORDS)) as site:
        page(f"{site}notices/2025/shili-library/v1/", "缩短到10天")
        (tmp_path / "content" / "about.md").write_text("# 关于本站\n\n改过了。\n", "utf-8")
        page(f"{site}about/", "改过了")
        page(f"{site}notices/2025/shili-library/v1/", "缩短到10天")


def test_only_who_asks_for_this_machine_is_answered(small_content: SmallContent) -> None:
    """A page elsewhere whose name leads here (DNS rebinding) gets nothing; an odd path is no defect."""
    with serving(small_content()) as site:
        page(site, "示例县巡察整改公开")
        port = site.rstrip("/").rpartition(":")[2]
        own = ("127.0.0.1", f"127.0.0.1:{port}", "localhost", f"LOCALHOST:{port}", "[::1]", f"[::1]:{port}")
        foreign = (
            "evil.example",
            f"evil.example:{port}",
            "127.0.0.1.evil.example",
            "",
            "[::2]",
            "192.0.2.1",
            "a,b",
            "]",
        )
        assert [asked(int(port), "/", host)[0] for host in own] == [200] * len(own)
        for host in foreign:
            status, _, body = asked(int(port), "/", host)
            assert (status, "示例县".encode() in body) == (403, False), host
        for path in ("/%00", "/index.html%00.txt", "/%2e%2e/%00"):
            assert asked(int(port), path, "localhost")[0] == 404
        types = [
            asked(int(port), path, "localhost")[1] for path in ("/", "/notices/2025/yi/notice.md", "/search/2025.bin")
        ]
        assert types == ["text/html; charset=utf-8", "text/markdown; charset=utf-8", "application/octet-stream"]


def test_a_preview_that_others_can_reach_says_so_and_answers_to_addresses_alone(small_content: SmallContent) -> None:
    port = free_port()
    process = subprocess.Popen(
        command("-C", small_content(), "serve", "--address", f"0.0.0.0:{port}"),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        assert "都能看到还没有公开的内容" in process.stderr.readline()
        page(f"http://127.0.0.1:{port}/", "示例县巡察整改公开")
        assert asked(port, "/", "192.0.2.7")[0] == 200, "which of a machine's addresses it is, nobody knows here"
        assert asked(port, "/", "evil.example")[0] == 403
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def asked(port: int, path: str, host: str) -> tuple[int, str, bytes]:
    """Ask the preview with a Host header; return the status, the type and the body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.headers["Content-Type"], answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("name", ["site.yml", "organs.yml"])
def test_facts_that_cannot_be_read_are_the_page_until_they_are_mended(
    name: str, small_content: SmallContent, tmp_path: Path
) -> None:
    """At every address and in the terminal, in Chinese, from the start and after; the site comes by itself."""
    root = small_content()
    place, said = root / "content" / name, tmp_path / "said"
    good = place.read_text("utf-8")
    place.write_text("网站名称：示例\n", "utf-8")
    with serving(root, said=said) as site:
        for address in (site, f"{site}notices/2025/yi/", f"{site}nirgends/"):
            assert f"content/{name} 第1行第5列" in page(address, "有问题，还不能预览")
        place.write_text(good, "utf-8")
        assert "有问题" not in page(f"{site}notices/2025/yi/", "已经召开会议三次")
        place.write_text(f"{good}新的<>: 值\n", "utf-8")
        assert "新的&lt;&gt;" in page(f"{site}about/", "有问题，还不能预览")
        place.write_text(good, "utf-8")
        page(f"{site}about/", "这里公开通报。")
        words = said.read_text("utf-8")
        assert f"content/{name} 第1行第5列" in words
        assert "新的<>" in words
        assert english(re.sub(r"\[[a-z-]+\]|http://", "", words.replace(str(root), "").replace(site, ""))) == []


def test_the_address_is_told_once_it_answers(small_content: SmallContent, tmp_path: Path) -> None:
    said = tmp_path / "said"
    with serving(small_content(), said=said) as site:
        assert wait_until(lambda: site in said.read_text("utf-8"), 0.01)
        with urlopen(site, timeout=PATIENCE) as answer:  # noqa: S310  (our own server)
            assert answer.status == 200


def test_a_taken_port_is_said_in_chinese_and_nothing_else(small_content: SmallContent) -> None:
    root = small_content()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        run = gongkai("-C", root, "serve", "--address", address)
    why = "端口被占用了。换一个端口，如 --address 127.0.0.1:8001。"
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"不能在 {address} 显示：{why}\n")


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:65536", ":八", "wo.example:8000"])
def test_an_odd_address_is_wrong_usage(address: str, small_content: SmallContent) -> None:
    run = gongkai("-C", small_content(), "serve", "--address", address)
    assert run.returncode == 2
    assert "127.0.0.1:8000" in run.stderr
