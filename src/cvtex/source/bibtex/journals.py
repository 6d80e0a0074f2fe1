"""Journals that exporters of BibTeX call by a macro: tables only.

`MACROS` are the commands of AASTeX (`aas_macros.sty` on CTAN, and the class's newer ones),
which NASA's Astrophysics Data System writes (ui.adsabs.harvard.edu/help/actions/journal-macros).
`ABBREVIATIONS` are the `@string`s that BibTeX's standard styles define (`plain.bst`, "MACRO").
"""

from __future__ import annotations

MACROS: dict[str, tuple[str, str]] = {
    "aap": ("Astronomy & Astrophysics", "A&A"),
    "aapr": ("The Astronomy and Astrophysics Review", "A&A Rev."),
    "aaps": ("Astronomy and Astrophysics Supplement Series", "A&AS"),
    "aas": ("American Astronomical Society Meeting Abstracts", "AAS Meeting Abstracts"),
    "actaa": ("Acta Astronomica", "Acta Astron."),
    "aj": ("The Astronomical Journal", "AJ"),
    "ao": ("Applied Optics", "Appl. Opt."),
    "apj": ("The Astrophysical Journal", "ApJ"),
    "apjl": ("The Astrophysical Journal Letters", "ApJL"),
    "apjs": ("The Astrophysical Journal Supplement Series", "ApJS"),
    "aplett": ("Astrophysical Letters", "Astrophys. Lett."),
    "apspr": ("Astrophysics and Space Physics Research", "Astrophys. Space Phys. Res."),
    "apss": ("Astrophysics and Space Science", "Ap&SS"),
    "araa": ("Annual Review of Astronomy and Astrophysics", "ARA&A"),
    "azh": ("Astronomicheskii Zhurnal", "Astron. Zh."),
    "baas": ("Bulletin of the American Astronomical Society", "BAAS"),
    "bac": (
        "Bulletin of the Astronomical Institutes of Czechoslovakia",
        "Bull. astr. Inst. Czechosl."),
    "bain": (
        "Bulletin of the Astronomical Institutes of the Netherlands",
        "Bull. Astron. Inst. Netherlands"),
    "caa": ("Chinese Astronomy and Astrophysics", "Chinese Astron. Astrophys."),
    "cjaa": ("Chinese Journal of Astronomy and Astrophysics", "Chinese J. Astron. Astrophys."),
    "dps": ("AAS/Division for Planetary Sciences Meeting Abstracts", "AAS/DPS Meeting Abstracts"),
    "fcp": ("Fundamentals of Cosmic Physics", "Fund. Cosmic Phys."),
    "gca": ("Geochimica et Cosmochimica Acta", "Geochim. Cosmochim. Acta"),
    "grl": ("Geophysical Research Letters", "Geophys. Res. Lett."),
    "iaucirc": ("IAU Circulars", "IAU Circ."),
    "icarus": ("Icarus", "Icarus"),
    "jaavso": ("Journal of the American Association of Variable Star Observers", "JAAVSO"),
    "jcap": ("Journal of Cosmology and Astroparticle Physics", "JCAP"),
    "jcp": ("The Journal of Chemical Physics", "J. Chem. Phys."),
    "jgr": ("Journal of Geophysical Research", "J. Geophys. Res."),
    "jqsrt": (
        "Journal of Quantitative Spectroscopy and Radiative Transfer",
        "J. Quant. Spectrosc. Radiat. Transf."),
    "jrasc": ("Journal of the Royal Astronomical Society of Canada", "JRASC"),
    "maps": ("Meteoritics and Planetary Science", "Meteorit. Planet. Sci."),
    "memras": ("Memoirs of the Royal Astronomical Society", "MmRAS"),
    "memsai": ("Memorie della Società Astronomica Italiana", "Mem. Soc. Astron. Italiana"),
    "mnras": ("Monthly Notices of the Royal Astronomical Society", "MNRAS"),
    "na": ("New Astronomy", "New Astron."),
    "nar": ("New Astronomy Reviews", "New Astron. Rev."),
    "nat": ("Nature", "Nature"),
    "nphysa": ("Nuclear Physics A", "Nucl. Phys. A"),
    "pasa": ("Publications of the Astronomical Society of Australia", "PASA"),
    "pasj": ("Publications of the Astronomical Society of Japan", "PASJ"),
    "pasp": ("Publications of the Astronomical Society of the Pacific", "PASP"),
    "physrep": ("Physics Reports", "Phys. Rep."),
    "physscr": ("Physica Scripta", "Phys. Scr."),
    "planss": ("Planetary and Space Science", "Planet. Space Sci."),
    "pra": ("Physical Review A", "Phys. Rev. A"),
    "prb": ("Physical Review B", "Phys. Rev. B"),
    "prc": ("Physical Review C", "Phys. Rev. C"),
    "prd": ("Physical Review D", "Phys. Rev. D"),
    "pre": ("Physical Review E", "Phys. Rev. E"),
    "prl": ("Physical Review Letters", "Phys. Rev. Lett."),
    "procspie": ("Proceedings of SPIE", "Proc. SPIE"),
    "psj": ("The Planetary Science Journal", "PSJ"),
    "qjras": ("Quarterly Journal of the Royal Astronomical Society", "QJRAS"),
    "rmxaa": ("Revista Mexicana de Astronomía y Astrofísica", "Rev. Mexicana Astron. Astrofis."),
    "rnaas": ("Research Notes of the American Astronomical Society", "RNAAS"),
    "skytel": ("Sky and Telescope", "S&T"),
    "solphys": ("Solar Physics", "Sol. Phys."),
    "sovast": ("Soviet Astronomy", "Soviet Ast."),
    "ssr": ("Space Science Reviews", "Space Sci. Rev."),
    "zap": ("Zeitschrift für Astrophysik", "Z. Astrophys."),
}  # fmt: skip
"""Each macro's journal: its full name, and its abbreviation."""

MACROS |= {
    alias: MACROS[name]
    for alias, name in (
        ("aplet", "aplett"),
        ("apjlett", "apjl"),
        ("apjsupp", "apjs"),
        ("applopt", "ao"),
        ("astap", "aap"),
        ("mps", "maps"),
        ("ara", "araa"),
        ("aanda", "aap"),
        ("nature", "nat"),
    )
}

ABBREVIATIONS = {
    "acmcs": "ACM Computing Surveys",
    "acta": "Acta Informatica",
    "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing",
    "tcs": "Theoretical Computer Science",
    "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
}
"""What a value that is one of these words alone means, where the file does not define it."""
