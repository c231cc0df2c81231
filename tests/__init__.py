"""A package, so that no package of that name which a library brings can stand in its place."""
