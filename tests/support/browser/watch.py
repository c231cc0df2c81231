"""What happens on a page while a browser shows it, and what a reader then sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

from tests.support.readiness import PATIENCE, wait_until

VERBATIM = "[...document.querySelectorAll('[data-verbatim]')].map(element => element.textContent)"
_LISTEN = """\
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", event => {
  window.policyViolations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""


@dataclass  # no slots: Playwright keeps its wrappers on the owner of a handler
class Watch:
    """All that a browser reported while it showed pages of `origin`; each complaint says on which page."""

    page: Page
    origin: str
    requests: int = 0
    complaints: list[str] = field(default_factory=list)

    def visit(self, address: str, status: int = 200) -> Page:
        """Go to a path below the origin, which must answer with `status`, and note what the policy stopped there."""
        answer = self.page.goto(f"{self.origin}{address}", wait_until="load")
        assert answer is not None
        if answer.status != status:
            self._complain(f"answered {answer.status}")
        if "content-security-policy" not in answer.headers:
            self._complain("came without a policy")
        settle(self.page)
        for violation in self.page.evaluate("window.policyViolations"):
            self._complain(f"against the policy: {violation}")
        return self.page

    def _complain(self, words: str) -> None:
        self.complaints.append(f"{self.page.url}: {words}")

    def on_request(self, request: Any) -> None:
        """Count a request and note one that leaves the origin."""
        self.requests += 1
        if not request.url.startswith(f"{self.origin}/"):
            self._complain(f"asked elsewhere: {request.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        """Note an error on the console, but for the one that reports the status of a missing page itself."""
        own_status = message.location.get("url") == self.page.url and "status of 404" in message.text
        if message.type in {"error", "warning"} and not own_status:
            self._complain(f"console: {message.text}")

    def on_dialog(self, dialog: Dialog) -> None:
        """Note a dialog: nothing of ours opens one."""
        self._complain(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_error(self, error: Exception) -> None:
        """Note an exception that no script caught."""
        self._complain(f"script: {error}")


def settle(page: Page, pause: float = 0.01) -> None:
    """Wait until a search has shown what it found, asking from here: the policy stops a condition within the page.

    `pause` is how long to wait before asking again, in seconds.
    """
    found = page.locator("#gk-found")

    def searches() -> bool:
        return "/search/?q=" in page.url and found.text_content() in {"", "正在查找，请稍等。"}

    assert wait_until(lambda: not searches(), pause), f"{page.url} still searches"


@contextmanager
def watching(browser: Browser, origin: str, **options: Any) -> Iterator[Watch]:
    """Open a page of its own context, with the context's options of Playwright, and watch it."""
    context: BrowserContext = browser.new_context(**options)
    try:
        context.add_init_script(_LISTEN)
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        watch = Watch(page, origin)
        page.on("request", watch.on_request)
        page.on("console", watch.on_console)
        page.on("dialog", watch.on_dialog)
        page.on("pageerror", watch.on_error)
        yield watch
    finally:
        context.close()
