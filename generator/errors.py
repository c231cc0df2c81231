"""The base of all our errors, and why the system refused something, in Chinese."""

from __future__ import annotations

import errno
import os


class GongkaiError(Exception):
    """Something that could not be done; its text says why and what to do, in Chinese."""


_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "磁盘只能读不能写",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.EEXIST: "已经有了",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "这是文件，不是文件夹",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EBUSY: "正被别的程序使用",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EINVAL: "系统不认这个名称或者内容",
    errno.EPIPE: "接收的程序已经结束",
    errno.EADDRINUSE: "端口被占用了",
    errno.EADDRNOTAVAIL: "这台电脑没有这个地址",
    errno.ECONNREFUSED: "对方没有接受连接",
    errno.ETIMEDOUT: "等得太久，没有回应",
}


def reason(error: OSError) -> str:
    """Return why the system refused, with the file where the error names one."""
    code = error.errno or 0
    why = _REASONS.get(code) or f"系统的原话是“{error.strerror or error}”"
    return f"{why}（{error.filename}）" if error.filename else why


def reason_within(words: str) -> str:
    """Return the reason of the system that another program's English `words` name, or nothing."""
    return next((why for code, why in _REASONS.items() if os.strerror(code) in words), "")
