"""The faces a document is set in: which of them has its characters, and where their files are."""
