"""The tree that is made of marks."""

from __future__ import annotations

import pytest

from cvtex.pdf.structure import Builder, Content, Element


def tree(*steps: str) -> str:
    """Return the tree of marks (`.H1`) and words, in a line: `H1[Ann] L[LI[Lbl[•] LBody[a]]]`."""
    builder = Builder()
    for step in steps:
        if step.startswith("."):
            builder.mark(step[1:])
        elif step == "---":
            builder.page()
        else:
            element = builder.element()
            if element is not None:
                if not element.kids or not isinstance(element.kids[-1], Content):
                    element.kids.append(Content(0, 0))
                last = element.kids[-1]
                assert isinstance(last, Content)
                last.text += f" {step}"

    def kid_text(kid: object) -> str:
        if isinstance(kid, Element):
            return shown(kid)
        return kid.text.strip() if isinstance(kid, Content) else ""

    def shown(element: Element) -> str:
        kids = [kid_text(kid) for kid in element.kids]
        tag = f"{element.tag}:{element.language}" if element.language else element.tag
        return f"{tag}[{' '.join(kids)}]"

    return " ".join(shown(kid) for kid in builder.document.kids if isinstance(kid, Element))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("a", "P[a]"),
        (".H1 Ann .P Engineer .P x", "H1[Ann] P[Engineer] P[x]"),
        (".P .P .H1 Ann", "H1[Ann]"),  # a mark without text is no element
        (".H1 Ann .H2 Work .H4 Post .H3 Head", "H1[Ann] H2[Work] H3[Post] H3[Head]"),
        (".H1 Ann .H2 Work .H3 Head .H4 Post", "H1[Ann] H2[Work] H3[Head] H4[Post]"),
        (
            ".Lbl1 • .LBody1 a .Lbl1 • .LBody1 b .P c",
            "L[LI[Lbl[•] LBody[a]] LI[Lbl[•] LBody[b]]] P[c]",
        ),
        (
            ".Lbl1 • .LBody1 a .Lbl2 - .LBody2 b .Lbl1 • .LBody1 c",
            "L[LI[Lbl[•] LBody[a L[LI[Lbl[-] LBody[b]]]]] LI[Lbl[•] LBody[c]]]",
        ),
        (".LBody1 .Lbl1 • .LBody1 a .LBody1 b", "L[LI[Lbl[•] LBody[a b]]]"),  # two paragraphs
        (".Lbl1 .LBody1 a .P b", "L[LI[LBody[a]]] P[b]"),  # a label may be empty
        (".LBody1 a", "P[a]"),  # a quotation is no list
        (".P see .Link this .EndLink now", "P[see Link[this] now]"),
        (".P a .Art 1/2 .EndArt b", "P[a b]"),
        (".P a .Art 1/2 --- b", "P[a b]"),  # nothing runs on behind a page's end
        (".H1 A .FlowSide .H2 S --- .H2 M x --- .FlowSide t", "H1[A] Sect[H2[S] H2[t]] H2[M x]"),
        (".P .unknown a", "P[a]"),
        (".P a .Lang.de b .EndLang c", "P[a Span:de[b] c]"),
        (".P .Link .Lang.de b .EndLang .EndLink c", "P[Link[Span:de[b]] c]"),
        (".P .Lang.de a .P b .EndLang c", "P[Span:de[a]] P[Span:de[b] c]"),
    ],
)
def test_marks_make_a_tree(steps: str, expected: str) -> None:
    if "FlowSide t" in steps:  # the side column goes on where it was
        expected = "H1[A] Sect[H2[S t]] H2[M x]"
    assert tree(*steps.split()) == expected
