"""Getting TeX: what is missing, what brings it, and a bundle of it for machines without network."""
