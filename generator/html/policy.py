"""The security headers of the site, written out for web servers."""

from __future__ import annotations

from generator.files import DataFile

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# A fragment is seen and copied with its elements' own styles, and does nothing else.
FRAGMENT_POLICY = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def nginx_choice() -> str:
    """Write which policy a file goes with, for a server of nginx: `if` is sound there, and not in a location."""
    return (
        f'set $gongkai_policy "{_written(POLICY)}";\n'
        f'if ($uri ~ "/fragment\\.html$") {{ set $gongkai_policy "{_written(FRAGMENT_POLICY)}"; }}\n'
        'if ($uri ~ "\\.bin$") { set $gongkai_policy ""; }\n'
    )


def nginx_headers() -> str:
    """Write the headers, for a server or a location of nginx below what `nginx_choice` writes."""
    return "add_header Content-Security-Policy $gongkai_policy always;\n" + "".join(
        f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items()
    )


def caddy_headers() -> str:
    """Write the headers for a site of Caddy."""
    # Two matchers that share nothing: which of two headers of one name wins is hard to tell in Caddy.
    return (
        "@gongkai_fragment path */fragment.html\n"
        "@gongkai_other not path */fragment.html *.bin\n"
        f'header @gongkai_fragment Content-Security-Policy "{_written(FRAGMENT_POLICY)}"\n'
        f'header @gongkai_other Content-Security-Policy "{_written(POLICY)}"\n'
        "header {\n" + "".join(f'\t{name} "{value}"\n' for name, value in HEADERS.items()) + "}\n"
    )


def header_files() -> tuple[DataFile, ...]:
    """Write the headers as nginx and as Caddy include them.

    The files of the search index go without a policy: no page, and a search fetches dozens of them.
    """
    nginx = "# 在 server 里用 include 引入，不能放在 http 里。\n" + nginx_choice() + nginx_headers()
    return DataFile("data/headers/nginx.conf", nginx.encode()), DataFile(
        "data/headers/caddy.conf", caddy_headers().encode()
    )


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
