"""Finished values to HTML: pages, fragments, typography, policy; and reading HTML back for the audit."""
