"""TeX Live: its engines run by cvtex itself where that gives the same document, else by latexmk."""
