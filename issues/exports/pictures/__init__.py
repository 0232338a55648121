"""Pictures for other people's pages: SVG and PNG with caption and source, JSON and Vega-Lite."""

from issues.exports.pictures.asked import Asked
from issues.exports.pictures.documents import as_json, as_vega_lite
from issues.exports.pictures.drawn import NoFonts, as_png, as_svg
from issues.exports.pictures.of_distance import convergence_of, distance_of
from issues.exports.pictures.of_ending import probability_of
from issues.exports.pictures.of_issue import ladder_of, steps_of
from issues.exports.pictures.of_process import matrix_of, rail_of
from issues.exports.pictures.picture import Picture, Provenance

__all__ = [
    "Asked",
    "NoFonts",
    "Picture",
    "Provenance",
    "as_json",
    "as_png",
    "as_svg",
    "as_vega_lite",
    "convergence_of",
    "distance_of",
    "ladder_of",
    "matrix_of",
    "probability_of",
    "rail_of",
    "steps_of",
]
