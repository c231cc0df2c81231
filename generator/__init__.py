"""gongkai: one YAML file per notice becomes a public page."""

__version__ = "0.1.0"
