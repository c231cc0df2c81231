"""Signatures by SSH keys, made and checked by ssh-keygen itself (OpenSSH 8.1 and later; PROTOCOL.sshsig)."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

from generator.errors import GongkaiError

NAMESPACE = "gongkai"
SIGNATURE = ".sig"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_WIDTH = 70


class SigningError(GongkaiError):
    """A signature that could not be made or does not hold; its text says why, in Chinese."""


def sign(file: Path, key: Path) -> None:
    """Write the signature of a file beside it; SigningError where the key is absent or refuses."""
    if not key.is_file():
        raise SigningError(f"没有签名用的密钥 {key}。用 ssh-keygen -t ed25519 -f {key} 生成一把，或者不签名。")
    signature = file.with_name(file.name + SIGNATURE)
    signature.unlink(missing_ok=True)
    done = _run("-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, str(file))
    if done.returncode or not signature.is_file():
        raise SigningError(f"密钥 {key} 不能签名：{done.stderr.decode(errors='replace').strip()}")


def check_signature(file: Path, signers: Path | None) -> str:
    """Return who signed a file: one of `signers` (allowed_signers, ssh-keygen(1)), or "" where none are given.

    SigningError where the signature is not of these bytes, or of nobody among them.
    """
    signature = file.with_name(file.name + SIGNATURE)
    if not _is_plain(signature.read_bytes()):
        raise SigningError("签名文件被改动过")
    given = file.read_bytes()
    if signers is None:
        done = _run("-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature), given=given)
        if done.returncode:
            raise SigningError("签名和文件对不上")
        return ""
    found = _run("-Y", "find-principals", "-f", str(signers), "-s", str(signature))
    who = found.stdout.decode(errors="replace").split("\n")[0].strip()
    if found.returncode or not who:
        raise SigningError(f"签名的人不在 {signers} 里")
    done = _run("-Y", "verify", "-f", str(signers), "-I", who, "-n", NAMESPACE, "-s", str(signature), given=given)
    if done.returncode:
        raise SigningError("签名和文件对不上")
    return who


def _is_plain(data: bytes) -> bool:
    """Whether a signature is written in the one way in which ssh-keygen writes it: no bit of it means nothing."""
    lines = data.split(b"\n")
    if lines[0] != _BEGIN or lines[-2:] != [_END, b""]:
        return False
    try:
        raw = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except ValueError:
        return False
    coded = base64.b64encode(raw)
    return lines[1:-2] == [coded[start : start + _WIDTH] for start in range(0, len(coded), _WIDTH)]


def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["ssh-keygen", *arguments], input=given, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        raise SigningError("这台电脑没有 ssh-keygen。它随 OpenSSH 安装，Windows 10 以上自带。") from error
