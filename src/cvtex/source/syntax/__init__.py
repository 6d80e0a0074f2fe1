"""Texts to nodes with positions: the bytes of files, YAML, JSON, and what their faults mean."""
