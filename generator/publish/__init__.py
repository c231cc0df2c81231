"""Publication on a host of one's own: pushes, releases, and what keeps the site true; the only room that runs git."""
