"""Briefs as Word documents: of a summit, a span of summits, an issue, an actor; their sources numbered."""

from issues.exports.brief.of_actor import actor_docx
from issues.exports.brief.of_issue import issue_docx
from issues.exports.brief.of_span import span_docx
from issues.exports.brief.of_summit import SummitContents, summit_docx
from issues.exports.brief.writer import About

__all__ = ["About", "SummitContents", "actor_docx", "issue_docx", "span_docx", "summit_docx"]
