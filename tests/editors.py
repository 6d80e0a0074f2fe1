"""YAML as editors take it, to hold a file against the JSON Schema."""

from typing import cast

import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2: numbers, truth values and null, but no dates."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in pairs if not tag.endswith(("timestamp", "merge"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_constructor(
    "!tex", lambda loader, node: loader.construct_scalar(cast(yaml.ScalarNode, node))
)
