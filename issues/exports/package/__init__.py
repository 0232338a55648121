"""A process as a Data Package: an archive with a table a kind of record, and all that is said of it."""

from issues.exports.package.make import Contents, package

__all__ = ["Contents", "package"]
