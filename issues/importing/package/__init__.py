"""A package read back: its archive, its checksums, its tables, and what is wrong with it."""

from issues.importing.package.archive import OpenedPackage, PackageError, is_package
from issues.importing.package.past import BroughtPast, read_past
from issues.importing.package.tables import Brought, read_package

__all__ = [
    "Brought",
    "BroughtPast",
    "OpenedPackage",
    "PackageError",
    "is_package",
    "read_package",
    "read_past",
]
