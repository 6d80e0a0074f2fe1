"""The data as editors are told of it: the JSON Schema, the options of themes, what keys are for."""
