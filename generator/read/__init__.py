"""From bytes in a folder to text and trees with positions; nothing here knows what a notice is."""

from generator.characters import forbidden, forbidden_problems, name_of
from generator.read.folder import ContentFiles, File, Folder, LocalFiles, folder_of, read_bytes, scan
from generator.read.source import SourceFile, source_of
from generator.read.text import MAX_BYTES, DecodedText, decode, decode_any, decode_leniently
from generator.read.tree import List, Map, Node, Plain, TextNode, at, key_span, plain
from generator.read.yaml_tree import parse

__all__ = [
    "MAX_BYTES",
    "ContentFiles",
    "DecodedText",
    "File",
    "Folder",
    "List",
    "LocalFiles",
    "Map",
    "Node",
    "Plain",
    "SourceFile",
    "TextNode",
    "at",
    "decode",
    "decode_any",
    "decode_leniently",
    "folder_of",
    "forbidden",
    "forbidden_problems",
    "key_span",
    "name_of",
    "parse",
    "plain",
    "read_bytes",
    "scan",
    "source_of",
]
