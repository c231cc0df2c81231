"""Names of files that work on every system."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.characters import forbidden

_LONGEST = 200
# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) {0,200}(?:\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r'[\\<>:"|?*]')
_RENAME = "改名：用汉字、字母、数字、短横线，不超过 60 个汉字。"
_ON_WINDOWS = "Windows 也能用的名称"


@dataclass(frozen=True, slots=True)
class NameFlaw:
    """The reason why a name is refused, as the code and the words of a problem."""

    code: str
    found: str
    expected: str
    mend: str = _RENAME


def is_device_name(name: str) -> bool:
    """Whether Windows takes a name, with or without an ending, for a device."""
    return _DEVICE.match(name) is not None


def name_flaw(name: str) -> NameFlaw | None:
    """Return why the name of a file or folder is refused, None where it is fine on every system."""
    size = len(name.encode("utf-8", "replace"))
    if size > _LONGEST:
        return NameFlaw(
            "name-too-long", f"名称有 {size} 个字节", f"不超过 {_LONGEST} 个字节", "改短：不超过 60 个汉字。"
        )
    if next(forbidden(name), None) is not None or "\n" in name or "\t" in name:
        return NameFlaw("name-characters", "名称里有看不见的字符", "看得见的字")
    if _UNSAFE.search(name):
        return NameFlaw("name-windows", '名称里有 \\ < > : " | ? * 之一', _ON_WINDOWS)
    if is_device_name(name):
        return NameFlaw("name-windows", "这个名称是 Windows 留给设备的", _ON_WINDOWS)
    if name.endswith((".", " ")):
        return NameFlaw("name-windows", "名称以点或空格结尾", _ON_WINDOWS, "改名：去掉末尾的点或空格。")
    return None


def inside(path: str) -> bool:
    """Whether a path stays below its folder, in its plain form and on every system.

    Refused are absolute paths, `.` and `..`, empty steps, drives, backslashes, and names that have a flaw.
    """
    return all(part not in {"", ".", ".."} and name_flaw(part) is None for part in path.split("/"))
