"""The pages of the documentation's site: `make docs` writes them to build/docs for MkDocs.

What people wrote lies in docs/ and is taken as it is. The pages of themes, commands and messages
are made here from the program itself, so that they cannot grow old. Links that lead out of docs/
become links to the site's own pages. `llms.txt` lists the pages for language models,
`llms-full.txt` holds them all.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import click
import yaml

from cvtex import cli
from cvtex.cli.help import verbs
from cvtex.toolchain.messages import explain

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "build" / "docs"
OUTSIDE = {
    "../CHANGELOG.md": "changelog.md",
    "../.github/SECURITY.md": "security.md",
    "../.github/CONTRIBUTING.md": "contributing.md",
}
SAMPLE = re.compile(r"^-- (\S+) --\n", re.M)


def main() -> None:
    """Write all pages anew."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES)
    for source, name in OUTSIDE.items():
        (PAGES / name).write_text((ROOT / "docs" / source).read_text(encoding="utf-8"), "utf-8")
    (PAGES / "commands.md").write_text(commands(), encoding="utf-8")
    (PAGES / "messages.md").write_text(messages(), encoding="utf-8")
    (PAGES / "gallery.md").write_text(gallery(), encoding="utf-8")
    for theme in shipped():
        page = PAGES / "theme" / f"{theme['name']}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(look(theme), encoding="utf-8")
    for page in PAGES.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(leads_inside(text, page.name), encoding="utf-8")
    named(PAGES)


def leads_inside(text: str, name: str) -> str:
    """Return a page whose links to files outside docs/ lead to their pages of the site."""
    for target, page in OUTSIDE.items():
        text = text.replace(f"]({target}", f"]({page}")
        if name in OUTSIDE.values():  # such a page was written for another folder
            text = re.sub(rf"\]\((\.\./)?(\.github/)?{Path(target).name}", f"]({page}", text)
    if name in OUTSIDE.values():
        text = text.replace("](../docs/", "](").replace("](docs/", "](")
    # a language with a word behind it ("sh run") is for the tests
    return re.sub(
        r"^```(\w+) (?:run|file=\S+|add=\S+|above=\S+|after=\S+)$", r"```\1", text, flags=re.M
    )


def shipped() -> list[dict[str, Any]]:
    """Return what `cvtex themes --format json` says of the themes of ours, by name."""
    with contextlib.redirect_stdout(io.StringIO()) as told:
        cli.cvtex.main(["themes", str(PAGES), "--format", "json"], standalone_mode=False)
    listed: list[dict[str, Any]] = json.loads(told.getvalue())
    return sorted(listed, key=lambda theme: theme["name"])


def commands() -> str:
    """Return the page of all verbs with their options, from the command line itself."""

    parts = ["# Every command\n\nWhat `--help` says of each.\n"]
    for name, command in verbs(cli.cvtex, "cvtex"):
        context = click.Context(command, info_name=name, max_content_width=88, terminal_width=88)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def messages() -> str:
    """Return the page of messages: each mistake that the tests try, with what is said of it."""
    parts = [
        "# What goes wrong, and what is said\n\n"
        "Each is a test: these lines, this message. What stands in several files is shown "
        "file by file.\n"
    ]
    for file in sorted((ROOT / "tests/errors").glob("*.txt")):
        about, *pieces = SAMPLE.split(file.read_text(encoding="utf-8"))
        title = file.stem.replace("-", " ").capitalize()
        parts.append(f"## {title}\n")
        if about.strip():
            parts.append(about.strip() + "\n")
        for name, text in zip(pieces[::2], pieces[1::2], strict=True):
            if len(text) > 1500:
                text = text[:1500].rsplit("\n", 1)[0] + "\n…\n"
            said = name == "expected"
            label = "cvtex says:" if said else f"`{name}`"
            kind = "text" if said else "yaml" if name.endswith("yaml") else "text"
            parts.append(f"{label}\n\n````{kind}\n{text.rstrip()}\n````\n")
    parts.append(
        "## Messages of TeX\n\nWhat TeX says of raw TeX in the data, or in a theme, is told in "
        "other words, at the line where the text was typed.\n\n"
        "| TeX says | cvtex says | hint |\n|---|---|---|"
    )
    for pattern, told, hint in explain.EXPLAINED:
        cells = (f"`{pattern}`", told, hint or "")
        parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(parts) + "\n"


def gallery() -> str:
    """Return the page that shows every theme."""
    parts = ["# Gallery\n"]
    for theme in shipped():
        name = theme["name"]
        picture = f"![a page in the theme {name}](gallery/{name}.png)"
        parts.append(f"## [{name}](theme/{name}.md)\n\n{sentence(theme['summary'])}\n")
        parts.append(f"[{picture}](theme/{name}.md)\n")
    return "\n".join(parts)


def look(theme: dict[str, Any]) -> str:
    """Return the page of a theme: its picture, its variations, every option of it."""
    name = theme["name"]
    parts = [f"# {name}\n\n{sentence(theme['summary'])}\n"]
    parts.append(f"![a page in the theme {name}](../gallery/{name}.png)\n")
    parts.append(f"```sh\ncvtex build --theme {name}\n```\n")
    parts.append(f"Engines: {', '.join(theme['engines'])}.\n")
    for shown in variations(name):
        options = yaml.safe_dump({"themes": {name: shown["options"]}}, sort_keys=False)
        parts += [
            f"## {shown['caption']}\n\n```yaml\n{options}```\n",
            f"![{shown['caption']}](../gallery/{shown['picture']})\n",
        ]
    parts.append("## Options\n\n| option | takes | default | meaning |\n|---|---|---|---|")
    for option in theme["options"]:
        default = json.dumps(option["default"], ensure_ascii=False).strip('"')
        default = f"`{default}`" if default not in ("", "null", "{}", "[]") else ""
        cells = (f"`{option['name']}`", option["takes"], default, option["meaning"])
        parts.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(parts) + "\n"


def variations(name: str) -> list[dict[str, str]]:
    """Return the pictures of a theme with other options, from docs/gallery/variations.yaml."""
    file = ROOT / "docs/gallery/variations.yaml"
    every = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    return [shown for shown in every if shown["theme"] == name]


def sentence(text: str) -> str:
    """Return a phrase as a sentence."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def named(pages: Path) -> None:
    """Write llms.txt, a list of the pages, and llms-full.txt, which holds them."""
    listed = ["# cvtex\n\n> A CV compiler: career data in YAML and BibTeX, LaTeX themes, a PDF.\n"]
    whole = []
    for page in sorted(pages.rglob("*.md")):
        name = page.relative_to(pages).as_posix()
        text = page.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ")
        listed.append(f"- [{title}]({name.removesuffix('.md')}/)")
        if name not in ("changelog.md", "messages.md"):
            whole.append(text)
    (pages / "llms.txt").write_text("\n".join(listed) + "\n", encoding="utf-8")
    (pages / "llms-full.txt").write_text("\n\n".join(whole), encoding="utf-8")


if __name__ == "__main__":
    main()
