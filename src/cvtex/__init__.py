"""cvtex: a LaTeX CV compiler."""
