"""The MkDocs plugin, the build, and the audit of what was built; the only room that knows MkDocs."""
