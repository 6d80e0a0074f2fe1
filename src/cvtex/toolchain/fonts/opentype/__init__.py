"""An OpenType font for pdfLaTeX: its outlines as Type 1, its metrics and kerning as TFM."""
