"""How a package is laid out: what its files are called, for whoever writes it and whoever reads it back."""

DESCRIPTOR, CHECKSUMS = "datapackage.json", "SHA256SUMS"
# The version of how packages are laid out: what reads them back asks for it.
LAYOUT = 1
DATA, HISTORY = "data", "history"


def path_of(table: str, folder: str = DATA) -> str:
    """Where a table is in a package; without a folder it is beside the descriptor."""
    return f"{folder}/{table}.csv" if folder else f"{table}.csv"
