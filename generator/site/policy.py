"""The security headers of the site, written out for web servers."""

from __future__ import annotations

from generator.pages import DataFile

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
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def header_files() -> tuple[DataFile, ...]:
    """Write the headers as nginx and as Caddy include them."""
    nginx = "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items())
    caddy = "header {\n" + "".join(f'\t{name} "{value}"\n' for name, value in HEADERS.items()) + "}\n"
    return DataFile("data/headers/nginx.conf", nginx.encode()), DataFile("data/headers/caddy.conf", caddy.encode())
