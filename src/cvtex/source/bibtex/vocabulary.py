"""The entry types and fields of BibTeX and biblatex: tables only.

From the biblatex manual 3.18, §2.1 (types), §2.2 (fields) and §2.2.5 (aliases).
"""

from __future__ import annotations

from cvtex.source.bibtex.words import words

TYPE_ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "webpage": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "bachelorsthesis": "thesis",
    "techreport": "report",
    "talk": "unpublished",
    "presentation": "unpublished",
    "data": "dataset",
    "preprint": "online",
}
"""Old and free names of types, and biblatex's."""

SUBTYPES = {
    "mastersthesis": "mathesis",
    "phdthesis": "phdthesis",
    "bachelorsthesis": "bathesis",
    "techreport": "techreport",
    "talk": "talk",
    "presentation": "talk",
    "preprint": "preprint",
}
"""What the field `type` is where the entry's own type said it."""

TYPES = frozenset(
    words(
        """article book mvbook inbook bookinbook suppbook booklet collection mvcollection
    incollection suppcollection dataset manual misc online patent periodical
    suppperiodical proceedings mvproceedings inproceedings reference mvreference
    inreference report software thesis unpublished artwork audio commentary image
    jurisdiction legislation legal letter movie music performance review standard video
    bibnote custom customa customb customc customd custome customf"""
    )
)

UNLISTED = frozenset(["xdata", "set", "control", "bibnote", "comment"])
"""Types that are no publications but serve others."""

FIELD_ALIASES = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "key": "sortkey",
    "hyphenation": "langid",
    "articleno": "eid",
    "article-number": "eid",
    "articlenumber": "eid",
    "article_number": "eid",
    "numpages": "pagetotal",
    "assignee": "holder",
    "award_name": "award",
    "additional_info": "addendum",
    "journal-iso": "shortjournal",
}
"""BibTeX's and exporters' names of fields, and biblatex's."""

NAME_FIELDS = frozenset(
    words(
        """author editor editora editorb editorc translator bookauthor holder director
    annotator commentator introduction foreword afterword shortauthor shorteditor namea
    nameb namec"""
    )
)

VERBATIM = frozenset(
    words(
        """url doi eprint file pdf isbn issn isrn isan ismn iswc pmid pmcid mrnumber zblnumber
    arxiv hal biorxiv medrxiv html supp
    verba verbb verbc urn local-url"""
    )
)
"""Fields that hold addresses and numbers, never TeX; so does any that ends in `url`."""

DATES = frozenset(words("date year month day"))

PLUMBING = frozenset(
    words(
        """crossref xref xdata ids entryset keywords keyword options related relatedtype
    relatedoptions relatedstring sortkey presort langidopts execute gender label
    shorthand indextitle sortname sorttitle sortyear sortshorthand owner timestamp
    bibsource biburl date-added date-modified bdsk-file-1 bdsk-url-1 __markedentry
    groups rating username abstract annotation review abbr bibtex_show preview selected priority
    google_scholar_id inspirehep_id altmetric dimensions adsurl adsnote slaccitation"""
    )
)
"""Fields that say how to handle an entry, and those that no style sets."""

NO_TEXT = PLUMBING | DATES | NAME_FIELDS | VERBATIM
