"""What every theme must do with any CV, and whether one does it.

`expected` works out from the data what a PDF must hold, `samples` builds CVs with a
theme, `checks` says what is wrong with their PDFs. The tests of the shipped themes
stand on the same ground, and look deeper.
"""
