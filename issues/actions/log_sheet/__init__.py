"""The log sheet, from a cell typed to all of it published."""
