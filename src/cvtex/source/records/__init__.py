"""Nodes to the records of the model: types, keys, sections, and what is checked of them."""
