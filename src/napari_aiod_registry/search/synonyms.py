"""Other words for the same thing in the field.

To teach the search one more word, add a line. A word belongs here only if each model
that is found by it is right for it.
"""

from __future__ import annotations

from collections import defaultdict

from .words import joined, words_of

SYNONYM_TABLE = (
    # Microscopes
    ("EM, electron microscope, electron micrograph", "electron microscopy"),
    ("SEM, TEM, STEM, FIB-SEM, FIBSEM, SBF-SEM, SBEM, ssTEM", "electron microscopy"),
    ("vEM, volume EM, serial block face", "electron microscopy"),
    ("LM, light microscopy, light microscope", "fluorescence, brightfield"),
    ("optical microscopy, optical microscope", "fluorescence, brightfield"),
    ("fluorescent, fluorescently, fluo", "fluorescence"),
    ("fluorescence", "fluo"),
    ("immunofluorescence, immunofluorescent, epifluorescence", "fluorescence"),
    ("GFP, EGFP, RFP, YFP, CFP, mCherry, tdTomato", "fluorescence"),
    ("spinning disk, spinning disc", "fluorescence, confocal"),
    ("confocal, light sheet, two-photon, 2-photon, multiphoton", "fluorescence"),
    ("LSFM, SPIM", "light sheet"),
    ("CLSM, LSCM", "confocal"),
    ("bright field, transmitted light", "brightfield"),
    ("phase contrast", ""),
    # Stains
    ("DAPI, Hoechst, DRAQ5", "nuclei + fluorescence"),
    ("H&E, H and E, HE, HES", "haematoxylin + eosin, histology"),
    ("haematoxylin, eosin", "H&E"),
    ("haematoxylin and eosin, haematoxylin eosin", "H&E, haematoxylin + eosin"),
    # Samples
    ("histology, histological", "H&E"),
    ("histopathology, histopathological, pathology", "histology, H&E"),
    ("tissue, tissue section, tissue slice", "histology, H&E"),
    ("whole slide, WSI", "histology, H&E"),
    ("embryonic", "embryo"),
    ("plantlet, seedling", "plant"),
    ("medical image, MRI, CT, X-ray, radiology, ultrasound", "medical imaging"),
    ("photo, photograph, photography", "natural images"),
    # Structures
    ("nuclear, cell nucleus, nuclear segmentation, nuclear detection", "nuclei"),
    ("nuclear stain, nuclear staining", "nuclei + fluorescence, nuclei + histology"),
    ("nuclear membrane", "nuclear envelope"),
    ("mitochondrial", "mitochondria"),
    ("cell, cellular, whole cell, entire cell, cell body", "cytoplasm"),
    ("cytosol, cytosolic, cytoplasmic", "cytoplasm"),
    ("membrane, cell membrane, plasma membrane, cell surface", "boundaries"),
    ("cell border, cell outline, cell contour, cell edge, outline", "boundaries"),
    ("cell boundary, border, contour", "boundaries"),
    ("cell wall", "boundaries + plants"),
    ("organelle", "mitochondria, endoplasmic reticulum, lipid droplets"),
    ("lipid body, fat droplet, oil droplet", "lipid droplets"),
    ("sarcoplasmic reticulum", "endoplasmic reticulum"),
    # Images
    ("noisy", "noise"),
    ("blurred, blurry", "blur"),
    ("stack, z-stack, volume, volumetric, three-dimensional", "3D"),
    ("two-dimensional", "2D"),
    # Names that a family had before
    ("PlantSeg", "PanSeg"),
)
"""What is typed → what is looked for besides it; “a + b” stands for what has both."""

NO_TYPO = frozenset({"nucleolus", "nucleoli", "nucleosome", "cellulose"})
"""Words that only look like another one with a typo."""


def _read() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: defaultdict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for typed, others in SYNONYM_TABLE:
        meant = [
            tuple(joined(words_of(part)) for part in other.split("+"))
            for other in filter(None, others.split(", "))
        ]
        for words in typed.split(", "):
            key = joined(words_of(words))
            found[key].update(dict.fromkeys(m for m in meant if m != (key,)))
    return {key: tuple(others) for key, others in found.items()}


SYNONYMS = _read()
"""Joined word → what is looked for besides it; of several words, all are needed."""

PHRASES = frozenset(
    joined(words_of(words))
    for line in SYNONYM_TABLE
    for side in line
    for words in side.replace(" + ", ", ").split(", ")
    if len(words_of(words)) > 1
)
"""What is one word to a search, though it is written as several."""
