"""What every theme must do with any CV, and whether one does it.

`expected` works out from the data what a PDF must hold, `checks` builds samples
and looks at their PDFs through Poppler's programs. The tests of the shipped themes
stand on the same ground, and look deeper.
"""
